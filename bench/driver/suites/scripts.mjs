// Code mode: what its tools cost in tokens, how fast a warm script is, and what fifty calls in one cost beside fifty calls.
import { readFileSync } from 'node:fs'
import { Gateway, now, resultOf } from '../gateway.mjs'
import { orchestra, settings } from '../settings.mjs'
import { median } from '../statistics.mjs'
import { tokens } from '../tokens.mjs'

const CALLS = 50

/** Cases `scripts/…`; ours alone, because no peer runs scripts. */
export async function scripts({ ours, simulator, data, rounds, results }) {
  const gateway = new Gateway(ours, settings([{ ...orchestra(simulator), actions: true }], data, 'scripts', ['code', 'domains']))
  try {
    await gateway.initialize()
    await menu(gateway, ours, results)
    const id = (await run(gateway, 'return (await api.GetVms({ limit: 1 }))[0].id')).result
    for (let round = 0; round < rounds; round++) await timings(gateway, ours, results, id)
    await manyRuns(gateway, ours, results, rounds > 2 ? 1000 : 200)
  } finally {
    await gateway.close()
  }
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

async function manyRuns(gateway, ours, results, count) {
  for (let number = 0; number < 50; number++) await run(gateway, 'return 1')
  const before = memory(gateway.pid)
  for (let number = 0; number < count; number++) await run(gateway, 'return (await api.Ping()) && 1')
  results.add(ours, 'scripts/memory after many runs', 'ratio', memory(gateway.pid) / before, { count })
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

function memory(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
}
