// `./dev bench`: hypergate and the reference server, side by side, against the same simulator, in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { argumentsOf, wrong } from './arguments.mjs'
import { document, formats, menus, save, table, verdicts } from './report.mjs'
import { Results } from './results.mjs'
import { Simulator } from './simulator.mjs'
import { environment, hypergate, reference } from './subjects.mjs'
import { answers } from './suites/answers.mjs'
import { calls } from './suites/calls.mjs'
import { files } from './suites/files.mjs'
import { fleet } from './suites/fleet.mjs'
import { query } from './suites/query.mjs'
import { scripts } from './suites/scripts.mjs'
import { shaping } from './suites/shaping.mjs'
import { start } from './suites/start.mjs'
import { surface } from './suites/surface.mjs'
import { surfaces } from './suites/surfaces.mjs'
import { ratiosOf, targetsOf } from './targets.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const suites = { start, calls, surface, answers, query, shaping, fleet, scripts, surfaces, files }
const help = `bench/run [--short] [--only ${Object.keys(suites).join(',')}] [--runs N] [--program PATH] [--out FILE]

Measures hypergate and @xen-orchestra/mcp side by side against one simulator and prints the ratios.
  --short    smaller windows and fewer rounds: under 90 seconds
  --only     some parts alone
  --runs     rounds of the call windows, 5 (2 with --short)
  --program  the executable, artifacts/hypergate/hypergate
  --out      the result file: bench/results/xo-stdio.json, or artifacts/bench/xo-stdio.json for parts and short runs
Ends with 1 where a target is missed.`

const { values } = argumentsOf(help, {
  options: { short: { type: 'boolean' }, only: { type: 'string' }, runs: { type: 'string' }, program: { type: 'string' }, out: { type: 'string' } },
})

const chosen = values.only?.split(',') ?? Object.keys(suites)
const unknown = chosen.filter(name => !suites[name])
if (unknown.length > 0) wrong(help, `There is no part '${unknown}'.`)

const whole = !values.short && !values.only
const program = resolve(values.program ?? join(root, 'artifacts/hypergate/hypergate'))
const out = values.out ?? join(root, whole ? 'bench/results/xo-stdio.json' : 'artifacts/bench/xo-stdio.json')
const data = mkdtempSync(join(tmpdir(), 'hypergate-bench-'))
const results = new Results()
const rounds = Number(values.runs ?? (values.short ? 2 : 5))
const simulators = []
try {
  for (const vms of [200, 2000]) simulators.push(await Simulator.start(program, vms, environment(null, data)))
  const [simulator, crowd] = simulators
  const options = {
    program,
    ours: hypergate(program),
    peer: reference(),
    simulator,
    crowd,
    data,
    rounds,
    starts: values.short ? 3 : 7,
    windowCalls: values.short ? 500 : 2000,
    warmUp: values.short ? 0.5 : 2,
    repeats: values.short ? 1 : 5,
    results,
  }
  for (const name of chosen) {
    console.error(`measuring: ${name}`)
    await suites[name](options)
  }
} finally {
  for (const simulator of simulators) simulator.stop()
  rmSync(data, { recursive: true, force: true })
}

const ratios = ratiosOf(results)
const targets = targetsOf(results)
console.log(`\n${[table(results, ratios, 'P-XO'), formats(results), menus(results), verdicts(targets)].filter(text => text).join('\n\n')}\n`)
if (results.noisy) console.log(`The machine was busy (load ${Math.max(...results.load)}): ratios count, absolute values do not.`)
if (!save(out, document({ id: 'XO-STDIO', title: 'Xen Orchestra over stdio, beside the reference server', settings: 'defaults', results, ratios, targets }))) {
  console.log('A quiet run has been kept in place of this noisy one.')
}
process.exitCode = targets.some(target => target.met === false) ? 1 : 0
