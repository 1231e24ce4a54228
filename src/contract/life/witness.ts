import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isSaying, isVolatile, takenBy } from './members.js';

/** Another thing, as it was before something was done to the first. */
export interface Witness {
  readonly made: Made;
  readonly row: JsonObject;
}

export async function witnessOf(life: Life, other: Made | null): Promise<Witness | null> {
  const row = other && (await life.read(other.thing, 'read another thing'))?.row;
  return other && row ? { made: other, row } : null;
}

/** What there is one of under each thing (settings), under another of these. */
export async function elsewhereOf(life: Life, { thing, ...made }: Made): Promise<Witness | null> {
  const place = life.resource.scope.at(-1);
  if (!place?.resource || place.resource.isSingleton) return null;
  const outer = Object.fromEntries(Object.entries(thing.scope).filter(([name]) => name !== place.parameter));
  const other = await life.hands.make(place.resource, `to have ${life.resource.name} of its own`, outer);
  if (typeof other === 'string' || scalarText(other.thing.key) === scalarText(thing.scope[place.parameter]))
    return null;
  const scope = { ...thing.scope, [place.parameter]: other.thing.key };
  return witnessOf(life, { ...made, thing: { ...thing, scope, under: scope } });
}

/** What was done to one thing has done nothing to another. */
export async function checkWitness(life: Life, witness: Witness | null, doing: Exchange): Promise<void> {
  if (witness === null) return;
  const { made, row: was } = witness;
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(made.thing, 'read the other thing again');
    if (reading === undefined || isMissing(reading.status) === null) return null;
    const { row, exchange } = reading;
    const changed = changedMembers(life, was, row ?? {});
    if (row !== null && changed.length === 0) return kept(exchange);
    return broken(exchange, {
      message: `What was done to one thing has taken or changed another: ${told(doing)}, and then ${told(exchange)}`,
      expected: 'the other thing as it was',
      received: row === null ? `status ${reading.status}` : `another ${changed.map((name) => `"${name}"`).join(', ')}`,
      cause: `another thing after ${doing.operation.method}`,
    });
  });
}

/** Members that clients may set, and that are something else than they were. */
export function changedMembers(life: Life, was: JsonObject, is: JsonObject): string[] {
  const { create } = life.roles;
  const mine = new Set(create ? takenBy(life.operation(create), create).map(({ name }) => name) : Object.keys(was));
  return Object.keys({ ...was, ...is }).filter((name) => {
    const [before, after] = [was[name] ?? null, is[name]];
    const isNew = before === null && isSaying(after);
    return mine.has(name) && !isVolatile(name) && (isNew || likenessOf(before, after) === 'other');
  });
}
