import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { deriveCases } from './derive.js';

const text = { type: 'string' };

it('demands of no server to miss what it says in words that it makes itself, and sends it only where it is required', () => {
  const schema = {
    type: 'object',
    required: ['name', 'uid'],
    properties: {
      name: text,
      uid: { ...text, description: 'Output only. Tells it from others.' },
      madeAt: { ...text, description: 'When it was made. Read-only.' },
    },
  };
  const post = {
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { 200: { description: 'x' } },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { post } } };
  const operations = createOperations(documentFromObject(document));
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('Failed to find the operation.');
  const cases = deriveCases(operations.compile(entry), operations, { seed: 1 });
  const missing = cases.flatMap(({ varies }) => (varies?.keyword === 'required' ? [varies.name] : []));
  expect(missing).toEqual(['name']);
  const [base] = cases;
  expect(Object.keys(JSON.parse(new TextDecoder().decode(base?.request.body ?? new Uint8Array())))).toEqual([
    'name',
    'uid',
  ]);
});
