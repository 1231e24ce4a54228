import { concreteMediaType, contentFor, type OperationEntry, type Operations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import type { Comparison } from './compare.js';
import type { Found, Pair } from './pairs.js';
import { first, placeIn, ruleOf, sameSchemas } from './requests.js';
import { separatingValues } from './separate.js';

/** What a server sends by itself: here the new document speaks, and who was written for the old one listens. */
export function* webhookChanges(old: Operations, other: Operations, sides: Rest): Generator<Sent> {
  yield* sentChanges({ old, other, ...sides }, 'webhook', old.webhooks, other.webhooks);
}

/** The same of what a server sends because it was asked for it (Callback Object, OpenAPI 3.1, 4.8.18). */
export function callbackChanges({ old, new: other, oldOperations, newOperations, ...rest }: Pair): Found[] {
  const sides = { old: oldOperations, other: newOperations, ...rest };
  const [before, after] = [oldOperations.callbacks(old), newOperations.callbacks(other)];
  return [...sentChanges(sides, 'callback', before, after)].flatMap(({ found }) => found);
}

interface Sent {
  readonly name: string;
  readonly found: readonly Found[];
}

type Rest = Pick<Sides, 'comparison' | 'seed'>;
type Entries = readonly (OperationEntry & { readonly expression?: string })[];

function* sentChanges(sides: Sides, what: string, olds: Entries, news: Entries): Generator<Sent> {
  for (const entry of olds) {
    const { path, method, pointer } = entry;
    const twin = news.find((one) => one.path === path && one.method === method && one.expression === entry.expression);
    const message = `the ${what} ${method} ${path} is no more`;
    const removed = { kind: 'webhook-removed', message, cause: pointer, old: pointer, new: null } as const;
    yield { name: `${what} ${method} ${path}`, found: twin ? [...unforeseen(sides, entry, twin)] : [removed] };
  }
}

interface Sides {
  readonly old: Operations;
  readonly other: Operations;
  readonly comparison: Comparison;
  readonly seed: number;
}

function* unforeseen({ old, other, ...rest }: Sides, entry: OperationEntry, twin: OperationEntry): Generator<Found> {
  const [heard, said] = [old.compile(entry), other.compile(twin)];
  for (const content of said.requestBody?.content ?? []) {
    const known = contentFor(heard.requestBody?.content ?? [], concreteMediaType(content.mediaType));
    if (known === undefined) continue;
    const [from, to] = [ruleOf(said, content, 'request'), ruleOf(heard, known, 'request')];
    const isSameHere = sameSchemas(rest, to.pointer, from.pointer);
    if (isSameHere(to.value, from.value)) continue;
    const options = { seed: rest.seed, memory: new Map(), isSame: (a: Json, b: Json) => isSameHere(b, a) };
    const values = separatingValues(
      { schemas: said.schemas, schema: from },
      { schemas: heard.schemas, schema: to },
      options,
    );
    for (const value of first(values ?? [])) {
      const violations = to.validate(value, 'body');
      for (const { pointer, keyword, message, schemaPointer } of violations) {
        yield {
          kind: 'webhook-unforeseen',
          message: `${pointer === '' ? 'body' : `body ${pointer}`}: ${message}`,
          cause: `webhook ${keyword} ${schemaPointer} ${keyword === 'required' ? message : ''}`,
          old: schemaPointer,
          new: placeIn(said, from, value, { pointer, keyword }) ?? content.pointer,
          body: JSON.stringify(value),
          wrongs: violations.length,
        };
      }
    }
  }
}
