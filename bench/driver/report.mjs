// The readable table and the result file.
import { execFileSync } from 'node:child_process'
import { cpus, totalmem, type } from 'node:os'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** One line a case: ours, the peer's, the ratio. Empty where none was measured. */
export function table(results, ratios, peer) {
  if (ratios.length === 0) return ''
  const rows = [['case', 'unit', 'hypergate', peer, 'ratio']]
  for (const { case: name, toCase = name, median } of ratios) {
    const [ours, theirs] = [results.find('hypergate', name), results.find(peer, toCase)]
    rows.push([name, ours.unit, number(middle(results, ours)), number(middle(results, theirs)), `${median.toFixed(2)} ×`])
  }
  return columns(rows)
}

export const verdicts = targets => columns([
  ['target', 'limit', 'value', ''],
  ...targets.map(({ text, limit, value, met, isFloor }) => [text, `${isFloor ? '≥' : '≤'} ${limit}`, value ?? '-', met === null ? 'not measured' : met ? 'met' : 'NOT MET']),
])

/** What one and the same answer costs in each format, the dearest first. Empty where it was not measured. */
export function formats(results) {
  const arms = results.arms.filter(arm => /^100 guests\/.*\/tokens$/.test(arm.case)).sort((one, other) => other.median - one.median)
  if (arms.length === 0) return ''
  const dearest = arms[0].median
  return columns([
    ['100 guests as', 'tokens', 'characters', 'of the dearest'],
    ...arms.map(({ case: name, median, characters }) => [name.split('/')[1], number(median), number(characters), `${Math.round(median / dearest * 100)} %`]),
  ])
}

/** What the tools of each surface cost, the dearest first. Empty where it was not measured. */
export function menus(results) {
  const arms = results.arms.filter(arm => /^surfaces\/.*\/tokens$/.test(arm.case)).sort((one, other) => other.median - one.median)
  if (arms.length === 0) return ''
  const dearest = arms[0].median
  return columns([
    [`surface, ${number(results.find('hypergate', 'surfaces/operations reached').runs[0])} operations`, 'tools', 'tokens', 'of the dearest'],
    ...arms.map(({ case: name, median, tools }) => [name.split('/')[1], tools, number(median), `${(median / dearest * 100).toFixed(1)} %`]),
  ])
}

/** The file of a run: no host, user or path in it. */
export function document({ id, title, settings, results, ratios, targets }) {
  return {
    id,
    title,
    date: new Date().toISOString().slice(0, 10),
    commit: output('git', ['rev-parse', '--short=12', 'HEAD']),
    schema: 1,
    machine: {
      cores: cpus().length,
      cpu: cpus()[0]?.model.trim() ?? '',
      memory_gb: Math.round(totalmem() / 2 ** 30),
      os: type(),
      dotnet: output('dotnet', ['--version']),
      node: process.versions.node,
    },
    noisy: results.noisy,
    load: results.load,
    build: 'r2r',
    settings,
    arms: results.arms,
    ratios,
    targets,
  }
}

/** A noisy run does not take the place of a quiet one. Gives whether it was written. */
export function save(path, content) {
  if (content.noisy && existsSync(path) && !JSON.parse(readFileSync(path)).noisy) return false
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(content, null, 2).replace(/\[\s+([-\d.,\s]+?)\s+\]/g, (_, numbers) => `[${numbers.replace(/\s+/g, ' ')}]`)}\n`)
  return true
}

const middle = (results, arm) => results.arms.find(({ subject, case: name }) => subject === arm.subject && name === arm.case).median

const number = value => (value >= 1000 ? Math.round(value).toLocaleString('en-US') : `${value}`)

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => `${row[column]}`.length)))
  return rows.map(row => row.map((cell, column) => (column === 0 ? `${cell}`.padEnd(widths[0]) : `${cell}`.padStart(widths[column]))).join('  ').trimEnd()).join('\n')
}

function output(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}
