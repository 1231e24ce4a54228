import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from './program.js';

/** A document in which a name stands wherever names are an author's choice. */
function named(name: string): object {
  const schema = { $ref: `#/components/schemas/${name}` };
  const thing = {
    type: 'object',
    required: ['id', name],
    properties: { id: { type: 'integer' }, [name]: { type: 'string', format: name } },
    patternProperties: { [name]: {} },
    discriminator: { propertyName: name, mapping: { [name]: schema.$ref } },
  };
  const parameter = (place: string) => ({ name, in: place, required: true, schema: { type: 'string', format: name } });
  const responses = {
    200: {
      description: 'x',
      headers: { [name]: { schema: { type: 'string' } } },
      links: { [name]: { operationId: name } },
      content: { 'application/json': { schema, examples: { [name]: { value: { id: 1, [name]: 'a' } } } } },
    },
  };
  const content = { [`application/${name}+json`]: { schema }, 'application/json': { schema } };
  const list = { type: 'array', items: schema };
  return {
    openapi: '3.1.0',
    info: { title: name, version: '1' },
    tags: [{ name }],
    security: [{ [name]: [] }],
    webhooks: { [name]: { post: { requestBody: { content }, responses } } },
    paths: {
      [`/${name}`]: {
        get: { responses: { 200: { description: 'x', content: { 'application/json': { schema: list } } } } },
        post: { requestBody: { content }, responses: { 201: responses[200] } },
      },
      [`/${name}/{${name}}`]: {
        parameters: [parameter('path')],
        get: {
          operationId: name,
          tags: [name],
          parameters: [parameter('query'), parameter('header'), { ...parameter('nowhere'), style: 'form' }],
          callbacks: { [name]: { [name]: { post: { responses } } } },
          responses,
        },
        patch: { requestBody: { content }, responses },
      },
    },
    components: { schemas: { [name]: thing }, securitySchemes: { [name]: { type: 'apiKey', in: 'query', name } } },
  };
}

const commands = [
  ['lint'],
  ['check', '--list'],
  ['export'],
  ['export', '--to', 'http'],
  ['export', '--to', 'k6'],
  ['resources'],
  ['types'],
  ['schema'],
  ['faults'],
  ['webhook'],
];

const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['of what every object inherits', ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf']],
  ['that have no UTF-8', ['a\ud800', '\udfff/b']],
  ['of control characters', ['a\u001b[31m', 'a\u202eb', 'a\u0000', 'a\r\nb']],
])('names %s', (_what, names) => {
  it.each(commands)('are read by %s %s', async (command, ...flags) => {
    for (const [index, name] of names.entries()) {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(named(name)));
      const { code, error } = await run([command as string, file, ...flags]);
      expect(error, name).not.toContain('bug in counterproof');
      expect(code, `${name}: ${error}`).toBeLessThan(2);
    }
  });
});
