// One JavaScript job: a script, a composite or a gate in an isolate of its own.
import type { QuickJSHandle } from 'quickjs-emscripten-core'
import { now } from './hardening'
import type { Isolate } from './isolate'
import type { Fault, Incoming, Limits } from './messages'
import { piece, pathOf, told, wellFormed } from './said'
import { frames, isStatements, placeOf, runStatements, wrap, wrapGate } from './source'

export type Run = Extract<Incoming, { t: 'run' }>
type Reply = Extract<Incoming, { t: 'reply' }>

const JOBS_PER_TURN = 1000
const BEAT_MS = 500
const LONGEST_LOG = 400
const SLACK_MB = 8

export interface Outside {
  send(message: Record<string, unknown>): boolean
  ended(): void
}

export class Script {
  private calls = 0
  private readonly open = new Set<number>()
  private readonly pauses = new Set<number>()
  private spent = 0
  private started = 0
  private interrupted = false
  private ending: Record<string, unknown> | undefined
  private isOver = false
  private pumping = false
  private logLines = 0
  private logBytes = 0
  private unlogged = 0
  private beaten = now()
  private settle: QuickJSHandle | undefined
  private readonly beat: NodeJS.Timeout

  constructor(private readonly job: Run, private readonly isolate: Isolate, private readonly limits: Limits, private readonly outside: Outside) {
    isolate.runtime.setInterruptHandler(() => this.check())
    this.beat = setInterval(() => this.tell(), BEAT_MS)
    this.turn(() => this.start())
  }

  get id(): string { return this.job.job }

  reply(message: Reply): void {
    if (this.isOver || !this.open.delete(message.call)) return
    this.pauses.delete(message.call)
    this.turn(() => {
      const { vm } = this.isolate
      const given = [vm.newNumber(message.call), message.ok ? vm.true : vm.false, vm.newString(message.ok ? message.json ?? 'null' : JSON.stringify(message.error ?? {}))]
      this.unwrap(vm.callFunction(this.settle!, vm.undefined, ...given))
    })
  }

  cancel(why: string): void {
    this.finish({ ok: false, error: { code: 'cancelled', name: 'Cancelled', message: why } })
  }

  private start(): void {
    const { vm, boot } = this.isolate
    const host = vm.newObject()
    vm.setProp(host, 'call', vm.newFunction('call', (path, json, stack) => vm.newNumber(this.call(vm.getString(path), vm.getString(json), vm.getString(stack)))))
    vm.setProp(host, 'log', vm.newFunction('log', (level, text) => { this.log(vm.getString(level), vm.getString(text)) }))
    vm.setProp(host, 'done', vm.newFunction('done', (ok, json) => { this.done(vm.dump(ok) === true, vm.getString(json)) }))
    const setup = this.unwrap(vm.evalCode(`(${JSON.stringify(this.setup())})`, 'setup'))!
    const hooks = this.unwrap(vm.callFunction(boot, vm.undefined, host, setup))!
    this.settle = vm.getProp(hooks, 'settle')
    const main = this.job.open === undefined ? wrap(vm, this.job.code) : wrapGate(vm, this.job.code)
    if ('fault' in main) return this.finish({ ok: false, error: main.fault })
    if (this.job.kind !== 'script' || !('isBody' in main) || !isStatements(vm, this.job.code)) return void this.unwrap(vm.callFunction(vm.getProp(hooks, 'run'), vm.undefined, main.code))
    const ended = this.unwrap(runStatements(vm, this.job.code))
    if (ended) this.unwrap(vm.callFunction(vm.getProp(hooks, 'follow'), vm.undefined, ended))
  }

  private setup() {
    const { kind, vars, backends, open } = this.job
    return {
      isScript: kind === 'script', hasApi: kind !== 'gate', open, vars, backends,
      names: backends.map(backend => backend.name), resultBytes: this.limits.result_bytes, argumentBytes: 8 * 1024 * 1024,
    }
  }

  // 0 for a call that is too long for a line, -1 for one that names nothing; neither has left.
  private call(path: string, json: string, stack: string): number {
    const names = pathOf(path)
    if (names === undefined) return -1
    const call = this.calls + 1
    if (!this.outside.send({ t: 'call', job: this.id, call, path: names, json: wellFormed(json), ...placeOf(stack) })) return 0
    this.calls = call
    this.open.add(call)
    if (names[0] === '@hypergate' && names[1] === 'pause') this.pauses.add(call)
    return call
  }

