// A platform that has its one big answer ready, so that nothing but the gateway's own work is measured.
import { createServer } from 'node:http'

export class StaticPlatform {
  #server

  /** Serves a body at `/guests`, a small answer at `/version`, and the OpenAPI document of both at `/openapi.json`. */
  static async start(body) {
    const read = (operationId, tag, schema) => ({
      get: { operationId, tags: [tag], responses: { 200: { description: tag, content: { 'application/json': { schema } } } } },
    })
    const document = JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Guests', version: '1' },
      paths: {
        '/guests': read('listGuests', 'guests', { type: 'array', items: { type: 'object' } }),
        '/version': read('getVersion', 'version', { type: 'object' }),
      },
    })
    const server = createServer((request, response) => {
      const answer = request.url.startsWith('/guests') ? body : Buffer.from(request.url === '/version' ? '{"version":"1"}' : document)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
      response.end(answer)
    })
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
    return new StaticPlatform(server)
  }

  constructor(server) {
    this.#server = server
    this.url = `http://127.0.0.1:${server.address().port}`
  }

  stop() {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
