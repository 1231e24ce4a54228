import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const integer = { type: 'integer' };
const title = { type: 'string', minLength: 1, maxLength: 40 };
const octets = { type: 'string', format: 'binary' };
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const as = (schema: JsonObject, mediaType = 'application/json') => ({ content: { [mediaType]: { schema } } });
const takes = (schema: JsonObject, type?: string) => ({ requestBody: { required: true, ...as(schema, type) } });
const answers = (status: number, schema: JsonObject, type?: string) => ({
  responses: {
    [status]: { description: 'x', ...as(schema, type) },
    ...Object.fromEntries([400, 404, 409].map((each) => [each, { description: 'x', ...as({}) }])),
  },
});
const file = object(
  { id: integer, title, size: { ...integer, description: 'In bytes' }, version: integer },
  ...['id', 'title', 'size', 'version'],
);
const id = { name: 'id', in: 'path', required: true, schema: integer };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/files': {
        get: answers(200, { type: 'array', items: file }),
        post: {
          ...takes(object({ data: octets, title }, 'data', 'title'), 'multipart/form-data'),
          ...answers(201, file),
        },
      },
      '/files/{id}': {
        parameters: [id],
        get: answers(200, file),
        put: { ...takes(object({ title, version: integer }, 'title', 'version')), ...answers(200, file) },
      },
      '/files/{id}/content': {
        parameters: [id],
        get: answers(200, octets, 'application/octet-stream'),
        put: { ...takes(octets, 'application/octet-stream'), ...answers(200, file) },
      },
    },
  } as JsonObject),
);

interface File {
  readonly id: number;
  title: string;
  version: number;
  data: Uint8Array;
}

/** The parts of a form by their names. */
function parts(body: Uint8Array): ReadonlyMap<string, string> {
  const text = new TextDecoder('latin1').decode(body);
  const found = text.matchAll(/name="(\w+)"[^\r]*\r\n(?:[^\r]+\r\n)*\r\n([\s\S]*?)\r\n--/g);
  return new Map(Array.from(found, ([, name = '', value = '']) => [name, value]));
}

/** Files that are sent and fetched, right but for one defect. */
function server(defect: string) {
  const files: File[] = [];
  const cut = (data: Uint8Array) =>
    defect === 'cut' ? data.subarray(0, 3) : defect === 'empty' ? data.subarray(0, 0) : data;
  const shown = ({ data, ...row }: File): JsonObject => ({ ...row, size: data.length + (defect === 'size' ? 1 : 0) });
  const change = (one: File, sent: JsonObject): Received => {
    if (sent.version !== one.version && defect !== 'version') return answer(409, {});
    Object.assign(one, { title: sent.title, version: one.version + 1 });
    if (defect === 'change empties') one.data = one.data.subarray(0, 0);
    return answer(200, shown(one));
  };
  const fetched = ({ data }: File): Received => {
    const headers: [string, string][] = [['Content-Type', 'application/octet-stream']];
    return { ...answer(200), headers, raw: data, body: data };
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const [, key, word] = /^\/files(?:\/(\d+)(\/content)?)?$/.exec(target) ?? [];
    const sent = body ?? new Uint8Array();
    if (key === undefined && method === 'POST') {
      const form = parts(sent);
      const data = cut(new TextEncoder().encode(form.get('data')));
      const made = { id: files.length + 1, title: form.get('title') ?? '', version: 0, data };
      files.push(made);
      return answer(201, shown(made));
    }
    if (key === undefined) return answer(200, files.map(shown));
    const one = files.find((each) => each.id === Number(key));
    if (one === undefined) return answer(404, {});
    if (word === undefined)
      return method === 'PUT' ? change(one, JSON.parse(new TextDecoder().decode(sent))) : answer(200, shown(one));
    if (method === 'GET') return fetched(one);
    if (defect !== 'put forgets') one.data = sent;
    return answer(200, shown(one));
  };
}

it.each([
  ['nothing', []],
  ['cut', ['values-kept', 'values-kept']],
  ['empty', ['values-kept', 'values-kept']],
  ['size', ['values-kept', 'change-kept']],
  ['change empties', ['values-kept', 'values-kept']],
  ['put forgets', ['change-kept', 'change-kept']],
  ['version', ['validators']],
])('a file is fetched as it was sent, and is as large as is said: %s', async (defect, checks) => {
  const found = await violatedBy(server(defect), { operations, allowWrites: true });
  expect(found.toSorted()).toEqual(checks.toSorted());
});

it('what is described as an object is no file, whatever media types there may be for it', async () => {
  const list = answers(200, object({ items: { type: 'array', items: object({ title }) } }), '*/*');
  const given = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        ...(operations.document.root as { paths: JsonObject }).paths,
        '/files/{id}/content': { parameters: [id], get: list },
      },
    } as JsonObject),
  );
  const files = server('nothing');
  const send = async (request: HttpRequest): Promise<Received> =>
    request.target.endsWith('/content') ? answer(200, { items: [] }) : files(request);
  expect(await violatedBy(send, { operations: given, allowWrites: true })).toEqual([]);
});
