// Fleet tools: a list over three backends beside the slowest of them alone, and one answer in each output format.
import { textOf } from '../expectations.mjs'
import { Gateway, now, resultOf } from '../gateway.mjs'
import { cluster, orchestra, settings } from '../settings.mjs'
import { Simulator, slowCluster } from '../simulator.mjs'
import { environment } from '../subjects.mjs'
import { checkCounter, tokens } from '../tokens.mjs'

const GUESTS = 300 // of each backend: a Xen Orchestra, and two of the larger clusters

// What each platform takes to answer a call, in ms, as platforms do; without it, all that is measured is three processes on two cores.
const ANSWER = [200, 150, 100]
const FORMATS = ['JsonCompact', 'JsonNormal', 'Toon', 'Csv', 'Markdown']

/** Cases `three backends/…` and `100 guests/FORMAT/tokens`. */
export async function fleet({ ours, program, data, rounds, results }) {
  const simulator = await Simulator.start(program, GUESTS, environment(null, data), ['--pve', '0,0,0,0', '--pve-guests', `${GUESTS}`])
  await simulator.slow(ANSWER[0])
  await Promise.all(simulator.clusters.slice(2).map((each, index) => slowCluster(each, ANSWER[1 + index])))
  const backends = [orchestra(simulator), ...simulator.clusters.slice(2).map(cluster)]
  const gateways = []
  try {
    for (const chosen of [...backends.map(backend => [backend]), backends]) {
      const name = chosen.length === 1 ? chosen[0].name : 'together'
      const gateway = new Gateway(ours, settings(chosen, data, name, ['fleet']))
      gateways.push({ name, gateway })
      await gateway.initialize()
      for (let warm = 0; warm < 3; warm++) await ask(gateway, { limit: 1 + warm })
    }
    await parallel({ ours, gateways, rounds: rounds + 2, results })
    await formats({ ours, gateway: gateways.at(-1).gateway, results })
  } finally {
    for (const { gateway } of gateways) await gateway.close()
    simulator.stop()
  }
}

// What was read is kept for five seconds, so each round waits until nothing is; the order changes with the round.
async function parallel({ ours, gateways, rounds, results }) {
  for (let round = 0; round < rounds; round++) {
    await new Promise(resolve => setTimeout(resolve, 5_200))
    results.noteLoad()
    const took = new Map()
    for (let turn = 0; turn < gateways.length; turn++) {
      const { name, gateway } = gateways[(turn + round) % gateways.length]
      const began = now()
      const reply = await ask(gateway, { limit: 100 })
      took.set(name, (reply.at - began) / 1000)
    }
    const alone = Math.max(...[...took].filter(([name]) => name !== 'together').map(([, value]) => value))
    results.add(ours, 'three backends/slowest alone', 'ms', alone)
    results.add(ours, 'three backends/together', 'ms', took.get('together'))
    results.add(ours, 'three backends/ratio', '×', took.get('together') / alone)
  }
}

async function formats({ ours, gateway, results }) {
  let rows
  for (const format of FORMATS) {
    const reply = await ask(gateway, { limit: 100, format })
    const { content: [{ text }], structuredContent } = resultOf(reply)
    const same = JSON.stringify(structuredContent.rows.map(({ vmid, id, name }) => [vmid, id, name]))
    if (structuredContent.returned !== 100 || (rows ??= same) !== same) throw new Error(`another answer in ${format}: ${text.slice(0, 200)}`)
    checkCounter([text.slice(0, 5000)])
    results.add(ours, `100 guests/${format}/tokens`, 'tokens', tokens(text), { characters: text.length })
  }
}

async function ask(gateway, args) {
  const reply = await gateway.call('list_vms', args)
  const { returned, warnings } = resultOf(reply).structuredContent
  if (!textOf(reply) || returned !== args.limit || warnings.length > 0) throw new Error(`an answer of ${returned} rows: ${warnings}`)
  return reply
}
