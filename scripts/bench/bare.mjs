import { freePort, jsonFile, start } from './command.mjs';
import { sample } from './load.mjs';

/**
 * A server that does nothing but send what another has sent: node:http, and a table.
 *
 * @param {Record<string, { status: number, headers: Record<string, string>, body: string }>} answers by `METHOD target`, and `*` for
 *   whatever is not in it
 * @param {{ keyField?: string, parses?: boolean }} options a request without `keyField` is looked up with ` anonymous` behind it;
 *   `parses`: bodies are read and parsed as JSON first
 */
export async function startBare(answers, { keyField = '', parses = false } = {}) {
  const { file, remove } = jsonFile('answers.json', answers);
  const port = await freePort();
  const bare = start(['--input-type=module', '-e', script(file, port, keyField, parses)]);
  await sample(port, '/');
  remove();
  return { ...bare, port };
}

const script = (file, port, keyField, parses) => `
  import { readFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  const answers = new Map(Object.entries(JSON.parse(readFileSync(${JSON.stringify(file)}, 'utf8'))));
  const other = answers.get('*') ?? answers.values().next().value;
  function give(request, response) {
    const key = request.method + ' ' + request.url${keyField && ` + (request.headers[${JSON.stringify(keyField)}] === undefined ? ' anonymous' : '')`};
    const { status, headers, body } = answers.get(key) ?? other;
    response.writeHead(status, headers).end(body);
  }
  createServer((request, response) => {
    ${
      parses
        ? `const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (chunks.length > 0) JSON.parse(Buffer.concat(chunks));
      give(request, response);
    });`
        : 'give(request, response);'
    }
  }).listen(${port}, '127.0.0.1');
`;
