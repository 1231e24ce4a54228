import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const operationCount = 1200;
const schemaCount = 800;
const bytes = 13_000_000;

/** Writes a document of the size of the largest public ones into the folder for temporary files. */
export function writeLargeDocument() {
  const file = join(tmpdir(), `counterproof-bench-${process.pid}.json`);
  const document = {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1' },
    paths: paths(),
    components: components(),
  };
  const missing = bytes - JSON.stringify(document).length;
  pad(document, Math.floor(missing / operationCount));
  const text = JSON.stringify(document, null, 2);
  writeFileSync(file, text);
  const megabytes = (text.length / 1e6).toFixed(1);
  return {
    file,
    name: `${megabytes} MB, ${operationCount} operations`,
    count: operationCount,
    path: '/resource-7/some-id/part-7',
  };
}

/** A valid request for each operation of such a document. */
export function operationsOf(count) {
  return Array.from({ length: count }, (_, index) => {
    const part = Math.floor(index / 2);
    const target = `/resource-${part}/some-id/part-${part}`;
    const body = JSON.stringify({ id: 7, name: 'a name', state: 'open' });
    return index % 2 === 0 ? { method: 'GET', target } : { method: 'PUT', target, body };
  });
}

function paths() {
  const result = {};
  for (let index = 0; index < operationCount / 2; index++) {
    result[`/resource-${index}/{id}/part-${index}`] = { get: operation('get', index), put: operation('put', index) };
  }
  return result;
}

function operation(method, index) {
  const schema = { $ref: `#/components/schemas/Thing${index % schemaCount}` };
  const json = { content: { 'application/json': { schema } } };
  return {
    operationId: `${method}Part${index}`,
    tags: [`tag-${index % 40}`],
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 30 } },
    ],
    ...(method === 'put' && { requestBody: json }),
    responses: {
      200: { description: 'Good', ...json },
      404: {
        description: 'Not found',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function components() {
  const schemas = {
    Error: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
  };
  for (let index = 0; index < schemaCount; index++) {
    const properties = {
      id: { type: 'integer', format: 'int64' },
      name: { type: 'string', minLength: 1, nullable: true },
      state: { type: 'string', enum: ['open', 'closed', `state-${index}`] },
      created: { type: 'string', format: 'date-time' },
      parent: { $ref: `#/components/schemas/Thing${Math.floor(index / 2)}` },
      labels: { type: 'array', items: { type: 'string' }, maxItems: 20 },
    };
    for (let more = 0; more < 20; more++)
      properties[`field_${more}`] = { type: 'string', description: `Field ${more}` };
    schemas[`Thing${index}`] = { type: 'object', required: ['id', 'name', 'state'], properties };
  }
  return { schemas };
}

/** Public documents are mostly prose and examples. */
function pad(document, length) {
  const sentence = 'Returns the part of the resource, as far as the caller may see it. ';
  const prose = sentence.repeat(Math.max(1, Math.floor(length / sentence.length)));
  for (const item of Object.values(document.paths)) {
    for (const one of Object.values(item)) one.description = prose;
  }
}
