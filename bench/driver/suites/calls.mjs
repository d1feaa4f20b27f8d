// Calls: latency and CPU time one after the other, and with 32 in flight. The gateways take turns; each answer is checked.
import { environment } from '../subjects.mjs'
import { questions, textOf } from '../expectations.mjs'
import { Gateway, now } from '../gateway.mjs'
import { memoryKilobytes, shareKilobytes } from '../process.mjs'
import { quantile } from '../statistics.mjs'

const CLIENTS = 32

/** @param {{calls: number, rounds: number, warmUp: number}} options calls in each window; seconds of warm-up */
export async function calls({ ours, peer, simulator, data, rounds, windowCalls, warmUp, results }) {
  const asked = await questions(simulator)
  const gateways = []
  for (const subject of [peer, ours]) {
    const gateway = new Gateway(subject, environment(simulator, data))
    gateways.push(gateway)
    await gateway.initialize()
    await gateway.send('tools/list', {})
    results.add(subject, 'memory/started', 'kB', shareKilobytes(gateway.pid))
  }

  await warm(gateways, asked, warmUp)
  for (let round = 0; round < rounds; round++) {
    results.noteLoad()
    const spent = new Map(gateways.map(gateway => [gateway, { cpu: 0, calls: 0 }]))
    for (const question of asked) {
      for (const clients of [1, CLIENTS]) {
        for (const gateway of gateways) {
          const window = await measure(gateway, question, windowCalls, clients)
          report(results, gateway.subject, `${clients === 1 ? 'sequential' : `${clients} concurrent`}/${question.name}`, window)
          spent.get(gateway).cpu += window.cpu
          spent.get(gateway).calls += windowCalls
        }
      }
    }
    for (const [gateway, { cpu, calls }] of spent) results.add(gateway.subject, 'cpu/all calls', 'µs', cpu / calls, { calls })
  }

  for (const gateway of gateways) {
    results.add(gateway.subject, 'memory/peak', 'kB', memoryKilobytes(gateway.pid).peak)
    await gateway.close()
  }
}

function report(results, subject, name, { latencies, cpu, took }) {
  const perCall = cpu / latencies.length
  results.add(subject, `${name}/p50`, 'ms', quantile(latencies, 0.5) / 1000)
  results.add(subject, `${name}/p95`, 'ms', quantile(latencies, 0.95) / 1000)
  results.add(subject, `${name}/rate`, 'calls/s', latencies.length / took * 1e6)
  results.add(subject, `${name}/cpu`, 'µs', perCall)
}

async function warm(gateways, asked, seconds) {
  for (const question of asked) {
    for (const gateway of gateways) {
      const end = now() + seconds * 1e6
      while (now() < end) await measure(gateway, question, 64, CLIENTS)
    }
  }
}

// Answers are kept and read after the window, so that reading them costs no time inside it.
async function measure(gateway, question, count, clients) {
  const latencies = []
  const replies = []
  const cpu = gateway.cpu
  const began = now()
  let left = count
  const client = async () => {
    while (left-- > 0) {
      const sent = now()
      const reply = await gateway.call(question.tool, question.args)
      latencies.push(reply.at - sent)
      replies.push(reply)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  const took = now() - began
  const spent = gateway.cpu - cpu
  check(replies, question)
  return { latencies, took, cpu: spent }
}

// Equal bytes need one reading.
function check(replies, question) {
  let good
  for (const reply of replies) {
    const text = textOf(reply)
    if (text === good) continue
    question.check(text)
    good = text
  }
}
