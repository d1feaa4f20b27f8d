// Queries: guests with their hosts and disks, joined, grouped and sorted, over an inventory that has been read a moment before.
import { textOf } from '../expectations.mjs'
import { Gateway, now, resultOf } from '../gateway.mjs'
import { Simulator } from '../simulator.mjs'
import { environment } from '../subjects.mjs'
import { orchestra, settings } from '../settings.mjs'

const GUESTS = 10_000
const FRESH = 4_000_000 // µs; what was read is kept for five seconds

const JOIN = `SELECT n.name, d.storage, COUNT(*) AS disks, COUNT(DISTINCT g.id) AS guests, SUM(d.size) AS size FROM guests g
  JOIN nodes n ON g.node = n.name JOIN disks d ON d.guest_id = g.id GROUP BY n.name, d.storage ORDER BY size DESC LIMIT 20`

/** Case `10,000 guests/join`: from the question to the whole answer, the inventory in memory. */
export async function query({ ours, program, data, repeats, results }) {
  const simulator = await Simulator.start(program, GUESTS, environment(null, data))
  const gateway = new Gateway(ours, settings([orchestra(simulator)], data, 'query', ['query']))
  try {
    await gateway.initialize()
    await join(gateway)
    for (let repeat = 0; repeat < repeats + 1; repeat++) {
      results.noteLoad()
      const times = await whileFresh(gateway)
      if (repeat > 0) results.add(ours, '10,000 guests/join', 'ms', times.sort((one, other) => one - other)[times.length >> 1] / 1000, { guests: GUESTS, disks: await count(gateway) })
    }
  } finally {
    await gateway.close()
    simulator.stop()
  }
}

// Reads the inventory anew, and asks again as long as it is kept.
async function whileFresh(gateway) {
  await new Promise(resolve => setTimeout(resolve, 5_100))
  await join(gateway)
  const times = []
  for (const began = now(); now() - began < FRESH && times.length < 25;) {
    const sent = now()
    const reply = await join(gateway)
    times.push(reply.at - sent)
  }
  return times
}

async function join(gateway) {
  const reply = await gateway.call('execute_query', { query: JOIN })
  const { structuredContent } = resultOf(reply)
  if (textOf(reply) && structuredContent.returned !== 20) throw new Error(`${structuredContent.returned} rows`)
  return reply
}

async function count(gateway) {
  const reply = await gateway.call('execute_query', { query: 'SELECT COUNT(*) AS disks FROM disks' })
  return resultOf(reply).structuredContent.rows[0].disks
}
