// What is asked of every gateway, and how its answer is compared with what the simulator itself says.
import { resultOf } from './gateway.mjs'

/** The three questions of the timed windows, made for one simulator. */
export async function questions(simulator) {
  const vms = await simulator.get('/vms?fields=id,uuid,name_label,power_state')
  const one = await simulator.get(`/vms/${vms[0].id}`)
  return [
    { name: 'GetPing', tool: 'ping_query', args: { operation: 'Ping' }, check: text => includes(text, 'pong') },
    { name: 'GetVm', tool: 'vms_query', args: { operation: 'GetVm', id: one.id }, check: text => isVm(text, one) },
    { name: 'GetVms', tool: 'vms_query', args: { operation: 'GetVms' }, check: text => isList(text, vms) },
  ]
}

/** The text of an answer; anything but a plain good answer throws. */
export function textOf(reply) {
  const result = resultOf(reply)
  if (result.isError) throw new Error(`an error as an answer: ${JSON.stringify(result).slice(0, 300)}`)
  return result.content.map(block => block.text).join('\n')
}

/** Rows of a markdown table by column. */
export function tableRows(text) {
  const lines = text.split('\n').filter(line => line.startsWith('|'))
  const cells = line => line.slice(1, line.lastIndexOf('|')).split(/(?<!\\)\|/).map(cell => cell.trim())
  const names = cells(lines[0] ?? '||')
  return lines.slice(2).map(line => Object.fromEntries(cells(line).map((cell, index) => [names[index], cell])))
}

function includes(text, word) {
  if (!text.includes(word)) throw new Error(`'${word}' is missing in: ${text.slice(0, 200)}`)
}

function isVm(text, vm) {
  for (const word of [vm.id, vm.name_label, vm.power_state, vm.$pool]) includes(text, word)
}

// A gateway with a budget may stop early, but must say so and how to go on; no row may be wrong or come twice.
function isList(text, vms) {
  const rows = tableRows(text)
  const byId = new Map(vms.map(vm => [vm.id, vm]))
  for (const row of rows) {
    const vm = byId.get(row.uuid)
    if (vm?.name_label !== row.name_label || vm.power_state !== row.power_state) throw new Error(`a wrong row: ${JSON.stringify(row)}`)
    byId.delete(row.uuid)
  }
  saysWhatIsMissing(text, rows.length, vms.length)
}

/** Throws where an answer holds only some rows and does not say so and how to go on. */
export function saysWhatIsMissing(text, shown, total) {
  const [head] = text.split('\n', 1)
  const said = new RegExp(`rows 1.${shown} of ${total};.*cursor`).test(head.replace(/(\d),(?=\d)/g, '$1'))
  if (shown < total && !said) throw new Error(`${total - shown} rows are missing and nothing says so`)
}
