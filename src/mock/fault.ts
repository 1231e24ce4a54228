import { mix, Random } from '../fake/index.js';
import type { ActiveFault, FaultContext } from '../fault/index.js';
import {
  type Answer,
  contentFor,
  contentTypeOf,
  type Operation,
  type RequestValues,
  responseFor,
} from '../operation/index.js';
import type { Schema, Violation } from '../schema/index.js';
import type { Json } from '../text/value.js';
import type { Change, Row } from '../world/index.js';
import type { Exchange, Setup } from './context.js';
import { provenance, provenanceHeader } from './provenance.js';
import { saltOf } from './salt.js';

/** The method that is served instead of an undeclared one, or null. */
export function aliasedMethod(active: ActiveFault, asked: string, allowed: readonly string[]): string | null {
  return active.fault.alias?.(asked.toUpperCase(), allowed) ?? null;
}

/** The violations as the faulty implementation sees them. */
export function judged(exchange: Exchange, violations: readonly Violation[]): readonly Violation[] {
  const { fault, operation } = exchange;
  if (fault?.fault.judge === undefined || operation === null || fault.fault.unfit(operation) !== null)
    return violations;
  return fault.fault.judge(violations, contextOf(fault, exchange, operation));
}

/** What the faulty implementation heeds of a valid request: the very values where that is all of it. */
export function heeded(exchange: Exchange, operation: Operation, values: RequestValues): RequestValues {
  const { fault } = exchange;
  if (fault?.fault.heed === undefined || fault.fault.unfit(operation) !== null) return values;
  return fault.fault.heed(values, operation);
}

/** Whether the faulty implementation shows what stands under something that is gone. */
export function overlooksParents({ fault }: Exchange, operation: Operation): boolean {
  return fault?.fault.overlooksParents === true && fault.fault.unfit(operation) === null;
}

/** What it remembers of what a request changes: the very changes where it does as it should. */
export function remembered(exchange: Exchange, changes: readonly Change[]): readonly Change[] {
  const { fault, operation, state } = exchange;
  if (fault?.fault.remember === undefined || operation === null || changes.length === 0) return changes;
  if (fault.fault.unfit(operation) !== null) return changes;
  const kept = fault.fault.remember(changes, contextOf(fault, exchange, operation), ({ collection, key }) =>
    jsonOf(state.collection(collection)?.row(key)),
  );
  return JSON.stringify(kept) === JSON.stringify(changes) ? changes : kept;
}

const jsonOf = (row: Row | null | undefined): Json | null | undefined => (row ? row.value : row);

/** The answer as the faulty implementation sends it; as it was where it gives the fault nothing to spoil. */
export function spoiled(active: ActiveFault, answer: Answer, exchange: Exchange, operation: Operation): Answer {
  if (active.fault.unfit(operation) !== null) return answer;
  const spoilt = active.fault.spoil?.(answer, contextOf(active, exchange, operation)) ?? null;
  if (spoilt === null) return answer;
  // What is not the body any more is sent as it is, and not in the frames of what it was.
  const effect = spoilt.body !== answer.body && spoilt.effect?.kind === 'stream' ? null : spoilt.effect;
  return saidToBe({ ...spoilt, effect }, active, operation);
}

/** The answer, with the fault as where it comes from. */
export function saidToBe(answer: Answer, { fault: { id } }: ActiveFault, operation: Operation): Answer {
  // Looked up by name: a fault may have changed the case of every field.
  const header = Object.keys(answer.headers).find((name) => name.toLowerCase() === provenanceHeader.toLowerCase());
  const said = provenance(operation.id, 'fault', id, answer.seed);
  return { ...answer, headers: { ...answer.headers, [header ?? provenanceHeader]: said }, source: 'fault', name: id };
}

/** A body with every member is large, and only a place to strike at: one for each schema, seed and attempt is enough. */
function fullBody(setup: Setup, schema: Schema, seed: number, attempt: number): Json | undefined {
  const key = `${seed} ${attempt} ${schema.pointer}`;
  const known = setup.fullBodies.get(key);
  if (known !== undefined) return known.value;
  const salt = attempt === 0 ? 'fault' : `fault ${attempt}`;
  const made = setup.faker.generate(schema, { seed, salt, optionals: 'all' });
  const body = { value: made.ok ? made.value : undefined };
  setup.fullBodies.set(key, body);
  return body.value;
}

function contextOf({ fault, site }: ActiveFault, exchange: Exchange, operation: Operation): FaultContext {
  const { setup, request, preference, seed } = exchange;
  const salt = saltOf(operation, exchange.values);
  const random = new Random(mix(seed, `${fault.id} ${salt}`));
  return {
    operation,
    request,
    values: exchange.values ?? { path: {}, query: {}, querystring: {}, header: {}, cookie: {} },
    violations: exchange.found,
    ordinal: preference.ordinal ?? null,
    site,
    random: () => random.next(),
    declared({ status, headers }) {
      const response = responseFor(operation, status) ?? null;
      const mediaType = contentTypeOf({ headers });
      const content = response && mediaType !== '' ? contentFor(response.content, mediaType) : undefined;
      return { response, content: content ?? null };
    },
    generate: (schema, attempt) => fullBody(setup, schema, seed, attempt),
  };
}
