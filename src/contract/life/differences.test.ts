import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createSchemas } from '../../schema/schemas.js';
import { viewOf } from '../../schema/view.js';
import { differencesOf } from './differences.js';

it('asks of no answer to show what its schema does not let it', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: {
      schemas: {
        Day: { type: 'string', format: 'date' },
        Moment: { type: 'string', format: 'date-time' },
        Name: { type: 'string' },
      },
    },
  } as never);
  const member = (name: string, schema: string) => ({
    name,
    parts: viewOf(document).certain(`/components/schemas/${schema}`),
    isRequired: false,
  });
  const differences = differencesOf(
    { born: '2024-03-12', name: 'Ann' },
    { born: '1994-09-07T00:34:58Z', name: 'Bob' },
    [member('born', 'Day'), member('name', 'Name')],
    [member('born', 'Moment'), member('name', 'Name')],
    new Set(),
    createSchemas(document),
  );
  expect(differences.map(({ name }) => name)).toEqual(['name']);
});

it('leaves what an answer has as readOnly to the server, also where a request takes a member of that name', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { Sent: { type: 'string' }, Shown: { type: 'string', readOnly: true } } },
  } as never);
  const member = (schema: string) => ({
    name: 'name',
    parts: viewOf(document).certain(`/components/schemas/${schema}`),
    isRequired: false,
  });
  const of = (shown: string) =>
    differencesOf(
      { name: 'Ann' },
      { name: 'Bob' },
      [member('Sent')],
      [member(shown)],
      new Set(),
      createSchemas(document),
    );
  expect([of('Sent').length, of('Shown').length]).toEqual([1, 0]);
});
