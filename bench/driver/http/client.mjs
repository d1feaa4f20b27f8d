// A client over HTTP: with a session, or request by request as since the revision 2026-07-28.
import { now } from '../gateway.mjs'
import { header, request, Wire } from './wire.mjs'

const SESSION = '2025-11-25' // every peer speaks it
const STATELESS = '2026-07-28'
const INFO = { name: 'bench', version: '1' }
const JSON_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

/** A session that has shaken hands; it holds a connection of its own, or shares one that is given. */
export async function openSession(server, wire) {
  const own = wire ?? await Wire.open(server.url)
  const hello = message('initialize', { protocolVersion: SESSION, capabilities: {}, clientInfo: INFO })
  const { status, head, body } = await own.send(request('POST', server.url, { ...JSON_HEADERS, ...server.headers }, hello))
  const id = header(head, 'mcp-session-id')
  if (status !== 200 || !id) throw new Error(`no session: ${status} ${body}`)
  const headers = { ...JSON_HEADERS, ...server.headers, 'mcp-session-id': id, 'mcp-protocol-version': SESSION }
  const noted = await own.send(request('POST', server.url, headers, '{"jsonrpc":"2.0","method":"notifications/initialized"}'))
  if (noted.status !== 202) throw new Error(`no session: ${noted.status} ${noted.body}`)
  return new Client(own, params => request('POST', server.url, headers, message('tools/call', params)), request('DELETE', server.url, headers))
}

/** Each request carries all that is needed to answer it. */
export async function openStateless(server) {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': STATELESS, 'io.modelcontextprotocol/clientInfo': INFO, 'io.modelcontextprotocol/clientCapabilities': {},
  }
  const headers = { ...JSON_HEADERS, ...server.headers, 'mcp-protocol-version': STATELESS, 'mcp-method': 'tools/call' }
  return new Client(await Wire.open(server.url), params =>
    request('POST', server.url, { ...headers, 'mcp-name': params.name }, message('tools/call', { ...params, _meta: meta })))
}

/** The platform asked as a gateway asks it. */
export async function openDirect(simulator, path) {
  const question = request('GET', `${simulator.url}/rest/v0${path}`, { cookie: `authenticationToken=${simulator.token}` })
  return new Client(await Wire.open(simulator.url), () => question)
}

export class Client {
  #wire
  #make
  #end
  #last = []

  constructor(wire, make, end) {
    this.#wire = wire
    this.#make = make
    this.#end = end
  }

  /** Asks; gives the raw answer and how long it took. Equal questions are written once. */
  async ask(params) {
    if (this.#last[0] !== params) this.#last = [params, this.#make(params)]
    const sent = now()
    const { status, body } = await this.#wire.send(this.#last[1])
    return { status, body, took: now() - sent }
  }

  /** Ends the session, where there is one. */
  async end() {
    const { status } = await this.#wire.send(this.#end)
    if (status !== 200 && status !== 204) throw new Error(`the session does not end: ${status}`)
  }

  close() { this.#wire.close() }
}

/** The text of an answer to a call; anything but a good one throws. */
export function textOf({ status, body }) {
  const text = body.toString()
  const data = text.startsWith('{') ? text : /^data: (.+)$/m.exec(text)?.[1]
  const { result, error } = JSON.parse(data ?? 'null') ?? {}
  if (status !== 200 || !result || result.isError) throw new Error(`no answer: ${status} ${JSON.stringify(error ?? result) ?? text}`)
  return result.content.map(block => block.text).join('\n')
}

// The number of a request matters to nobody here: each connection has one at a time.
const message = (method, params) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
