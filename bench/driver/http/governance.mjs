// What governance costs: one client, the same call through a gateway with it and through one without.
import { median } from '../statistics.mjs'
import { openSession } from './client.mjs'
import { load, ping } from './load.mjs'

const PAIRS = 16
const WARM_UP = 10_000
const WARMING = 8
const BLOCKS = 16
const CALLS = 250

/**
 * Case `governance/cost` in µs: the median of a block of calls through the one beside the median of the block next to it through the other. Blocks are
 * short, so that what slows the machine slows both. Two processes of one program differ by as much as governance costs, so there are many pairs of
 * them, and they are warm: the runtime compiles what it runs often once more, and how long that takes is no part of the question.
 */
export async function governance({ pair, results, short }) {
  for (let count = 0; count < (short ? PAIRS / 4 : PAIRS); count++) {
    const { ours, bare, stop } = await pair()
    for (const server of [ours, bare]) await warm(server)
    await compare(ours, bare, results)
    await stop()
  }
}

async function warm(server) {
  const clients = await Promise.all(Array.from({ length: WARMING }, () => openSession(server)))
  await load(clients, WARM_UP, ping)
  for (const client of clients) client.close()
}

async function compare(ours, bare, results) {
  const clients = new Map()
  for (const server of [ours, bare]) clients.set(server, await openSession(server))
  results.noteLoad()
  for (let block = 0; block < BLOCKS; block++) {
    const at = new Map()
    for (const server of block % 2 === 0 ? [ours, bare] : [bare, ours]) at.set(server, median((await load([clients.get(server)], CALLS, ping)).latencies))
    for (const [server, value] of at) results.add(server.subject, 'governance/p50', 'µs', value)
    results.add(ours.subject, 'governance/cost', 'µs', at.get(ours) - at.get(bare))
  }
  for (const client of clients.values()) client.close()
}
