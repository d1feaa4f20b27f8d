// The tool list, actions off and on: bytes and tokens. Deterministic: one run each.
import { environment } from '../subjects.mjs'
import { Gateway, resultOf } from '../gateway.mjs'
import { checkCounter, tokens } from '../tokens.mjs'

/** Cases `tools off` and `tools on`. */
export async function surface({ ours, peer, simulator, data, results }) {
  for (const actions of [false, true]) {
    for (const subject of [peer, ours]) {
      const gateway = new Gateway(subject, environment(simulator, data, actions))
      const { result: { instructions = '' } } = await gateway.initialize()
      const reply = await gateway.send('tools/list', {})
      report(results, subject, `tools ${actions ? 'on' : 'off'}`, reply, instructions)
      await gateway.close()
    }
  }
}

function report(results, subject, name, reply, instructions) {
  const { tools, nextCursor } = resultOf(reply)
  if (nextCursor) throw new Error(`${subject.name} lists its tools in pages; bytes of one page mean nothing`)
  const menu = tools.map(({ name, description, inputSchema }) => JSON.stringify({ name, description, inputSchema }))
  checkCounter(menu.slice(0, 20))
  const share = has => tools.filter(has).length / tools.length
  results.add(subject, `${name}/bytes`, 'bytes', reply.line.length, {
    tools: tools.length,
    annotated: share(tool => tool.annotations),
    outputSchemas: share(tool => tool.outputSchema),
    titles: share(tool => tool.title ?? tool.annotations?.title),
  })
  results.add(subject, `${name}/menu tokens`, 'tokens', tokens(menu.join('\n')))
  results.add(subject, `${name}/full tokens`, 'tokens', tokens(JSON.stringify(tools)))
  results.add(subject, `${name}/instructions tokens`, 'tokens', tokens(instructions))
}
