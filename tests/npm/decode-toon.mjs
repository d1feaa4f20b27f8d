// Reads a JSON array of TOON texts on standard input, writes the JSON array of what the reference decoder makes of them.
import { decode } from '@toon-format/toon';

let input = '';
for await (const chunk of process.stdin) {
  input += chunk;
}

process.stdout.write(JSON.stringify(JSON.parse(input).map((text) => decode(text))));
