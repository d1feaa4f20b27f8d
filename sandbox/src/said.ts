// What an isolate says, brought into the form of the protocol before it leaves the worker: a script can make its own built-ins say
// anything, and whatever does not fit would end the worker as broken.
import type { Fault } from './messages'
import { faultOf } from './source'

const MOST_NAMES = 3
const LONGEST_NAME = 200
const LONGEST_TEXT = 4000
const LONGEST_WORD = 60
const MOST_CANDIDATES = 20
const TEXTS = ['tool', 'backend', 'provider_code', 'refused_by']
const NUMBERS = ['http_status', 'retry_after', 'attempts']

/** The names of a call; undefined for what is none. */
export function pathOf(json: string): string[] | undefined {
  const names: unknown = JSON.parse(json)
  return Array.isArray(names) && names.length > 0 && names.length <= MOST_NAMES && names.every(name => typeof name === 'string' && name.length <= LONGEST_NAME)
    ? names.map(name => text(name))
    : undefined
}

/** JSON text without halves of surrogate pairs. In values they are gone already; names of members still have them. */
export function wellFormed(json: string): string {
  return json.includes('\\ud') ? JSON.stringify(JSON.parse(json, (_, value) => isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), member])) : value)) : json
}

/** A piece of the console. */
export const piece = (value: string, length: number) => value.length > length ? text(value, length) + '…' : text(value)

/** What the isolate tells of an error. */
export function told(error: unknown): Fault {
  if (!isObject(error)) return faultOf(text(String(error)))
  return faultOf({ name: text(error.name, LONGEST_NAME) || 'Error', message: text(error.message), stack: text(error.stack), ...(isObject(error.data) ? { data: parts(error.data) } : {}) })
}

// The members of a ToolError, each of its kind; scripts may make such errors themselves.
function parts(error: Record<string, unknown>): { code?: string } {
  const { code, sent, candidates } = error
  return {
    ...(typeof code === 'string' && code.length <= LONGEST_WORD ? { code: text(code) } : {}),
    ...Object.fromEntries(TEXTS.filter(name => typeof error[name] === 'string').map(name => [name, text(error[name], 2 * LONGEST_NAME)])),
    ...Object.fromEntries(NUMBERS.filter(name => typeof error[name] === 'number').map(name => [name, error[name]])),
    ...(typeof sent === 'boolean' || sent === 'unknown' ? { sent } : {}),
    ...(Array.isArray(candidates) ? { candidates: candidates.filter(one => typeof one === 'string').slice(0, MOST_CANDIDATES).map(one => text(one, LONGEST_NAME)) } : {}),
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown, length = LONGEST_TEXT) => (typeof value === 'string' ? value.slice(0, length) : '').toWellFormed()
