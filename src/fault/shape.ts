import { isObject, type Json } from '../text/value.js';
import { nodesOf, replaced, spoilBody, succeeds } from './body.js';
import { noValues } from './status.js';
import type { Fault } from './types.js';

/** What a whole body is turned into. */
const shapes: readonly { id: string; summary: string; reshape(body: Json): Json }[] = [
  { id: 'shape-wrapped', summary: 'wraps the body in an object: { "data": … }', reshape: (body) => ({ data: body }) },
  { id: 'shape-null', summary: 'answers null', reshape: () => null },
  { id: 'shape-nested', summary: 'nests the body once more: [ … ]', reshape: (body) => [body] },
  { id: 'shape-string', summary: 'sends the JSON inside a JSON string', reshape: (body) => JSON.stringify(body) },
  {
    id: 'shape-items-as-objects',
    summary: 'sends an object for each item: { "value": … }',
    reshape: (body) => (Array.isArray(body) ? body.map((value) => ({ value })) : body),
  },
  {
    id: 'shape-keyed-items',
    summary: 'sends an object with numbered members for a list',
    reshape: (body) =>
      Array.isArray(body) ? Object.fromEntries(body.map((item, index) => [String(index), item])) : body,
  },
];

const caughtBy = ['response-schema'];

/** The family of bodies with the right data in the wrong shape. */
export const shapeFaults: readonly Fault[] = [
  ...shapes.map(
    ({ id, summary, reshape }): Fault => ({
      id,
      family: 'shape',
      summary,
      caughtBy,
      unfit: noValues,
      spoil: (answer, context) => (succeeds(answer) ? spoilBody(answer, context, (body) => [reshape(body)]) : null),
    }),
  ),
  {
    id: 'shape-flattened',
    family: 'shape',
    summary: 'sends the first member of an object in place of the object, somewhere in the body',
    generated: true,
    caughtBy,
    unfit: noValues,
    spoil(answer, context) {
      if (!succeeds(answer)) return null;
      return spoilBody(answer, context, function* (body, schema) {
        const objects = nodesOf(body, schema, context).filter(({ value }) => isObject(value));
        const from = Math.floor(context.random() * objects.length);
        for (const { path, value } of [...objects.slice(from), ...objects.slice(0, from)]) {
          yield replaced(body, path, Object.values(value as object)[0] ?? null);
        }
      });
    },
  },
];
