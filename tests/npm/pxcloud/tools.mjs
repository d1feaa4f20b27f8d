// Reads an OpenAPI document on standard input, lets the package pxcloud-mcp discover it from a server, and writes the names of its tools.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

let document = '';
for await (const chunk of process.stdin) {
  document += chunk;
}

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(request.url.endsWith('openapi.json') ? document : '{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const child = spawn(process.execPath, ['node_modules/pxcloud-mcp/dist/index.js'], {
  env: { PATH: process.env.PATH, PXCLOUD_URL: `http://127.0.0.1:${server.address().port}`, PXCLOUD_TOKEN: 'none' },
  stdio: ['pipe', 'pipe', 'inherit'],
});
setTimeout(() => {
  child.kill('SIGKILL');
  process.exit(1);
}, 30_000).unref();
const send = (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } } });

let buffer = '';
for await (const chunk of child.stdout) {
  buffer += chunk;
  const lines = buffer.split('\n');
  buffer = lines.pop();
  for (const message of lines.filter((line) => line.trim()).map((line) => JSON.parse(line))) {
    if (message.id === 1) {
      send({ method: 'notifications/initialized' });
      send({ id: 2, method: 'tools/list' });
    } else if (message.id === 2) {
      process.stdout.write(JSON.stringify(message.result.tools.map((tool) => tool.name)));
      child.kill();
      server.close();
      server.closeAllConnections();
    }
  }
}
