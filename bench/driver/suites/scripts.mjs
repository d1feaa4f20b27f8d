// Code mode: what its tools cost in tokens, how fast a warm script is, what fifty calls in one cost beside fifty calls and beside the platform's own
// time, what a jq program adds to a call, and what is left after a thousand runs.
import { childrenOf, memoryKilobytes, stateOf } from '../process.mjs'
import { Gateway, now, resultOf } from '../gateway.mjs'
import { orchestra, settings } from '../settings.mjs'
import { median } from '../statistics.mjs'
import { tokens } from '../tokens.mjs'
import { transforms } from '../transforms.mjs'

const CALLS = 50
const AT_ONCE = 8

// What a platform takes for an answer; without it nothing but processes on two cores is measured.
const ANSWER = 20

/** Cases `scripts/…`; ours alone, because no peer runs scripts. */
export async function scripts({ ours, simulator, data, rounds, results }) {
  const gateway = new Gateway(ours, settings([{ ...orchestra(simulator), actions: true }], data, 'scripts', ['code', 'domains']))
  try {
    await gateway.initialize()
    await menu(gateway, ours, results)
    const id = (await run(gateway, 'return (await api.GetVms({ limit: 1 }))[0].id')).result
    for (let round = 0; round < rounds; round++) await timings(gateway, ours, results, id)
    const ids = (await run(gateway, `return (await api.GetVms({ limit: ${CALLS} })).map(vm => vm.id)`)).result
    for (let round = 0; round < rounds; round++) await besidePlatform(gateway, ours, results, simulator, ids)
    await manyRuns(gateway, ours, results, rounds > 2 ? 1000 : 200)
  } catch (error) {
    gateway.kill()
    throw error
  }
  await transforms({ ours, data, rounds, results })
}

async function menu(gateway, ours, results) {
  const { tools } = resultOf(await gateway.send('tools/list', {}))
  const own = tools.filter(tool => ['list_tools', 'execute_code', 'read_result'].includes(tool.name))
  if (own.length !== 3) throw new Error('code mode is not there')
  results.add(ours, 'scripts/definitions', 'tokens', tokens(own.map(({ name, description, inputSchema }) => JSON.stringify({ name, description, inputSchema })).join('\n')))
  const listing = resultOf(await gateway.call('list_tools', { query: 'vm' })).content[0].text
  if (!listing.startsWith('interface ')) throw new Error(`no listing: ${listing.slice(0, 200)}`)
  results.add(ours, 'scripts/listing of 25', 'tokens', tokens(listing))
}

async function timings(gateway, ours, results, id) {
  results.noteLoad()
  const trivial = []
  for (let number = 0; number < 30; number++) trivial.push(await timed(() => run(gateway, 'return 1')))
  results.add(ours, 'scripts/warm trivial', 'ms', median(trivial) / 1000)
  const direct = []
  for (let number = 0; number < CALLS; number++) direct.push(await timed(() => gateway.call('vms_query', { operation: 'GetVm', id })))
  const sum = direct.reduce((all, one) => all + one, 0)
  const script = await timed(() => run(gateway, `for (let i = 0; i < ${CALLS}; i++) await api.GetVm({ id: args.id })`, { id }))
  results.add(ours, `scripts/${CALLS} calls, × their sum`, 'ratio', script / sum)
}

// The sum of what the platform takes for fifty answers, asked for directly, beside a script that asks one after the other, and one that asks for all at once.
async function besidePlatform(gateway, ours, results, simulator, ids) {
  results.noteLoad()
  await simulator.slow(ANSWER)
  try {
    const direct = []
    for (const id of ids.slice(0, 10)) direct.push(await timed(() => simulator.get(`/vms/${id}`)))
    const sum = median(direct) * ids.length
    const inTurn = await timed(() => run(gateway, 'for (const id of args.ids) await api.GetVm({ id })', { ids }))
    const atOnce = await timed(() => run(gateway, 'await Promise.all(args.ids.map(id => api.GetVm({ id })))', { ids }))
    results.add(ours, `scripts/${CALLS} calls in turn, × the platform's time`, 'ratio', inTurn / sum)
    results.add(ours, `scripts/${CALLS} calls at once, × an eighth of the platform's time`, 'ratio', atOnce / (sum / AT_ONCE))
  } finally {
    await simulator.slow(0)
  }
}

async function manyRuns(gateway, ours, results, count) {
  for (let number = 0; number < 50; number++) await run(gateway, 'return 1')
  const before = memoryKilobytes(gateway.pid).now
  const seen = new Set()
  for (let number = 0; number < count; number++) {
    await run(gateway, 'return (await api.Ping()) && 1')
    if (number % 50 === 0) childrenOf(gateway.pid).forEach(child => seen.add(child))
  }
  results.add(ours, 'scripts/memory after many runs', 'ratio', memoryKilobytes(gateway.pid).now / before, { count })
  const children = childrenOf(gateway.pid)
  results.add(ours, 'scripts/zombies after many runs', 'processes', children.filter(child => stateOf(child) === 'Z').length, { count })

  // Workers that were retired, and those that are there still, must be gone with the gateway.
  await gateway.close()
  await new Promise(resolve => setTimeout(resolve, 1000))
  const left = [...seen, ...children].filter(child => ![null, 'Z', 'X'].includes(stateOf(child)))
  results.add(ours, 'scripts/orphans after the gateway', 'processes', new Set(left).size, { count, workers: seen.size })
}

async function timed(work) {
  const start = now()
  await work()
  return now() - start
}

async function run(gateway, code, args = {}) {
  const result = resultOf(await gateway.call('execute_code', { code, args }))
  if (result.isError) throw new Error(`a script failed: ${result.content[0].text.slice(0, 300)}`)
  return JSON.parse(result.content[0].text)
}
