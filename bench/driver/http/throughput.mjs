// Calls per second with 1 to 128 clients at once, each with its own session and connection; and request by request without sessions.
import { quantile } from '../statistics.mjs'
import { openSession, openStateless } from './client.mjs'
import { load, ping } from './load.mjs'

const CLIENTS = [1, 8, 32, 128]

/** Cases `N clients/…`, `32 stateless/…`. Any answer that is no good one ends the run. */
export async function throughput({ ours, peer, results, short }) {
  const arms = [...CLIENTS.flatMap(count => [[peer, count, openSession], [ours, count, openSession]]), [ours, 32, openStateless]]
  for (const [server, count, open] of arms) await window(server, count, open, 4_000)
  for (let round = 0; round < (short ? 2 : 5); round++) {
    results.noteLoad()
    for (const [server, count, open] of arms) {
      const { latencies, rate, cpu } = await window(server, count, open, count === 1 ? 3_000 : 10_000)
      const name = open === openStateless ? `${count} stateless` : `${count} client${count > 1 ? 's' : ''}`
      results.add(server.subject, `${name}/rate`, 'calls/s', rate)
      results.add(server.subject, `${name}/p50`, 'ms', quantile(latencies, 0.5) / 1000)
      results.add(server.subject, `${name}/p99`, 'ms', quantile(latencies, 0.99) / 1000)
      results.add(server.subject, `${name}/cpu`, 'µs', cpu)
    }
  }
}

async function window(server, count, open, calls) {
  const clients = await Promise.all(Array.from({ length: count }, () => open(server)))
  try {
    return await load(clients, calls, ping, server.pid)
  } finally {
    if (open === openSession) await Promise.all(clients.map(client => client.end()))
    for (const client of clients) client.close()
  }
}
