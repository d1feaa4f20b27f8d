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
  const must = (text, limit, name) => results.target(text, limit, results.ratio(name, PEER))
  return [
    must('start to initialize, × its time', 0.5, 'start/initialize'),
    must('start to tools/list, × its time', 0.5, 'start/tools-list'),
    must('CPU per call, × its', 0.5, 'cpu/all calls'),
    must('peak memory, × its', 0.6, 'memory/peak'),
    must('tool list, actions off, × its bytes', 0.6, 'tools off/bytes'),
    must('tool list, actions on, × its bytes', 0.6, 'tools on/bytes'),
    must('fields=* on 2,000 VMs, × its bytes', 0.2, '2,000 VMs, all fields/bytes'),
    extraMemory('fields=* on 2,000 VMs', results.find('hypergate', '2,000 VMs, all fields/memory')),
    middle(results, 'join of 10,000 guests, hosts and disks, ms', 50, '10,000 guests/join'),
    middle(results, '19 MB to a table of 100 rows, ms', 250, '19 MB/time'),
    extraMemory('19 MB to a table of 100 rows', results.find('hypergate', '19 MB/memory')),
    middle(results, 'list_vms over three backends, × the slowest alone', 1.2, 'three backends/ratio'),
    middle(results, 'search over both platforms, 99 of 100 answers, ms', 5, 'search/p99'),
    middle(results, 'search over both platforms, tool list in tokens', 700, 'surfaces/search/tokens'),
    middle(results, 'code mode over both platforms, tool list in tokens', 1000, 'surfaces/code/tokens'),
    middle(results, 'code mode, its two definitions over both platforms in tokens', 1000, 'surfaces/code/both definitions'),
    middle(results, 'code mode, listing of 25 operations of both platforms in tokens', 6000, 'surfaces/code/listing of 25'),
    middle(results, 'code mode, its definitions in tokens', 1000, 'scripts/definitions'),
    middle(results, 'code mode, listing of 25 operations in tokens', 6000, 'scripts/listing of 25'),
    middle(results, 'code mode, warm trivial script, ms', 20, 'scripts/warm trivial'),
    middle(results, 'code mode, 50 calls in a script, × their sum', 1.3, 'scripts/50 calls, × their sum'),
    middle(results, 'code mode, 50 calls in turn, × the time of the platform', 1.3, 'scripts/50 calls in turn, × the platform\'s time'),
    middle(results, 'code mode, 50 calls at once, × an eighth of that', 1.3, 'scripts/50 calls at once, × an eighth of the platform\'s time'),
    middle(results, 'jq program on 100 rows, ms', 10, 'scripts/jq on 100 rows'),
    middle(results, 'code mode, zombies after many runs', 0, 'scripts/zombies after many runs'),
    middle(results, 'code mode, workers left by an ended gateway', 0, 'scripts/orphans after the gateway'),
    middle(results, 'slowest of the registry files, load in ms', 300, 'dadl/load'),
    middle(results, 'code mode, memory after many runs, × before', 1.3, 'scripts/memory after many runs'),
  ]
}

function extraMemory(text, arm) {
  const highest = arm ? Math.max(...arm.runs) : null
  return { text: `${text}, extra memory in kB`, kind: 'must', limit: EXTRA_MEMORY_KB, value: highest, met: arm ? highest <= EXTRA_MEMORY_KB : null }
}

function middle(results, text, limit, name) {
  const arm = results.arms.find(({ subject, case: found }) => subject === 'hypergate' && found === name)
  return { text, kind: 'must', limit, value: arm?.median ?? null, met: arm ? arm.median <= limit : null }
}
