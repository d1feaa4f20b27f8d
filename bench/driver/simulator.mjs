// The embedded data centre, in a process of its own, and what it answers without any gateway.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export class Simulator {
  #child

  static async start(program, vms, environment) {
    const child = spawn(program, ['simulate', '--xo', '0', '--vms', `${vms}`, '--seed', '7'], { env: environment, stdio: ['ignore', 'pipe', 'ignore'] })
    const first = await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve)
      child.once('close', code => reject(new Error(`the simulator has ended with ${code}`)))
      child.once('error', reject)
    })
    return new Simulator(child, JSON.parse(first).xo)
  }

  constructor(child, { url, token }) {
    this.#child = child
    this.url = url
    this.token = token
  }

  /** The answer as data, asked for directly. */
  async get(path) {
    const response = await fetch(`${this.url}/rest/v0${path}`, { headers: { cookie: `authenticationToken=${this.token}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }

  stop() { this.#child.kill('SIGTERM') }
}
