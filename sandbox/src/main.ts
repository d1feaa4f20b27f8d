// The worker: one job at a time, told and answered in JSON lines.
import { harden } from './hardening'
import { create, type Isolate } from './isolate'
import * as jq from './jq'
import { receive, send } from './lines'
import type { Incoming, Limits } from './messages'
import { Script } from './script'
import { wrap } from './source'

const PROTOCOL = 1
const QUICKJS = 'ng 0.12.1'

harden()

let limits: Limits | undefined
let script: Script | undefined
let spare: Promise<Isolate> | undefined

receive(line => {
  const message = JSON.parse(line) as Incoming
  if (limits === undefined && message.t !== 'hello') process.exit(1)
  switch (message.t) {
    case 'hello':
      limits = message.limits
      send({ t: 'ready', protocol: PROTOCOL, nonce: message.nonce, node: process.versions.node, quickjs: QUICKJS, jq: JQ_VERSION })
      setImmediate(prepare)
      break
    case 'run': void start(message); break
    case 'reply': if (script?.id === message.job) script.reply(message); break
    case 'cancel': if (script?.id === message.job) script.cancel(message.why); break
    case 'jq': void transform(message); break
    case 'check': void check(message); break
    case 'ping': send({ t: 'pong', n: message.n }); break
    case 'bye': process.exit(0)
  }
})

function prepare(): void {
  spare ??= create(limits!.memory_mb, limits!.stack_kb)
  jq.prepare()
}

async function fresh(): Promise<Isolate> {
  const isolate = spare ?? create(limits!.memory_mb, limits!.stack_kb)
  spare = undefined
  return isolate
}

async function start(message: Extract<Incoming, { t: 'run' }>): Promise<void> {
  const own = { ...limits!, ...message.limits }
  const isolate = own.memory_mb === limits!.memory_mb ? await fresh() : await create(own.memory_mb, own.stack_kb)
  isolate.runtime.setMaxStackSize(own.stack_kb * 1024)
  script = new Script(message, isolate, own, { send, ended })
}

function ended(): void {
  script = undefined
  setImmediate(prepare)
}

async function transform({ job, program, input, max_outputs, max_bytes }: Extract<Incoming, { t: 'jq' }>): Promise<void> {
  try {
    const result = await jq.transform(program, input, max_outputs, max_bytes)
    if (!send({ t: 'jqend', job, ...result })) send({ t: 'jqend', job, ok: false, code: 'output_limit', error: 'the program gives too much' })
  } catch (error) {
    send({ t: 'jqend', job, ok: false, code: 'jq_crashed', error: String(error).slice(0, 500), broken: true })
  }
  setImmediate(prepare)
}

async function check({ job, kind, code }: Extract<Incoming, { t: 'check' }>): Promise<void> {
  if (kind === 'jq') {
    const error = await jq.check(code)
    send({ t: 'checked', job, ok: error === undefined, ...(error === undefined ? {} : { error: { code: 'syntax_error', name: 'SyntaxError', message: error } }) })
    setImmediate(prepare)
    return
  }
  const isolate = await fresh()
  isolate.runtime.setInterruptHandler(deadline(limits!.cpu_ms))
  const wrapped = wrap(isolate.vm, code)
  send({ t: 'checked', job, ok: !('fault' in wrapped), ...('fault' in wrapped ? { error: wrapped.fault } : {}) })
  setImmediate(prepare)
}

function deadline(milliseconds: number): () => boolean {
  const end = Date.now() + milliseconds
  return () => Date.now() > end
}
