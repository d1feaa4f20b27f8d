// One kept-alive connection that speaks HTTP/1.1 with as little work as possible: the load must cost less than what it measures.
import { connect } from 'node:net'

const END_OF_HEADERS = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('0\r\n\r\n')

export class Wire {
  #socket
  #waiting = null
  #chunks = []
  #held = 0

  /** @param {string} url only its host and port are used */
  static async open(url) {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return new Wire(socket)
  }

  constructor(socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', chunk => this.#take(chunk))
    socket.on('close', () => this.#fail(new Error('the server has closed the connection')))
    socket.on('error', error => this.#fail(error))
  }

  /** Sends a whole request, made by `request`; gives the status, the head as text and the body. One at a time. */
  send(request) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close() {
    this.#waiting = null
    this.#socket.destroy()
  }

  #fail(error) {
    this.#waiting?.reject(error)
    this.#waiting = null
  }

  #take(chunk) {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    const all = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#held)
    this.#chunks = [all]
    const head = all.indexOf(END_OF_HEADERS)
    if (head < 0) return
    const text = all.latin1Slice(0, head)
    const body = bodyOf(all, head + END_OF_HEADERS.length, text)
    if (body === null) return
    this.#chunks = []
    this.#held = 0
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.resolve({ status: Number(text.slice(9, 12)), head: text, body })
  }
}

/** The bytes of a request. */
export function request(method, url, headers, body = '') {
  const { host, pathname, search } = new URL(url)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')
  const length = method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return Buffer.from(`${method} ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\n${lines}${length}\r\n${body}`)
}

export const header = (head, name) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1].trim() ?? null

// The whole body, or null while some of it is missing.
function bodyOf(all, start, head) {
  const length = header(head, 'content-length')
  if (length !== null) return all.length >= start + Number(length) ? all.subarray(start, start + Number(length)) : null
  if (!/^transfer-encoding: *chunked/im.test(head)) return all.subarray(start, start) // 202, 204
  if (!all.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return null
  const parts = []
  for (let at = start; ;) {
    const line = all.indexOf('\r\n', at)
    const size = Number.parseInt(all.latin1Slice(at, line), 16)
    if (size === 0) return parts.length === 1 ? parts[0] : Buffer.concat(parts)
    parts.push(all.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
