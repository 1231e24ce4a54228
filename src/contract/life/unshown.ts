import { isSameName, keyOf, type Resource, readsOne } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { outcomeOf } from '../checks/outcome.js';
import { excerpt } from '../excerpt.js';
import type { Thing } from '../things/harvest.js';
import { isSuccess } from './answers.js';
import { openedJson, rowOf } from './attributes.js';
import { firstThen } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { mayBeShown, showingsOf } from './showable.js';

/**
 * Of a create that does not say what it has made nothing can be followed where its list does not show that either; then the list
 * has at least one thing more than before, and where it has just one, that shows what was sent.
 */
export async function checkUnshown(life: Life): Promise<void> {
  const { hands, resource } = life;
  const { create, list } = life.roles;
  if (create?.kind !== 'create' || list === undefined || resource.scope.length > 0 || readsOne(list.path)) return;
  const from = resource.name;
  const none: Thing = { resource, scope: {}, under: {}, key: null, row: null, origin: 'listed', from };
  const before = await life.listOf(none, {});
  const asked = before?.walked.pages.at(-1)?.exchange;
  // What is made under another thing is not in this list.
  const there: Thing = { ...none, under: asked ? hands.pathOf(asked) : {} };
  const path = hands.pathTo(create, there);
  const body = before?.walked.isWhole ? await hands.fresh(create, there) : null;
  const sent = body === null ? null : rowOf(create, body);
  if (!before || !sent) return;
  const old = new Set(rowsOf(before.walked.pages).map((row) => keyOf(resource, row)));
  // Who names what is there already may be understood to put that one in its place.
  if (keysSaid(resource, sent).some((key) => old.has(key))) return;
  const title = 'create one, to look for it in the list';
  const making = await hands.send({ entry: create.entry, path, body, title, mayBeRefused: true });
  // What is accepted alone may come later.
  if (making === null || !isSuccess(making) || outcomeOf(making) === 202) return;
  const look = async () => {
    const after = await life.listOf(there, sent);
    const last = after?.walked.pages.at(-1)?.exchange;
    if (!after?.walked.isWhole || last === undefined) return null;
    const all = after.walked.pages.flatMap(({ rows, exchange }) => rows.map((row) => ({ row, exchange })));
    return { last, all, fresh: all.filter(({ row }) => !old.has(keyOf(resource, row))) };
  };
  let seen: Awaited<ReturnType<typeof look>> = null;
  const isThere = await hands.hold('create-stored', async () => {
    seen = await look();
    if (seen === null) return null;
    const { last, all, fresh } = seen;
    if (fresh.length > 0) return kept(last);
    return broken(last, {
      message: `The list shows nothing new after a create: ${told(making)}, and then ${told(last)}`,
      expected: `${old.size + 1} items, among them what was created`,
      received: `${all.length} items, which were all there before`,
      cause: 'created and not there',
    });
  });
  if (isThere !== true) return;
  const shown = showingsOf(life, ['list']);
  const tellable = Object.fromEntries(Object.entries(sent).filter(([name, value]) => mayBeShown(shown(name), value)));
  await hands.hold(
    'values-kept',
    firstThen(seen, look, ({ last, fresh: [only, ...others] }) => {
      const row = openedJson(only?.row ?? null);
      const name = isObject(row) && others.length === 0 ? otherIn(row, tellable, resource.key?.member[0]) : undefined;
      // Others, and an earlier create that is seen late, make things too: then nobody knows which one is this one's.
      if (only === undefined || !isObject(row) || name === undefined) return kept(only?.exchange ?? last);
      return broken(only.exchange, {
        message: `What was created is shown otherwise than it was sent: ${told(making)}, and ${told(only.exchange)}: "${name}"`,
        expected: excerpt(sent[name]),
        received: excerpt(row[name]),
        cause: `"${name}" otherwise`,
      });
    }),
  );
}

function rowsOf(pages: readonly { readonly rows: readonly Json[] }[]): readonly Json[] {
  return pages.flatMap(({ rows }) => rows);
}

/** The keys that a body says, by the name that reading a thing has for them or by that of the parameter. */
function keysSaid({ key }: Resource, sent: JsonObject): string[] {
  const names = [key?.member.at(-1), key?.parameter].filter((name) => typeof name === 'string');
  return Object.entries(sent).flatMap(([name, value]) =>
    names.some((known) => isSameName(known, name)) ? [scalarText(value)] : [],
  );
}

/** A text that was sent and could be shown, and that a row says otherwise. */
function otherIn(row: JsonObject, sent: JsonObject, key: string | undefined): string | undefined {
  return Object.keys(sent).find(
    (name) =>
      name !== key &&
      typeof sent[name] === 'string' &&
      typeof row[name] === 'string' &&
      likenessOf(sent[name], row[name]) === 'other',
  );
}
