// Which ratios are shown, and which of them have to be reached.
const PEER = 'P-XO'
const EXTRA_MEMORY_KB = 60 * 1024

/** Every case that both have, and our cold start beside the peer's only one. */
export function ratiosOf(results) {
  const names = results.arms.filter(arm => arm.subject === 'hypergate').map(arm => arm.case)
  return names
    .map(name => results.ratio(name, PEER, name.replace(/^cold /, '')))
    .filter(ratio => ratio !== null && Number.isFinite(ratio.median))
}

export function targetsOf(results) {
  const extra = results.find('hypergate', '2,000 VMs, all fields/memory')
  const must = (text, limit, name) => results.target(text, limit, results.ratio(name, PEER))
  return [
    must('start to initialize, × its time', 0.5, 'start/initialize'),
    must('start to tools/list, × its time', 0.5, 'start/tools-list'),
    must('CPU per call, × its', 0.5, 'cpu/all calls'),
    must('peak memory, × its', 0.6, 'memory/peak'),
    must('tool list, actions off, × its bytes', 0.6, 'tools off/bytes'),
    must('tool list, actions on, × its bytes', 0.6, 'tools on/bytes'),
    must('fields=* on 2,000 VMs, × its bytes', 0.2, '2,000 VMs, all fields/bytes'),
    extraMemory(extra),
  ]
}

function extraMemory(arm) {
  const highest = arm ? Math.max(...arm.runs) : null
  return { text: 'fields=* on 2,000 VMs, extra memory in kB', kind: 'must', limit: EXTRA_MEMORY_KB, value: highest, met: arm ? highest <= EXTRA_MEMORY_KB : null }
}
