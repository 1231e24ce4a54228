import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operation } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { deriveCases } from './derive.js';
import { stepRequest } from './step-request.js';
import { whyNone } from './why-none.js';

function casesOf(operation: JsonObject, path = '/') {
  const document = documentFromObject({
    openapi: '3.0.3',
    info: { title: '', version: '' },
    paths: { [path]: { post: { responses: { 204: { description: '' } }, ...operation } } },
  });
  const operations = createOperations(document);
  const compiled = operations.compile(operations.entries[0] as Operation);
  const options = { seed: 1, maxCases: 200 };
  const cases = deriveCases(compiled, operations, options);
  const [base] = cases;
  const body = base?.request.body ? Buffer.from(base.request.body).toString('latin1') : undefined;
  return { cases, base, body, why: () => whyNone(compiled, operations, options) };
}

const body = (mediaType: string, content: JsonObject) =>
  casesOf({ requestBody: { required: true, content: { [mediaType]: content } } });
const text = { type: 'string' };
const binary = { type: 'string', format: 'binary' };
const model = { type: 'object', required: ['title'], properties: { title: { type: 'string', minLength: 1 } } };

describe('a valid request', () => {
  it.each<[string, JsonObject, RegExp]>([
    ['text/csv', { schema: text }, /./],
    ['text/csv', { schema: { type: 'array', minItems: 1, items: model } }, /^title\r\n([^\r\n]+\r\n)+$/],
    ['text/csv', { schema: { type: 'array', items: model }, example: 'title\nOne\n' }, /^title\nOne\n$/],
    ['application/xml', { schema: model }, /^<\?xml[^\n]*\n<root><title>[^<]+<\/title><\/root>$/],
    ['application/xml', { schema: model, example: '<a><title>One</title></a>' }, /^<a><title>One<\/title><\/a>$/],
    ['application/xml', { schema: model, example: '<a><other>One</other></a>' }, /<root><title>/],
    ['application/xml', { schema: text }, /<root>/],
    ['text/plain', { schema: { type: 'boolean' } }, /^(true|false)$/],
    ['text/plain', { schema: model }, /^\{"title"/],
    ['application/octet-stream', { schema: model }, /^\{"title"/],
    ['multipart/form-data', { schema: binary }, /name="file"/],
    [
      'multipart/form-data',
      {
        schema: {
          allOf: [
            { type: 'object', properties: { status: text } },
            { type: 'object', properties: { status: { ...text, enum: ['approved'] } } },
          ],
        },
      },
      /name="status"\r\n\r\napproved/,
    ],
    ['application/yaml', { schema: text }, /./],
    ['application/yaml', { schema: model }, /^\{"title":"[^"]+"\}$/],
    ['application/yaml', { schema: model, example: 'title: One' }, /^title: One$/],
    ['application/pdf', { schema: binary }, /^%PDF/],
    ['application/zip', { schema: binary }, /^PK/],
    ['application/x-ndjson', { schema: { type: 'array', minItems: 1, items: model } }, /^\{"title":.*\}\n/],
    ['image/png', { schema: binary }, /^\x89PNG/],
    ['image/*', {}, /^\x89PNG/],
    ['gzip', { schema: binary }, /./],
    [
      'multipart/form-data',
      {
        schema: { type: 'object', required: ['picture'], properties: { picture: binary } },
        encoding: { picture: { contentType: 'image/png, image/jpeg' } },
      },
      /Content-Type: image\/png\r\n\r\n\x89PNG/,
    ],
  ])('in %s with %j is written', (mediaType, content, written) => {
    const { base, body: sent } = body(mediaType, content);
    expect(base).toMatchObject({ expectation: 'accepted', aspect: 'accepted' });
    expect(sent).toMatch(written);
  });

  it('may be a list of hundreds of thousands of items that the document shows', () => {
    const example = Array.from({ length: 150_000 }, () => 1);
    const { cases } = body('application/json', { schema: { type: 'array', items: { type: 'integer' } }, example });
    expect(cases.length).toBeGreaterThan(1);
  });

  it('has objects where there is room for one text', () => {
    const query = { name: 't', in: 'query', required: true, schema: { type: 'array', items: model, minItems: 1 } };
    expect(casesOf({ parameters: [query] }).base?.request.target).toMatch(/^\/\?t=%7B%22title%22%3A%22/);
    const properties = { name: { type: 'string', minLength: 1 } };
    const object = { name: 'object', in: 'path', required: true, schema: { type: 'object', properties } };
    expect(casesOf({ parameters: [object] }, '/o/{object}').base?.request.target).toMatch(/^\/o\/name,/);
    const header = { name: 'X-Id', in: 'header', required: true, schema: { type: 'string', default: '' } };
    expect(casesOf({ parameters: [header] }).base?.request.headers['x-id']).toMatch(/./);
    const listed = { name: 'n', in: 'query', required: true, schema: { type: 'string', enum: [1, 2] } };
    expect(casesOf({ parameters: [listed] }).base?.request.target).toBe('/?n=1');
  });

  it.each(['application/zip', 'application/gzip', 'application/pdf', 'image/gif'])(
    'is a file of %s also where it is to be another one than before',
    (mediaType) => {
      const requestBody = { required: true, content: { [mediaType]: { schema: binary } } };
      const paths = { '/files': { post: { requestBody, responses: { 201: { description: 'made' } } } } };
      const operations = createOperations(documentFromObject({ openapi: '3.0.3', info: {}, paths } as JsonObject));
      const operation = operations.compile(operations.entries[0] as Operation);
      const sent = [undefined, 0, 1].map((bodiesBefore) =>
        stepRequest(
          operation,
          operations,
          { seed: 1 },
          { path: {}, ...(bodiesBefore !== undefined && { bodiesBefore }) },
        ),
      );
      const [first] = sent;
      expect(sent.map((each) => each?.request.body)).toEqual([first, first, first].map((each) => each?.request.body));
    },
  );

  it('is not tried where it has no form, and it is said why', () => {
    const { cases, why } = body('application/x-protobuf', { schema: model });
    expect(cases).toEqual([]);
    expect(why()).toEqual({
      reason: 'a body of application/x-protobuf cannot be made from a schema: an example or fixtures can give one',
      isExcused: true,
    });
    expect(body('application/json', { schema: { type: 'integer', minimum: 2, maximum: 1 } }).why()).toEqual({
      reason: expect.stringMatching(
        /^no value was found that fits the schema of a body of application\/json: .*minimum at .*, maximum at /,
      ),
      isExcused: false,
    });
    const parameter = { name: 'n', in: 'query', required: true, schema: { type: 'integer', minimum: 2, maximum: 1 } };
    expect(casesOf({ parameters: [parameter] }).why().reason).toMatch(
      /^no value of n was found that fits its schema and can stand in a query: .*minimum at .*, maximum at /,
    );
  });
});

it('a slash in a path is sent encoded, where the schema of the parameter wants one', () => {
  const schema = { type: 'string', pattern: '^arn:[a-z]+/[a-z]+$' };
  const { cases } = casesOf({ parameters: [{ name: 'id', in: 'path', required: true, schema }] }, '/things/{id}');
  expect(cases[0]?.request.target).toMatch(/^\/things\/arn(?::|%3A)[a-z]+%2F[a-z]+$/i);
});

it('a field of cookies that is declared as a header is sent as one', () => {
  const header = { name: 'Cookie', in: 'header', required: true, schema: { type: 'string', default: 'session=ab12' } };
  const { base } = casesOf({ parameters: [header] });
  expect(base?.request.headers.cookie).toBe('session=ab12');
});

it('no form says null, since nothing says how it would', () => {
  const born = { type: 'string', format: 'date', nullable: true };
  const schema = { type: 'object', required: ['born'], properties: { born } };
  const titles = (type: string) => body(type, { schema }).cases.map(({ title }) => title);
  expect(titles('application/json')).toContain('body/born = null (null is allowed)');
  for (const type of ['multipart/form-data', 'application/x-www-form-urlencoded'])
    expect(titles(type).filter((title) => title.includes('null is allowed'))).toEqual([]);
});

describe('an invalid request', () => {
  it('in XML breaks what the schema says, and has no values whose text is right again', () => {
    const properties = { id: { type: 'integer', maximum: 5, xml: { attribute: true } }, on: { type: 'boolean' } };
    const { cases } = body('application/xml', { schema: { type: 'object', required: ['id', 'on'], properties } });
    const rejected = cases.filter(({ expectation }) => expectation === 'rejected').map(({ title }) => title);
    expect(rejected).toEqual(
      expect.arrayContaining([expect.stringMatching(/id = 6 /), expect.stringMatching(/on missing/)]),
    );
    expect(rejected.filter((title) => /on = 1 /.test(title))).toEqual([]);
  });

  it('is not made of what a server may read as any bytes', () => {
    const { cases } = body('*/*', { schema: binary });
    expect(
      cases.filter(({ varies, aspect }) => varies.in === 'body' && aspect === 'rejected').map(({ title }) => title),
    ).toEqual(['body missing (required)', 'body empty']);
  });

  it('is not made of what is not read', () => {
    const { cases } = body('text/csv', { schema: { type: 'array', minItems: 1, items: model } });
    expect(
      cases.filter(({ varies, aspect }) => varies.in === 'body' && aspect === 'rejected').map(({ title }) => title),
    ).toEqual(['body missing (required)']);
  });
});

it('a form has something in each object that it has to have: one without members is not there when it is read', () => {
  const features = {
    type: 'object',
    properties: { history: { type: 'object', required: ['on'], properties: { on: text } } },
  };
  const profile = { type: 'object', properties: { tags: { type: 'array', items: text }, headline: text } };
  const schema = {
    type: 'object',
    required: ['amount', 'profile', 'features'],
    properties: { amount: { type: 'integer', enum: [5] }, profile, features },
  };
  const nested = { style: 'deepObject', explode: true };
  const made = body('application/x-www-form-urlencoded', { schema, encoding: { profile: nested, features: nested } });
  expect(decodeURIComponent(made.body ?? '')).toMatch(
    /^amount=5&profile\[headline\]=\w+&features\[history\]\[on\]=\w+$/,
  );
});

describe('why no valid request can be made', () => {
  const query = (parameters: JsonObject) =>
    casesOf({
      parameters: Object.entries(parameters).map(([name, schema]) => ({ name, in: 'query', required: true, schema })),
    } as JsonObject).why().reason;

  it('is said of a parameter that has no form on the wire', () => {
    const model = { type: 'object', properties: { rows: { type: 'array', items: { type: 'object' } } } };
    expect(query({ model })).toMatch(/read again: no value of query parameter "model" has a form there by which/);
  });

  it('is said of two that have one name there', () => {
    const rows = { type: 'object', required: ['type'], properties: { type: { enum: ['other'] } } };
    expect(query({ type: { enum: ['one'] }, rows })).toMatch(
      /read again: query parameter "type" is written as a member of "rows" is, which has that name too$/,
    );
  });
});
