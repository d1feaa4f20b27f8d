// Shaping: an answer of 19 MB becomes a table of 100 rows. The platform has it ready, so that all but its transfer is ours.
import { createHash } from 'node:crypto'
import { textOf, tableRows, saysWhatIsMissing } from '../expectations.mjs'
import { Gateway, now } from '../gateway.mjs'
import { forgetPeak, memoryKilobytes } from '../process.mjs'
import { settings } from '../settings.mjs'
import { StaticPlatform } from '../static.mjs'

const BYTES = 19_000_000
const ROWS = 100

/** Cases `19 MB/time`, transfer included, and `19 MB/memory`. */
export async function shaping({ ours, crowd, data, repeats, results }) {
  const guests = many(await crowd.get('/vms?fields=*'))
  const body = Buffer.from(JSON.stringify(guests))
  const platform = await StaticPlatform.start(body)
  const backend = { name: 'big', kind: 'rest', url: platform.url, auth: {}, rest: { document: '/openapi.json' } }
  try {
    for (let repeat = 0; repeat < repeats; repeat++) {
      results.noteLoad()
      await once({ ours, environment: settings([backend], data, 'shaping', ['domains']), guests, results, bytes: body.length })
    }
  } finally {
    platform.stop()
  }
}

// Memory of the first big answer of a process; time of one that has answered it before, as any has after its first minute.
async function once({ ours, environment, guests, results, bytes }) {
  const gateway = new Gateway(ours, environment)
  await gateway.initialize()
  await gateway.send('tools/list', {})
  const ask = () => gateway.call('guests_query', { operation: 'listGuests', limit: ROWS, sort: 'name_label', fields: 'uuid,name_label,power_state,memory.size,CPUs.number,tags' })
  textOf(await gateway.call('version_query', { operation: 'getVersion' }))
  forgetPeak(gateway.pid)
  const before = memoryKilobytes(gateway.pid).now
  check(textOf(await ask()), guests)
  results.add(ours, '19 MB/memory', 'kB', memoryKilobytes(gateway.pid).peak - before)
  for (let warm = 0; warm < 4; warm++) await ask()
  const began = now()
  const reply = await ask()
  const took = reply.at - began
  check(textOf(reply), guests)
  results.add(ours, '19 MB/time', 'ms', took / 1000, { bytes, rows: ROWS })
  await gateway.close()
}

// Enough of the simulator's guests, each with an id and a name of its own.
function many(vms) {
  const guests = []
  for (let bytes = 2, index = 0; bytes < BYTES; index++) {
    const vm = vms[index % vms.length]
    const guest = { ...vm, uuid: uuid(index), name_label: `${vm.name_label}-${String(index * 7919 % 100_003).padStart(6, '0')}` }
    guests.push(guest)
    bytes += JSON.stringify(guest).length + 1
  }
  return guests
}

function uuid(index) {
  const hex = createHash('sha256').update(`guest ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function check(text, guests) {
  const rows = tableRows(text)
  const first = [...guests].sort((one, other) => (one.name_label < other.name_label ? -1 : one.name_label > other.name_label ? 1 : 0)).slice(0, ROWS)
  rows.forEach((row, index) => {
    if (row.uuid !== first[index].uuid || row.power_state !== first[index].power_state) throw new Error(`a wrong row: ${JSON.stringify(row)}`)
  })
  if (rows.length !== ROWS) throw new Error(`${rows.length} rows`)
  saysWhatIsMissing(text, rows.length, guests.length)
}
