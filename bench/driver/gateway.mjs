// A gateway under test: a process that speaks MCP, one JSON-RPC message a line. No client library stands in the timed path.
import { spawn } from 'node:child_process'
import { cpuMicroseconds } from './process.mjs'

const PROTOCOL = '2025-06-18' // every peer speaks it
const NEWLINE = 10

/** Microseconds since some moment. */
export const now = () => Number(process.hrtime.bigint() / 1000n)

export class Gateway {
  #child
  #rest = null
  #waiting = new Map()
  #next = 0
  #errors = ''
  #exited

  /** Starts it; `startedAt` is taken before the spawn call. */
  constructor(subject, environment) {
    this.subject = subject
    this.startedAt = now()
    this.#child = spawn(subject.command, subject.args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stdout.on('data', chunk => this.#take(chunk))
    this.#child.stderr.on('data', chunk => { this.#errors = (this.#errors + chunk).slice(-4000) })
    this.#child.stdin.on('error', () => {})
    this.#exited = new Promise(resolve => this.#child.once('close', resolve))
    this.#exited.then(() => this.#failAll())
  }

  get pid() { return this.#child.pid }

  get cpu() { return cpuMicroseconds(this.pid) }

  /** Sends a request; gives the raw reply line and when it was complete. */
  send(method, params) {
    const id = ++this.#next
    const text = `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child.stdin.write(text)
    })
  }

  async initialize() {
    const reply = await this.send('initialize', { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'bench', version: '1' } })
    this.#child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
    return { ...reply, result: resultOf(reply) }
  }

  call(name, args) { return this.send('tools/call', { name, arguments: args }) }

  /** Ends the input and waits; a process that stays is killed and that is an error. */
  async close() {
    this.#child.stdin.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000)
    await this.#exited
    clearTimeout(timer)
    if (this.#child.signalCode === 'SIGKILL') throw new Error(`${this.subject.name} does not end with its input`)
  }

  kill() { this.#child.kill('SIGKILL') }

  #take(chunk) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const part = chunk.subarray(from, end)
      from = end + 1
      this.#line(this.#rest === null ? part : Buffer.concat([...this.#rest, part]))
      this.#rest = null
    }
    if (from < chunk.length) (this.#rest ??= []).push(chunk.subarray(from))
  }

  #line(line) {
    const at = now()
    const id = idOf(line)
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return // a notification
    this.#waiting.delete(id)
    waiting.resolve({ line, at })
  }

  #failAll() {
    for (const { reject } of this.#waiting.values()) reject(new Error(`${this.subject.name} has ended: ${this.#errors}`))
    this.#waiting.clear()
  }
}

/** The result of a raw reply; an error of the protocol throws. */
export function resultOf({ line }) {
  const message = JSON.parse(line)
  if (message.error) throw new Error(`${message.error.code}: ${message.error.message}`)
  return message.result
}

// The id stands at one end of a reply, behind or before its result: found without parsing what may be megabytes.
function idOf(line) {
  const head = line.subarray(0, 64).toString('latin1')
  const tail = line.subarray(-32).toString('latin1')
  const found = /^\{(?:"jsonrpc":"2\.0",)?"id":(\d+)/.exec(head) ?? /,"id":(\d+)(?:,"jsonrpc":"2\.0")?\}\s*$/.exec(tail)
  if (found) return Number(found[1])
  return JSON.parse(line).id
}
