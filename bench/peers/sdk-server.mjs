// What a server on the official SDK is: sessions over Streamable HTTP, and a tool that asks the platform once. Node's own HTTP server, no framework before it.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'

const { XO_URL: url, XO_TOKEN: token } = process.env
const sessions = new Map()

async function open() {
  const server = new McpServer({ name: 'sdk', version: '1' })
  server.registerTool('ping_query', { description: 'Asks whether the platform is there.', inputSchema: { operation: z.enum(['Ping']) } }, async () => {
    const response = await fetch(`${url}/rest/v0/ping`, { headers: { cookie: `authenticationToken=${token}` } })
    if (!response.ok) return { isError: true, content: [{ type: 'text', text: `the platform says ${response.status}` }] }
    return { content: [{ type: 'text', text: await response.text() }] }
  })
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: id => sessions.set(id, transport),
    onsessionclosed: id => sessions.delete(id),
  })
  await server.connect(transport)
  return transport
}

const http = createServer(async (request, response) => {
  try {
    const transport = sessions.get(request.headers['mcp-session-id']) ?? await open()
    await transport.handleRequest(request, response)
  } catch (error) {
    console.error(error)
    response.destroy()
  }
})
http.keepAliveTimeout = 600_000 // an idle connection is no reason to fail
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`))
