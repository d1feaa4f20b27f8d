// `./dev bench http`: the served gateway beside the platform asked directly and beside a server on the official SDK, in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { argumentsOf, wrong } from '../arguments.mjs'
import { document, save, table, verdicts } from '../report.mjs'
import { Results } from '../results.mjs'
import { Simulator } from '../simulator.mjs'
import { environment } from '../subjects.mjs'
import { governance } from './governance.mjs'
import { latency } from './latency.mjs'
import { memory } from './memory.mjs'
import { Server } from './server.mjs'
import { soak } from './soak.mjs'
import { ratiosOf, targetsOf } from './targets.mjs'
import { throughput } from './throughput.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const parts = { latency, governance, throughput, memory }
const help = `bench/run http [--short] [--only ${Object.keys(parts).join(',')}] [--program PATH] [--out FILE]
bench/run soak [30m] [--program PATH] [--out FILE]

Measures hypergate over HTTP, with governance and without, beside the platform asked directly and beside a server on the official SDK for Node.
Ends with 1 where a target is missed.`

const { values, positionals: [what, time] } = argumentsOf(help, {
  options: { short: { type: 'boolean' }, only: { type: 'string' }, program: { type: 'string' }, out: { type: 'string' } },
  allowPositionals: true,
})
const minutes = what === 'soak' ? minutesOf(time ?? '30m') : null
const chosen = values.only?.split(',') ?? Object.keys(parts)
if (Number.isNaN(minutes)) wrong(help, `'${time}' is no time.`)
if (chosen.some(name => !parts[name])) wrong(help, `--only knows ${Object.keys(parts).join(', ')}.`)

const whole = what === 'http' && !values.short && !values.only
const program = resolve(values.program ?? join(root, 'artifacts/hypergate/hypergate'))
const out = values.out ?? join(root, whole ? 'bench/results' : 'artifacts/bench', `${what}.json`)
const data = mkdtempSync(join(tmpdir(), 'hypergate-bench-'))
const results = new Results()
const running = []
try {
  const simulator = await Simulator.start(program, 50, environment(null, data))
  running.push(simulator)
  // Sessions that nobody ends are ended by the limit, long before the warm-up is over.
  const ours = await started(Server.governed(program, simulator, data, what === 'soak' ? { sessions: 100 } : {}))
  const options = { ours, simulator, results, short: values.short, minutes }
  if (what === 'soak') {
    await soak(options)
  } else {
    const peer = await started(Server.sdk(simulator, data))
    for (const name of chosen) {
      console.error(`measuring: ${name}`)
      await parts[name]({ ...options, peer, pair: () => pairOf(simulator) })
    }
  }
} finally {
  for (const each of running.reverse()) await each.stop()
  rmSync(data, { recursive: true, force: true })
}

const [ratios, targets] = [ratiosOf(results), targetsOf(results, what)]
console.log(`\n${[figures(results), table(results, ratios, 'P-SDK'), verdicts(targets)].filter(text => text).join('\n\n')}\n`)
if (results.noisy) console.log(`The machine was busy (load ${Math.max(...results.load)}): ratios count, absolute values do not.`)
save(out, document({ id: what.toUpperCase(), title: 'Served over HTTP', settings: '200 rules, keys, audit; limits of requests raised', results, ratios, targets }))
process.exitCode = targets.some(target => target.met === false) ? 1 : 0

// With governance and without, in processes of their own.
async function pairOf(simulator) {
  const folder = mkdtempSync(join(data, 'pair-'))
  const servers = [await started(Server.governed(program, simulator, folder)), await started(Server.bare(program, simulator, folder))]
  const [ours, bare] = servers
  return { ours, bare, stop: () => Promise.all(servers.map(server => (running.splice(running.indexOf(server), 1), server.stop()))) }
}

async function started(server) {
  running.push(await server)
  return running.at(-1)
}

function minutesOf(text) {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text) ?? []
  return Number(number) * ({ s: 1 / 60, h: 60 }[unit] ?? 1)
}

function figures({ arms }) {
  return arms.map(({ subject, case: name, median, unit }) => `${subject}, ${name}: ${median} ${unit}`).join('\n')
}
