import { expect, it, vi } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { viewOf } from '../../schema/view.js';
import type { JsonObject } from '../../text/value.js';
import { deriveCases } from './derive.js';
import { placesOf } from './places.js';
import { createWorkbench } from './workbench.js';

/** What the accepted cases of one operation send: its target, header and body. */
function accepted(operation: JsonObject, method = 'get'): string {
  const paths = { '/a': { [method]: { ...operation, responses: { 200: { description: 'x' } } } } };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }),
  );
  const [entry] = operations.entries;
  if (!entry) throw new Error('no operation');
  const cases = deriveCases(operations.compile(entry), operations, { seed: 1 });
  return cases
    .filter(({ expectation }) => expectation === 'accepted')
    .map(({ request: { target, headers, body } }) =>
      [decodeURIComponent(target), headers['x-mode'] ?? '', new TextDecoder().decode(body ?? new Uint8Array())].join(
        ' ',
      ),
    )
    .join('\n');
}

it('tries every listed value of optional objects: in brackets, as a form, in a header', () => {
  const schema = (values: string[]) => ({ type: 'object', properties: { kind: { enum: values } } });
  const sent = accepted({
    parameters: [
      { name: 'deep', in: 'query', style: 'deepObject', explode: true, schema: schema(['x', 'y']) },
      { name: 'form', in: 'query', schema: schema(['red', 'blue']) },
      { name: 'X-Mode', in: 'header', schema: schema(['m1', 'm2']) },
    ],
  });
  for (const text of ['deep[kind]=x', 'deep[kind]=y', 'kind=red', 'kind=blue', 'kind,m1', 'kind,m2']) {
    expect(sent).toContain(text);
  }
});

it('tries the listed values of items, and of both branches of a condition', () => {
  const schema = {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: ['card', 'cash'] }, tags: { type: 'array', items: { enum: ['t1', 't2'] } } },
    if: { properties: { type: { const: 'card' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { required: ['brand'], properties: { brand: { enum: ['visa', 'amex'] } } },
    else: { properties: { coin: { enum: ['eur', 'usd'] } } },
  };
  const sent = accepted({ requestBody: { required: true, content: { 'application/json': { schema } } } }, 'post');
  for (const value of ['t1', 't2', 'visa', 'amex', 'eur', 'usd', 'card', 'cash']) expect(sent).toContain(`"${value}"`);
});

it('copies no list for places that nobody asks for: a tuple of thousands is walked through, and not squared', () => {
  const width = 2_000;
  const prefixItems = Array.from({ length: width }, () => ({ type: 'integer' }));
  const schema = { type: 'array', prefixItems };
  const post = {
    requestBody: { content: { 'application/json': { schema } } },
    responses: { 200: { description: 'x' } },
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { post } } }),
  );
  const operation = operations.compile(operations.entries[0] ?? expect.fail());
  const bench = createWorkbench(operation, operations, { seed: 1 });
  let looks = 0;
  const whole = new Proxy(
    prefixItems.map((_, index) => index),
    {
      get(list, key) {
        looks += 1;
        return Reflect.get(list, key) as unknown;
      },
    },
  );
  const pointer = operation.requestBody?.content[0]?.schema?.pointer ?? expect.fail();
  const [, , place] = placesOf(bench, pointer, whole);
  expect(place?.path).toBe('/1');
  expect(looks).toBeLessThan(20 * width);
});

it('holds the names of a value against many patterns once, and not once for each pattern', () => {
  const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
  const patterns = Array.from({ length: 100 }, (_, index) => [`^p${index}$`, { type: 'integer' }]);
  const schema = { type: 'object', patternProperties: Object.fromEntries(patterns) };
  const body = { content: { 'application/json': { schema } } };
  const paths = { '/a': { post: { requestBody: body, responses: { 200: { description: 'x' } } } } };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }),
  );
  const [entry] = operations.entries;
  if (!entry) throw new Error('no operation');
  const bench = createWorkbench(operations.compile(entry), operations, { seed: 1 });
  const looked = vi.spyOn(viewOf(operations.schemas.document), 'member');
  const found = [
    ...placesOf(
      bench,
      '/paths/~1a/post/requestBody/content/application~1json/schema',
      Object.fromEntries(names.map((name) => [name, 1])),
    ),
  ];
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(looked.mock.calls.length).toBeLessThanOrEqual(names.length * 2);
});

it('sends a required Accept-Encoding that changes nothing, or what is listed for it', () => {
  const of = (schema: JsonObject) => {
    const get = {
      parameters: [{ name: 'Accept-Encoding', in: 'header', required: true, schema }],
      responses: { 200: { description: 'x' } },
    };
    const operations = createOperations(
      documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { get } } }),
    );
    const [entry] = operations.entries;
    const cases = deriveCases(operations.compile(entry ?? expect.fail()), operations, { seed: 1 });
    return cases[0]?.request.headers['accept-encoding'];
  };
  expect(of({ type: 'array', items: { type: 'string' } })).toBe('identity');
  expect(of({ type: 'string' })).toBe('identity');
  expect(of({ enum: ['gzip'] })).toBe('gzip');
});

it('takes nobody to know a thing under another listed value of its path', () => {
  const parameters = [
    { name: 'kind', in: 'path', required: true, schema: { enum: ['a', 'b'] } },
    { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
  ];
  const get = { parameters, responses: { 200: { description: 'x' }, 404: { description: 'x' } } };
  const paths = { '/{kind}/things/{id}': { get } };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }),
  );
  const operation = operations.compile(operations.entries[0] ?? expect.fail());
  const learnt = { values: { id: 7 }, isSure: true };
  const cases = deriveCases(operation, operations, { seed: 1, learnt } as never);
  const other = cases.filter(
    ({ request, expectation }) => expectation === 'accepted' && request.target === '/b/things/7',
  );
  expect(other.map(({ generatedPath }) => generatedPath)).toEqual(other.map(() => true));
  expect(other.length).toBeGreaterThan(0);
});
