import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from './library/answer.js';
import { foundOf } from './library/violated.js';

const text = { type: 'string' };
const city = { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } };
const as = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });

const operationsOf = (description: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.0.3',
      info: { title: 'T', version: '1' },
      paths: {
        '/cities': {
          get: {
            parameters: [{ name: 'name', in: 'query', description, schema: text }],
            responses: { 200: as({ type: 'array', items: city }) },
          },
        },
        '/cities/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            responses: { 200: as(city), 404: { description: 'None' } },
          },
        },
      },
    } as JsonObject),
  );

const cities = ['Rome', 'Oslo', 'Bern', 'Wien'].map((name, index) => ({ id: `c${index}`, name }));

/** @param fold what is compared of a name */
const serverOf = (fold: (name: string) => string) => async (request: HttpRequest) => {
  const { pathname, searchParams } = new URL(request.target, 'http://t');
  const [, , id] = pathname.split('/');
  const one = cities.find((each) => each.id === id);
  if (id !== undefined) return one ? answer(200, one) : answer(404, {});
  const name = searchParams.get('name');
  return answer(200, name === null ? cities : cities.filter((each) => fold(each.name) === fold(name)));
};

const found = async (description: string, fold: (name: string) => string) => {
  const findings = await foundOf(serverOf(fold), { operations: operationsOf(description) });
  return findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
};
const lower = (name: string) => name.toLowerCase();
const same = (name: string) => name;

it.each(['The name (case-insensitive)', 'The name, regardless of case'])('finds that case counts: %s', async (said) => {
  expect(await found(said, same)).toEqual(['filter-holds']);
  expect(await found(said, lower)).toEqual([]);
});

it.each(['The name', 'The name, not case-insensitive', 'The case'])('leaves it open otherwise: %s', async (said) => {
  expect(await found(said, same)).toEqual([]);
  expect(await found(said, lower)).toEqual([]);
});
