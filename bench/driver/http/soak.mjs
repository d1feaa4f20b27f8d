// A mixed load for a long time: calls, sessions that come and go, requests without sessions. Memory, handles and threads must not grow.
import { readdirSync } from 'node:fs'
import { shareKilobytes } from '../process.mjs'
import { openSession, openStateless } from './client.mjs'
import { ping, load } from './load.mjs'

const CALLS_A_SECOND = 200
const SAMPLE_MILLISECONDS = 5_000
const WARM_UP_SHARE = 0.25

/** Cases `soak/…`: the slope is that of the line through all samples behind the warm-up. */
export async function soak({ ours, results, minutes }) {
  const began = performance.now()
  const end = began + minutes * 60_000
  const samples = []
  const lasting = await Promise.all(Array.from({ length: 8 }, () => openSession(ours)))
  let calls = 0
  for (let second = 0; performance.now() < end; second++) {
    calls += await step(ours, lasting)
    const at = performance.now() - began
    if (at >= (samples.at(-1)?.at ?? 0) + SAMPLE_MILLISECONDS) {
      samples.push({ at, memory: shareKilobytes(ours.pid), handles: count(ours.pid, 'fd'), threads: count(ours.pid, 'task') })
      console.error(`${Math.round(at / 1000)} s: ${samples.at(-1).memory} kB, ${samples.at(-1).handles} handles, ${samples.at(-1).threads} threads`)
    }
    await new Promise(resolve => setTimeout(resolve, Math.max(0, began + (second + 1) * 1000 - performance.now())))
  }
  for (const client of lasting) client.close()
  results.noteLoad()
  report(results, ours.subject, samples.slice(Math.floor(samples.length * WARM_UP_SHARE)), calls)
}

// A second of it.
async function step(server, lasting) {
  const passing = await Promise.all([...Array.from({ length: 4 }, () => openSession(server)), ...Array.from({ length: 4 }, () => openStateless(server))])
  await load([...lasting, ...passing], CALLS_A_SECOND, ping)
  await Promise.all(passing.slice(0, 2).map(client => client.end())) // the others just go, as clients do
  for (const client of passing) client.close()
  return CALLS_A_SECOND
}

function report(results, subject, samples, calls) {
  results.add(subject, 'soak/calls', 'calls', calls)
  results.add(subject, 'soak/memory', 'kB', samples.at(-1).memory)
  results.add(subject, 'soak/slope', 'kB/h', slope(samples.map(({ at, memory }) => [at / 3_600_000, memory])))
  const third = Math.ceil(samples.length / 3)
  const highest = (part, name) => Math.max(...part.map(sample => sample[name]))
  for (const name of ['memory', 'handles', 'threads']) {
    results.add(subject, `soak/${name}, last third`, '×', highest(samples.slice(-third), name) / highest(samples.slice(0, third), name))
  }
}

function slope(points) {
  const middle = index => points.reduce((total, point) => total + point[index], 0) / points.length
  const [x, y] = [middle(0), middle(1)]
  return points.reduce((total, [at, value]) => total + (at - x) * (value - y), 0) / points.reduce((total, [at]) => total + (at - x) ** 2, 0)
}

const count = (pid, what) => readdirSync(`/proc/${pid}/${what}`).length
