// The embedded data centre, in a process of its own, and what it answers without any gateway.
import { spawn } from 'node:child_process'
import { request } from 'node:https'
import { createInterface } from 'node:readline'

/** Holds every answer of a Proxmox VE cluster back. */
export function slowCluster({ url, tokenId, tokenSecret }, delayMilliseconds) {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/simulator/faults`, {
      method: 'POST',
      rejectUnauthorized: false, // its certificate was made a moment ago, and it is on this machine
      headers: { authorization: `PVEAPIToken=${tokenId}=${tokenSecret}`, 'content-type': 'application/json' },
    }, response => (response.statusCode === 204 ? resolve(response.resume()) : reject(new Error(`no delay: ${response.statusCode}`))))
    sent.once('error', reject)
    sent.end(JSON.stringify({ delayMilliseconds }))
  })
}

export class Simulator {
  #child

  /** @param {string[]} more further arguments, such as the ports of Proxmox VE clusters */
  static async start(program, vms, environment, more = []) {
    const child = spawn(program, ['simulate', '--xo', '0', '--vms', `${vms}`, '--seed', '7', ...more], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
    const first = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve)
      child.once('close', code => reject(new Error(`the simulator has ended with ${code}`)))
      child.once('error', reject)
    })
    return new Simulator(child, JSON.parse(first))
  }

  constructor(child, { xo: { url, token }, pve = [] }) {
    this.#child = child
    this.clusters = pve
    this.url = url
    this.token = token
  }

  /** The answer as data, asked for directly. */
  async get(path) {
    const response = await fetch(`${this.url}/rest/v0${path}`, { headers: { cookie: `authenticationToken=${this.token}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }

  /** Holds every answer of the Xen Orchestra back. */
  async slow(delayMilliseconds) {
    const response = await fetch(`${this.url}/simulator/faults`, {
      method: 'POST', headers: { cookie: `authenticationToken=${this.token}`, 'content-type': 'application/json' }, body: JSON.stringify({ delayMilliseconds }),
    })
    if (!response.ok) throw new Error(`no delay: ${response.status} ${await response.text()}`)
  }

  stop() { this.#child.kill('SIGTERM') }
}
