import { keyOf, type QueryRole, saysCaseless } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { nameOf, rowsIn } from './answers.js';
import { askable, withAsked } from './asking.js';
import { nonsense } from './filters.js';
import type { Hands } from './hands.js';
import { secret } from './members.js';
import { beginning, isNeverEmpty, type ListAt, type Page } from './walk.js';

/** A search for what nobody has does not find everything. */
export async function checkSearch(
  hands: Hands,
  { role, path }: ListAt,
  { exchange: first, rows: plain }: Page,
): Promise<void> {
  const operation = hands.operation(role.entry);
  const search = role.query.find((each) => each.role === 'search');
  const query = search && withAsked(operation, beginning(operation, role), search, nonsense);
  if (!search || !query || plain.length < 2 || isNeverEmpty(operation, role, first)) return;
  const identity = (rows: readonly Json[]) => JSON.stringify(rows.map((row) => keyOf(role.resource, row) ?? row));
  await hands.hold('filter-holds', async () => {
    const title = `the list searched for ${JSON.stringify(nonsense)}`;
    const exchange = await hands.send({ entry: role.entry, path, query, title, mayBeRefused: true });
    const rows = exchange && rowsIn(exchange, role);
    if (exchange === null || rows === null) return null;
    if (identity(rows) !== identity(plain)) return { exchange, said: null };
    const said = {
      message: `A search for what nobody has finds everything: ${nameOf(exchange)}`,
      expected: 'no item, or fewer',
      received: `the ${rows.length} items that are there without it`,
      cause: `search ${search.parameter}`,
    };
    return { exchange, said };
  });
}

/** So many words are tried until one finds several things. */
const mostWords = 6;

/**
 * A list that shows nothing but what is searched for, asked for a word that a known thing says of itself: for the first one that
 * finds several, or else that finds any. Another list stays as it is.
 * @param known things of any kind
 */
export async function searchedFor(hands: Hands, at: ListAt, known: readonly Json[]): Promise<ListAt> {
  const { role, path } = at;
  const search = role.query.find((each) => each.role === 'search');
  const declared = askable(hands.operation(role.entry), search?.parameter);
  if (search === undefined || !declared?.required || path[search.parameter] !== undefined) return at;
  const words = new Set(
    known.flatMap((row) => (isObject(row) ? termsIn(row).slice(0, 1) : [])).map(({ term }) => term),
  );
  let found = at;
  for (const term of [...words].filter((each) => declared.schema.accepts(each)).slice(0, mostWords)) {
    const asked = { ...at, path: { ...path, [search.parameter]: term } };
    const title = `the list searched for ${JSON.stringify(term)}`;
    const exchange = await hands.send({ entry: role.entry, path: asked.path, title });
    const count = exchange ? (rowsIn(exchange, role)?.length ?? 0) : 0;
    if (count > 1) return asked;
    if (count > 0 && found === at) found = asked;
  }
  return found;
}

/** So many things are searched for by what they say, where nothing says what is searched. */
const mostTerms = 4;

/** What is called by names that are looked for first. */
const ofName = /^(?:full_?|display_?)?(?:name|title|label|subject)$/i;

/** A search finds a thing by something that it says of itself: by what the parameter names, or else by its name or any other word of it. */
export async function checkFound(hands: Hands, { role, path }: ListAt, plain: readonly Json[]): Promise<void> {
  const search = role.query.find((each): each is QueryRole => each.role === 'search');
  const declared = askable(hands.operation(role.entry), search?.parameter);
  const row = plain.findLast((each) => isObject(each) && termsIn(each).length > 0);
  const key = row === undefined ? undefined : keyOf(role.resource, row);
  if (!search || !declared || !isObject(row) || key === undefined) return;
  const terms = termsIn(row);
  const said = `${declared.description.toLowerCase()} ${phraseOf(declared.description)}`;
  const isSaid = (name: string) =>
    [name.toLowerCase(), phraseOf(name)].some((word) =>
      new RegExp(`\\b${word.replace(/[^\w ]/g, '.')}s?\\b`).test(said),
    );
  // Each by a thing that says something there: not all of them do.
  const known = new Map(
    plain.flatMap((each) => (isObject(each) ? termsIn(each) : [])).map((term) => [term.name, term]),
  );
  const named = [...known.values()].filter(({ name }) => isSaid(name));
  // What nobody says is searched, and what has no name, may be found by something else.
  const usual = terms.some(({ name }) => ofName.test(name)) ? [terms.slice(0, mostTerms)] : [];
  for (const some of named.length > 0 ? named.map((term) => [term]) : usual) {
    await hands.hold('filter-holds', async () => {
      let last = null;
      for (const each of some) {
        const term = saysCaseless(declared.description) ? inOtherLetters(each.term) : each.term;
        const query = withAsked(
          hands.operation(role.entry),
          beginning(hands.operation(role.entry), role),
          search,
          term,
        );
        const title = `the list searched for ${JSON.stringify(term)}`;
        const exchange = query && (await hands.send({ entry: role.entry, path, query, title, mayBeRefused: true }));
        const rows = exchange && rowsIn(exchange, role);
        if (exchange === null || rows === null) return null;
        last = exchange;
        // What is found may be more than a page shows.
        if (rows.length > 0) return { exchange, said: null };
      }
      if (last === null) return null;
      const asked = some.map(({ name, term }) => `"${name}" (${JSON.stringify(term)})`).join(', ');
      const complaint = {
        message: `A search for what a thing says of itself finds nothing: ${nameOf(last)}`,
        expected: `a thing, by its ${asked}`,
        received: 'no item',
        cause: `search ${search.parameter} for what is there`,
      };
      return { exchange: last, said: complaint };
    });
  }
}

/** Plain words that a thing says of itself, its name first. */
export function termsIn(row: object): { readonly name: string; readonly term: string }[] {
  return Object.entries(row)
    .flatMap(([name, value]) => {
      const isPlain = typeof value === 'string' && !secret.test(name) && !/id$/i.test(name);
      const [term] = isPlain
        ? (/^(?:[\p{L}\p{N}]{3,20}(?=$| )|[\p{L}\p{N}][\p{L}\p{N}_-]{2,30}$)/u.exec(value) ?? [])
        : [];
      return term === undefined ? [] : [{ name, term }];
    })
    .sort((a, b) => Number(ofName.test(b.name)) - Number(ofName.test(a.name)));
}

/** What other letters are in another case depends on the language, but for these. */
function inOtherLetters(term: string): string {
  if (!/^[\x20-\x7e]*$/.test(term)) return term;
  return term === term.toUpperCase() ? term.toLowerCase() : term.toUpperCase();
}
