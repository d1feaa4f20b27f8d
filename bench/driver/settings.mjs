// Settings files for gateways with several backends, or with one of another kind.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from './subjects.mjs'

/** The environment of a gateway whose settings file has these backends, as one object each, and shows these surfaces. */
export function settings(backends, data, name, surfaces) {
  const file = join(data, `${name}.yaml`)
  writeFileSync(file, JSON.stringify({ backends, surfaces }), { mode: 0o600 }) // JSON is YAML
  return { ...environment(null, join(data, name)), HYPERGATE_CONFIG: file }
}

export const orchestra = simulator => ({ name: 'xo', kind: 'xen-orchestra', url: simulator.url, auth: { token: simulator.token } })

export const cluster = ({ name, url, tokenId, tokenSecret, fingerprint }) => ({ name, kind: 'proxmox-ve', url, auth: { tokenId, tokenSecret }, tls: { fingerprint } })
