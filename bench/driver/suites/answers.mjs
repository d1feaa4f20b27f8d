// Big answers: 200 VMs with default fields, and 2,000 with all fields: bytes, tokens, and the memory that they cost.
import { environment } from '../subjects.mjs'
import { questions, saysWhatIsMissing, tableRows, textOf } from '../expectations.mjs'
import { Gateway, resultOf } from '../gateway.mjs'
import { forgetPeak, memoryKilobytes } from '../process.mjs'
import { checkCounter, tokens } from '../tokens.mjs'

const ALL = { operation: 'GetVms', fields: '*' }

export async function answers({ ours, peer, simulator, crowd, data, repeats, results }) {
  const list = (await questions(simulator)).find(question => question.name === 'GetVms')
  for (const subject of [peer, ours]) {
    const gateway = new Gateway(subject, environment(simulator, data))
    await gateway.initialize()
    const reply = await gateway.call(list.tool, list.args)
    list.check(textOf(reply))
    size(results, subject, '200 VMs', reply)
    await gateway.close()
  }

  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const subject of [peer, ours]) await everything({ subject, crowd, data: `${data}/crowd`, results, first: repeat === 0 })
  }
}

// A fresh process that has answered small questions; then one question for everything.
async function everything({ subject, crowd, data, results, first }) {
  const [ping, one] = await questions(crowd)
  const gateway = new Gateway(subject, environment(crowd, data))
  await gateway.initialize()
  await gateway.send('tools/list', {})
  for (const { tool, args, check } of [ping, one]) check(textOf(await gateway.call(tool, args)))
  forgetPeak(gateway.pid)
  const before = memoryKilobytes(gateway.pid).now
  const reply = await gateway.call('vms_query', ALL)
  const after = memoryKilobytes(gateway.pid).peak
  await checkEverything(textOf(reply), crowd)
  if (first) size(results, subject, '2,000 VMs, all fields', reply)
  results.add(subject, '2,000 VMs, all fields/memory', 'kB', after - before)
  await gateway.close()
}

async function checkEverything(text, crowd) {
  const vms = new Map((await crowd.get('/vms?fields=id,name_label,memory')).map(vm => [vm.id, vm]))
  const rows = tableRows(text)
  if (rows.length === 0) throw new Error('no rows')
  for (const row of rows) {
    const vm = vms.get(row.uuid)
    if (vm?.name_label !== row.name_label || !row.memory.includes(`${vm.memory.size}`)) throw new Error(`a wrong row: ${JSON.stringify(row)}`)
  }
  saysWhatIsMissing(text, rows.length, vms.size)
}

function size(results, subject, name, reply) {
  const text = textOf(reply)
  const { structuredContent } = resultOf(reply)
  checkCounter([text.slice(0, 5000)])
  results.add(subject, `${name}/bytes`, 'bytes', reply.line.length, { rows: tableRows(text).length })
  results.add(subject, `${name}/text bytes`, 'bytes', Buffer.byteLength(text))
  results.add(subject, `${name}/tokens`, 'tokens', tokens(text))
  results.add(subject, `${name}/structured tokens`, 'tokens', structuredContent ? tokens(JSON.stringify(structuredContent)) : 0)
}
