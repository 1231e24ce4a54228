import type { Mock } from '../mock/index.js';
import { isJson, resultOf } from '../operation/index.js';
import { isObject } from '../text/value.js';
import { type NamedRequest, namedRequests } from './requests.js';

/** Files by their path in a folder. */
export interface BrunoCollection {
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']);

/** A collection of Bruno: a folder with a file a request, and an environment with the server and the credentials. */
export function brunoCollection(mock: Mock): BrunoCollection {
  return resultOf(writingCollection(mock));
}

export function* writingCollection(mock: Mock): Generator<null, BrunoCollection> {
  const { requests, baseUrl, variables, notes } = yield* namedRequests(mock, (name) => `{{${name}}}`);
  const files = new Map<string, string>();
  const left: string[] = [];
  const { info } = mock.operations.document.root;
  const title = isObject(info) && typeof info.title === 'string' ? info.title : mock.operations.document.name;
  const about = { version: '1', name: title, type: 'collection', ignore: ['node_modules', '.git'] };
  files.set('bruno.json', `${JSON.stringify(about, null, 2)}\n`);
  const values = [`baseUrl: ${baseUrl}`, ...variables.map((name) => `${name}: counterproof`)];
  files.set('environments/local.bru', block('vars', values));
  for (const [index, request] of requests.entries()) {
    if (!methods.has(request.method)) {
      left.push(`${request.name} is left out: Bruno has no method ${request.method}`);
      continue;
    }
    const [operation = '', scripted] = request.name.split(': ');
    files.set(
      freePath(files, `${fileName(operation)}/${fileName(scripted ?? 'valid')}`),
      requestText(request, index + 1),
    );
  }
  return { files, notes: [...notes, ...left] };
}

function requestText({ name, method, target, headers, body }: NamedRequest, position: number): string {
  const type = headers.find(([field]) => field === 'content-type')?.[1] ?? '';
  const kind = body === null ? 'none' : isJson(type) ? 'json' : /\bxml\b/.test(type) ? 'xml' : 'text';
  return [
    block('meta', [`name: ${name}`, 'type: http', `seq: ${position}`]),
    block(method.toLowerCase(), [`url: {{baseUrl}}${target}`, `body: ${kind}`, 'auth: none']),
    ...(headers.length > 0
      ? [
          block(
            'headers',
            headers.map(([field, value]) => `${field}: ${value}`),
          ),
        ]
      : []),
    ...(body === null ? [] : [block(`body:${kind}`, (kind === 'json' ? indented(body) : body).split('\n'))]),
  ].join('\n');
}

function block(name: string, lines: readonly string[]): string {
  return `${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

const indented = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);

/** File systems that do not tell upper case from lower keep both of two names. */
function freePath(files: ReadonlyMap<string, string>, path: string): string {
  const taken = new Set([...files.keys()].map((key) => key.toLowerCase()));
  let free = `${path}.bru`;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${path}-${number}.bru`;
  return free;
}

/** A name as that of a file on any system. */
function fileName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '') || 'request';
}
