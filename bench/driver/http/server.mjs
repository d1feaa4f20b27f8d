// A server of MCP over HTTP in a process of its own: hypergate with and without governance, and the official SDK.
import { execFileSync, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { orchestra } from '../settings.mjs'
import { environment } from '../subjects.mjs'

const peers = fileURLToPath(new URL('../../peers/', import.meta.url))

// What a limit protects from is what a benchmark does: everything else stays as it is by default.
const LIMITS = { requestsPerSecond: 1_000_000, openRequests: 100_000, sessions: 100_000 }
const RULES = 200

export class Server {
  #child

  /** With keys, a role of 200 rules, audit, redaction and meters: what a team has. */
  static async governed(program, simulator, data) {
    const name = 'bench'
    const { file, env } = settings(simulator, data, 'governed', {
      roles: { [name]: { allow: [...rules(), { access: ['read'] }] } },
    })
    const key = execFileSync(program, ['keys', 'create', '--name', name, '--role', name, '--config', file], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return Server.#start('hypergate', program, ['serve', '--config', file, '--listen', '127.0.0.1:0'], env, { authorization: `Bearer ${key}` })
  }

  /** Without keys, roles of its own, and audit; what cannot be switched off stays on. */
  static async bare(program, simulator, data) {
    const { file, env } = settings(simulator, data, 'bare', { audit: { enabled: false } })
    return Server.#start('ungoverned', program, ['serve', '--config', file, '--listen', '127.0.0.1:0'], env, {})
  }

  static sdk(simulator, data) {
    const { version } = createRequire(join(peers, 'package.json'))('@modelcontextprotocol/sdk/package.json')
    const env = { ...environment(simulator, data), NODE_ENV: 'production' }
    return Server.#start('P-SDK', process.execPath, [join(peers, 'sdk-server.mjs')], env, {}, version)
  }

  static async #start(name, command, args, env, headers, version = null) {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let errors = ''
    child.stderr.on('data', chunk => { errors = (errors + chunk).slice(-4000) })
    const line = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve)
      child.once('close', code => reject(new Error(`${name} has ended with ${code}: ${errors}`)))
      child.once('error', reject)
    })
    return new Server(child, { name, version, notes: args.join(' ') }, /http:\S+/.exec(line)[0], headers)
  }

  constructor(child, subject, url, headers) {
    this.#child = child
    this.subject = subject
    this.url = url
    this.headers = headers
  }

  get pid() { return this.#child.pid }

  async stop() {
    const gone = new Promise(resolve => this.#child.once('close', resolve))
    this.#child.kill('SIGTERM')
    await gone
  }
}

function settings(simulator, data, name, more) {
  const folder = join(data, name)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'hypergate.yaml')
  const content = { backends: [orchestra(simulator)], http: { limits: LIMITS }, ...more }
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 }) // JSON is YAML
  return { file, env: environment(null, folder) }
}

// None of them fits the call, so that each has to be looked at.
const rules = () => Array.from({ length: RULES }, (_, index) => ({ access: ['write'], operations: [index % 2 === 0 ? 'Start*' : 'Snapshot*'], resources: ['vms'] }))
