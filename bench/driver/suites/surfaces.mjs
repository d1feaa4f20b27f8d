// What the tools of each surface cost a model, with a Xen Orchestra and a Proxmox VE cluster behind one gateway. Deterministic: one run each.
import { readFileSync } from 'node:fs'
import { Gateway, now, resultOf } from '../gateway.mjs'
import { cluster, orchestra, settings } from '../settings.mjs'
import { Simulator } from '../simulator.mjs'
import { quantile } from '../statistics.mjs'
import { environment } from '../subjects.mjs'
import { checkCounter, tokens } from '../tokens.mjs'

const SURFACES = [['operations'], ['domains'], ['fleet'], ['query'], ['fleet', 'query', 'domains'], ['search'], ['code']]

/** Cases `surfaces/NAME/…`, and `surfaces/operations` for what they all reach. */
export async function surfaces({ ours, program, data, results }) {
  const simulator = await Simulator.start(program, 200, environment(null, data), ['--pve', '0'])
  const backends = [orchestra(simulator), cluster(simulator.clusters[0])].map(backend => ({ ...backend, actions: true }))
  try {
    for (const chosen of SURFACES) await one({ ours, data, results, backends, chosen })
  } finally {
    simulator.stop()
  }
}

async function one({ ours, data, results, backends, chosen }) {
  const name = chosen.join(' + ')
  const gateway = new Gateway(ours, settings(backends, data, `surface-${chosen.join('-')}`, chosen))
  try {
    await gateway.initialize()
    const tools = await wholeList(gateway)
    const menu = tools.map(({ name, description, inputSchema }) => JSON.stringify({ name, description, inputSchema }))
    checkCounter(menu.slice(0, 10))
    results.add(ours, `surfaces/${name}/tokens`, 'tokens', tokens(menu.join('\n')), { tools: tools.length })
    if (name === 'code') await reached(gateway, ours, results, menu.filter((_, index) => ['list_tools', 'execute_code'].includes(tools[index].name)))
    if (name === 'search') await searched(gateway, ours, results)
  } finally {
    await gateway.close()
  }
}

// A list that grows while platforms are read is whole when nothing has been added for a while.
async function wholeList(gateway) {
  for (let last = -1, same = 0; ;) {
    const { tools, nextCursor } = resultOf(await gateway.send('tools/list', {}))
    if (nextCursor) throw new Error('the tools come in pages; tokens of one page mean nothing')
    same = tools.length === last ? same + 1 : 0
    if (same === 5) return tools
    last = tools.length
    await new Promise(resolve => setTimeout(resolve, 300))
  }
}

async function reached(gateway, ours, results, menu) {
  const { structuredContent } = resultOf(await gateway.call('list_tools', { pattern: '.', detail: 'names' }))
  results.add(ours, 'surfaces/code/both definitions', 'tokens', tokens(menu.join('\n')))
  const listing = resultOf(await gateway.call('list_tools', { query: 'vm' })).content[0].text
  if (!listing.includes('25 matched, 25 shown')) throw new Error(`no listing of 25: ${listing.slice(-200)}`)
  results.add(ours, 'surfaces/code/listing of 25', 'tokens', tokens(listing))
  results.add(ours, 'surfaces/operations reached', 'operations', structuredContent.matched)
}

// Each question of the golden set, asked over stdio and answered whole; the first round builds the index and is not counted.
async function searched(gateway, ours, results) {
  const golden = readFileSync(new URL('../../../tests/Hypergate.Tests/Data/search/golden.tsv', import.meta.url), 'utf8')
  const questions = golden.split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t')[1])
  const took = []
  for (let round = 0; round < 4; round++) {
    for (const query of questions) {
      const began = now()
      const reply = await gateway.call('search_operations', { query })
      if (round > 0) took.push((reply.at - began) / 1000)
      resultOf(reply)
    }
  }
  results.add(ours, 'search/p99', 'ms', quantile(took, 0.99), { questions: questions.length, p50: quantile(took, 0.5) })
}