  private log(level: string, text: string): void {
    this.logLines++
    this.logBytes += text.length
    if (this.logLines > this.limits.log_lines || this.logBytes > this.limits.log_bytes) return void this.unlogged++
    this.outside.send({ t: 'log', job: this.id, level, text: piece(text, LONGEST_LOG) })
  }

  private done(ok: boolean, json: string): void {
    const unawaited = this.open.size - this.pauses.size
    this.ending ??= ok ? { ok, json: wellFormed(json), unawaited } : { ok, error: this.fault(told(JSON.parse(json))), unawaited }
  }

  // Without memory for an error object the engine throws null.
  private fault(fault: Fault): Fault {
    const { memory, memoryMb } = this.isolate
    return fault.code === 'script_error' && fault.message === 'null' && memory.buffer.byteLength >= (memoryMb - SLACK_MB) * 1024 * 1024
      ? { ...fault, code: 'memory_limit', message: `the script needs more than ${memoryMb} MB` }
      : fault
  }

  /** Lets the isolate run, and afterwards whatever has become ready in it. */
  private turn(step: () => void): void {
    this.started = now()
    try {
      step()
      this.unwrap(this.isolate.runtime.executePendingJobs(JOBS_PER_TURN) as never)
    } catch (error) {
      this.broken(error)
    }
    this.spent += now() - this.started
    this.afterwards()
  }

  private afterwards(): void {
    if (this.isOver) return
    if (this.interrupted) return this.finish({ ok: false, error: { code: 'cpu_limit', name: 'CpuLimit', message: `the script computed for more than ${this.limits.cpu_ms} ms` } })
    if (this.isolate.runtime.hasPendingJob()) return this.later()
    if (this.ending && this.open.size === 0) return this.finish(this.ending)
    if (!this.ending && this.open.size === 0) this.finish({ ok: false, error: { code: 'script_error', name: 'Stalled', message: 'the script waits for something that never comes' } })
  }

  private later(): void {
    if (this.pumping) return
    this.pumping = true
    setImmediate(() => {
      this.pumping = false
      if (!this.isOver) this.turn(() => {})
    })
  }

  private unwrap(result: { error?: QuickJSHandle, value?: QuickJSHandle }): QuickJSHandle | undefined {
    if (!result.error) return result.value
    const error = this.isolate.vm.dump(result.error)
    if (!this.interrupted && !this.ending) this.ending = { ok: false, error: this.fault(told(error)) }
    return undefined
  }

  // An exception of the host while the engine ran leaves the engine unusable: mostly the host's own stack.
  private broken(error: unknown): void {
    const text = String(error)
    const code = error instanceof RangeError || text.includes('call stack') ? 'stack_overflow' : text.includes('memory') ? 'memory_limit' : 'sandbox_crashed'
    const fault: Fault = { code, name: 'Broken', message: code === 'stack_overflow' ? 'the script nests too deeply' : text.slice(0, 500), stack: frames('') }
    this.finish({ ok: false, error: fault }, true)
  }

  // Called from inside every loop of the script. Long functions of the engine do not call it: their silence gives them away.
  private check(): boolean {
    const moment = now()
    if (moment - this.beaten > BEAT_MS) this.tell()
    return this.interrupted = this.spent + moment - this.started > this.limits.cpu_ms
  }

  private tell(): void {
    this.beaten = now()
    this.outside.send({ t: 'beat', job: this.id, cpu_ms: Math.round(this.spent), state: this.open.size > 0 && !this.isolate.runtime.hasPendingJob() ? 'waiting' : 'running', pending: this.open.size })
  }

  private finish(end: Record<string, unknown>, isBroken = false): void {
    if (this.isOver) return
    this.isOver = true
    clearInterval(this.beat)
    if (this.unlogged > 0) this.outside.send({ t: 'log', job: this.id, level: 'log', text: `… ${this.unlogged} more lines` })
    const message = { t: 'end', job: this.id, ...end, cpu_ms: Math.round(this.spent), peak_bytes: this.isolate.memory.buffer.byteLength, ...(isBroken ? { broken: true } : {}) }
    if (!this.outside.send(message)) this.outside.send({ t: 'end', job: this.id, ok: false, error: { code: 'output_limit', name: 'OutputLimit', message: 'the returned value is too long' }, cpu_ms: 0, peak_bytes: 0 })
    this.outside.ended()
  }
}
