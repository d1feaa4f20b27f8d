// So many clients, each with one call at a time, for so many calls.
import { now } from '../gateway.mjs'
import { cpuMicroseconds } from '../process.mjs'
import { textOf } from './client.mjs'

/** Answers are read after the window, so that reading them costs no time inside it; equal bytes need one reading. */
export async function load(clients, count, { params, check }, pid) {
  const latencies = new Float64Array(count)
  const bodies = new Set()
  const bad = []
  const cpu = pid ? cpuMicroseconds(pid) : 0
  const began = now()
  let next = 0
  const run = async client => {
    for (let number = next++; number < count; number = next++) {
      const answer = await client.ask(params)
      latencies[number] = answer.took
      if (answer.status !== 200) bad.push(answer.status)
      bodies.add(answer.body.latin1Slice())
    }
  }
  await Promise.all(clients.map(run))
  const took = now() - began
  if (bad.length > 0) throw new Error(`${bad.length} of ${count} calls were answered with ${[...new Set(bad)]}`)
  for (const body of bodies) check(body)
  return { latencies, rate: count / took * 1e6, cpu: pid ? (cpuMicroseconds(pid) - cpu) / count : null }
}

/** One call of a tool that asks the platform once. */
export const ping = {
  params: { name: 'ping_query', arguments: { operation: 'Ping' } },
  check: body => includes(textOf({ status: 200, body }), 'pong'),
}

/** The same, asked of the platform itself. */
export const directPing = { params: null, check: body => includes(body, 'pong') }

function includes(text, word) {
  if (!text.includes(word)) throw new Error(`'${word}' is missing in: ${text.slice(0, 200)}`)
}
