import { keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { nameOf } from './answers.js';
import { opened, openedJson } from './attributes.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Listing, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isSaying } from './members.js';
import { changedMembers } from './witness.js';

/** The rows of the whole list by their keys; null where it is not seen whole. */
export async function rowsOf(
  life: Life,
  { thing, sent }: Made,
  row: JsonObject | null,
): Promise<ReadonlyMap<string, Json> | null> {
  const listed = await life.listOf(thing, row ?? sent ?? {});
  return listed?.walked.isWhole ? rowsIn(life, listed) : null;
}

function rowsIn(life: Life, { walked: { pages } }: Listing): ReadonlyMap<string, Json> {
  return new Map(
    pages.flatMap(({ rows }) =>
      rows.flatMap((row): [string, Json][] => {
        const key = keyOf(life.resource, row);
        return key === undefined ? [] : [[key, row]];
      }),
    ),
  );
}

/** No other thing has got what was sent. */
export async function checkOthersKept(
  life: Life,
  { thing }: Made,
  replacing: Exchange,
  sent: JsonObject,
  before: ReadonlyMap<string, Json> | null,
): Promise<void> {
  if (before === null || before.size < 2) return;
  await life.hands.hold('others-kept', async () => {
    const now = await life.listOf(thing, sent);
    const last = now?.walked.pages.at(-1)?.exchange;
    if (!now || last === undefined) return null;
    for (const [key, row] of rowsIn(life, now)) {
      const [was, is] = [openedJson(before.get(key) ?? null), openedJson(row)];
      if (key === scalarText(thing.key) || !isObject(was) || !isObject(is)) continue;
      const name = changedMembers(life, was, is).find((each) => isSaying(is[each]) && is[each] === sent[each]);
      if (name === undefined) continue;
      return broken(last, {
        message: `What one thing was to be, another has become too: ${told(replacing, thing)}, and then ${nameOf(last)}: "${name}" of the key ${JSON.stringify(key)}`,
        expected: excerpt(was[name] ?? null),
        received: excerpt(is[name]),
        cause: 'another thing that was replaced',
      });
    }
    return now.walked.isWhole ? kept(last) : null;
  });
}

/** Nothing else has become what was sent. */
export async function checkNoSecond(
  life: Life,
  { thing }: Made,
  replacing: Exchange,
  sent: JsonObject,
  before: ReadonlyMap<string, Json> | null,
): Promise<void> {
  if (before === null) return;
  await life.hands.hold('key-stays', async () => {
    const now = await life.listOf(thing, sent);
    const last = now?.walked.pages.at(-1)?.exchange;
    if (!now || last === undefined) return null;
    const second = now.walked.pages
      .flatMap(({ rows }) => rows)
      .find((row) => {
        const key = keyOf(life.resource, row);
        const isOther = key !== undefined && key !== scalarText(thing.key) && !before.has(key);
        return isOther && isObject(row) && isOf(opened(row), sent);
      });
    if (second === undefined) return now.walked.isWhole ? kept(last) : null;
    return broken(last, {
      message: `To replace a thing has made a second one: ${told(replacing, thing)}, and then ${nameOf(last)}`,
      expected: `what was sent under the key ${JSON.stringify(thing.key)} alone`,
      received: `it is under the key ${JSON.stringify(keyOf(life.resource, second))} too`,
      cause: 'a second thing',
    });
  });
}

/** Whether a row shows what was sent, as far as it shows it, and something of that. */
function isOf(row: JsonObject, sent: JsonObject): boolean {
  const both = Object.keys(sent).filter((name) => Object.hasOwn(row, name));
  return (
    both.some((name) => isSaying(sent[name])) &&
    both.every((name) => likenessOf(sent[name] ?? null, row[name]) !== 'other')
  );
}
