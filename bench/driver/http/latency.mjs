// One client: what a call takes on its way through the gateway, with governance and without, and asked of the platform itself.
import { median, quantile } from '../statistics.mjs'
import { openDirect, openSession } from './client.mjs'
import { directPing, load, ping } from './load.mjs'

const WARM_UP = 3_000
const ROUNDS = 12

/** Cases `latency/…` in µs. The arms take turns, and what is compared is always of the same round. */
export async function latency({ ours, pair, peer, simulator, results, short }) {
  const { bare, stop } = await pair()
  const direct = { subject: { name: 'direct' } }
  const arms = [
    { server: direct, client: await openDirect(simulator, '/ping'), question: directPing },
    ...await Promise.all([bare, ours, peer].map(async server => ({ server, client: await openSession(server), question: ping }))),
  ]
  for (const { client, question } of arms) await load([client], WARM_UP, question)
  for (let round = 0; round < (short ? ROUNDS / 4 : ROUNDS); round++) {
    results.noteLoad()
    const at = new Map()
    for (let turn = 0; turn < arms.length; turn++) {
      const { server, client, question } = arms[(turn + round) % arms.length]
      const { latencies, cpu } = await load([client], 1_000, question, server.pid)
      at.set(server, median(latencies))
      results.add(server.subject, 'latency/p50', 'µs', at.get(server))
      results.add(server.subject, 'latency/p99', 'µs', quantile(latencies, 0.99))
      if (cpu !== null) results.add(server.subject, 'latency/cpu', 'µs', cpu)
    }
    for (const server of [bare, ours, peer]) results.add(server.subject, 'latency/added', 'µs', at.get(server) - at.get(direct))
  }
  for (const { client } of arms) client.close()
  await stop()
}
