// Who is measured, how each is started, and with which environment.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const peers = fileURLToPath(new URL('../peers/', import.meta.url))
const require = createRequire(join(peers, 'package.json'))

/** @param {string} program the published executable */
export function hypergate(program) {
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()
  return { name: 'hypergate', version, command: program, args: [], notes: 'published build, everything on: audit, redaction, policy, budget of 25,000 characters' }
}

/** Started by `node` on its entry file: `npx` would add its own time and memory. */
export function reference() {
  const folder = join(peers, 'node_modules/@xen-orchestra/mcp')
  const { version } = require(join(folder, 'package.json'))
  return { name: 'P-XO', version, command: process.execPath, args: [join(folder, 'bin/xo-mcp.mjs')], notes: 'defaults; no audit, output schemas, budget or structured answers' }
}

/** Only what a gateway needs; settings of the person who runs the benchmark must not leak in. */
export function environment(simulator, data, actions) {
  const kept = Object.fromEntries(['PATH', 'DOTNET_ROOT', 'TMPDIR'].filter(name => process.env[name]).map(name => [name, process.env[name]]))
  return {
    ...kept,
    HOME: data,
    HYPERGATE_DATA: join(data, 'data'),
    ...(simulator && { XO_URL: simulator.url, XO_TOKEN: simulator.token }),
    ...(actions && { XO_MCP_ENABLE_ACTIONS: '1' }),
  }
}
