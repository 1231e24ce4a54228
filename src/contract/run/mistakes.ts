import type { Operation } from '../../operation/index.js';
import { isObject, type Json } from '../../text/value.js';
import { standInCredential } from '../credentials/credentials.js';
import { authFlags, needsCredential } from './judge.js';
import type { RunState } from './state.js';

/** What the answers to the valid requests say of the command line: mistakes of whoever runs this, each with what to do. */
export function mistakesOf(state: RunState): string[] {
  const { tallies, credentials, context, options } = state;
  const asked = tallies.flatMap((tally) => {
    const answer = context.bases.get(tally.entry.id);
    return answer && tally.operation ? [{ ...tally, operation: tally.operation, answer }] : [];
  });
  if (asked.length === 0) return [];
  const all = (is: (one: (typeof asked)[number]) => boolean) => asked.every(is);
  const secured = asked.filter(({ operation }) => needsCredential(operation));
  const [first] = secured;
  const isDenied = ({ answer }: (typeof asked)[number]) => answer.status === 401 || answer.status === 403;
  if (first !== undefined && secured.every(isDenied)) {
    const given = credentials.has(first.operation);
    const flags = [...new Set(secured.map(({ operation }) => authFlags(operation)))].slice(0, 5).join(', ');
    if (given)
      return [`The credential is refused: ${first.answer.status} to every valid request. Look at its value: ${flags}`];
    if (secured.some(({ standInRefused }) => standInRefused)) {
      return [`No credential was given, and the target refuses the one made up in its place: pass ${flags}`];
    }
  }
  if (first === undefined && all(isDenied)) {
    const [{ answer } = { answer: { status: 401 } }] = asked;
    return [
      `Every request got ${answer.status}, and the document tells of no credential: pass what the target asks for, such as --header 'Authorization: Bearer …'`,
    ];
  }
  const path = basePathOf(options.operations.document.root.servers);
  const hasNoIds = asked.some(({ base }) => base?.generatedPath === false);
  if (hasNoIds && all(({ answer }) => answer.status === 404)) {
    const isForgotten = path !== '' && !options.target.endsWith(path);
    return [
      isForgotten
        ? `Every request got 404, and the document's paths begin below ${path}: pass --target ${options.target}${path}`
        : `Every request got 404: is ${options.target} the server of this document, with the path below which its paths begin?`,
    ];
  }
  if (all(({ answer }) => answer.status >= 300 && answer.status < 400 && !answer.isAccepted)) {
    const flags = first === undefined ? '' : `, or pass ${authFlags(first.operation)} where that is a login`;
    return [
      `Every request is redirected, and redirections are not followed: pass --target with where they lead${flags}`,
    ];
  }
  if (all(({ answer }) => answer.isPage)) {
    return [
      `Every answer is an HTML page: is ${options.target} the server of this document, and not that of its web pages?`,
    ];
  }
  return [];
}

/** What else would be exercised, by what has to be given. */
export function raiseOf({ tallies, context, credentials, options }: RunState): string[] {
  const sets = new Map<string, number>();
  const found = foundBelow(tallies);
  let [refused, deletes] = [0, 0];
  for (const { entry, operation, base, isExercised, withheld } of tallies) {
    const answer = context.bases.get(entry.id);
    if (isExercised || operation === null) continue;
    if (answer === undefined && withheld === null) continue;
    if (withheld === 'of-others') deletes++;
    else if (withheld !== null || (base?.generatedPath && (answer?.status === 404 || answer?.status === 410))) {
      const flags = setsFor(entry.path, operation, found);
      sets.set(flags, (sets.get(flags) ?? 0) + 1);
    } else if (answer?.isHonestRefusal) refused++;
  }
  const of = (count: number) => `${count} more ${count === 1 ? 'operation' : 'operations'}`;
  const lines = [...sets]
    .sort(([, a], [, b]) => b - a)
    .map(([flags, count]) => `${flags}, with an id that exists: ${of(count)}`);
  if (deletes > 0) lines.push(`--allow-deletes: ${of(deletes)}`);
  if (refused > 0) lines.push(`values that the target takes, by --set or a fixture file: ${of(refused)}`);
  const unsent = tallies.filter(({ requests, operation }) => requests === 0 && operation !== null).length;
  if (unsent > 0 && !options.allowWrites) lines.push(`--allow-writes: ${of(unsent)}`);
  return [...lines, ...credentialOf({ tallies, credentials })];
}

/** The beginnings of paths, up to a parameter, of which an operation was answered with success about a thing that is there. */
function foundBelow(tallies: RunState['tallies']): ReadonlySet<string> {
  return new Set(
    tallies.flatMap(({ entry, isExercised, chosen }) =>
      isExercised ? Object.keys(chosen?.values ?? {}).map((name) => beginningOf(entry.path, name)) : [],
    ),
  );
}

function beginningOf(path: string, name: string): string {
  return path.slice(0, path.indexOf(`{${name}}`)) + name;
}

/** The flags for what nobody knows of a path. */
function setsFor(path: string, { parameters }: Operation, found: ReadonlySet<string>): string {
  const names = parameters.flatMap(({ in: place, name }) => (place === 'path' ? [name] : []));
  const unknown = names.filter((name) => !found.has(beginningOf(path, name)));
  return (unknown.length > 0 ? unknown : names).map((name) => `--set ${name}=…`).join(' ');
}

function credentialOf({ tallies, credentials }: Pick<RunState, 'tallies' | 'credentials'>): string[] {
  const demanding = tallies.flatMap(({ operation, requests }) =>
    operation && needsCredential(operation) ? [{ operation, requests }] : [],
  );
  const [one] = demanding;
  if (!one || !demanding.some(({ operation, requests }) => requests > 0 && !credentials.has(operation))) return [];
  const instead = credentials.standsIn ? `, in place of "${standInCredential}"` : '';
  return [`${authFlags(one.operation)}${instead}: cases with a wrong credential`];
}

/** The path of the first server's URL (OpenAPI 3.1, 4.8.5), without a slash at its end. */
function basePathOf(servers: Json | undefined): string {
  const first = Array.isArray(servers) ? servers[0] : undefined;
  const url = isObject(first) ? first.url : undefined;
  if (typeof url !== 'string' || !URL.canParse(url, 'http://localhost')) return '';
  return new URL(url, 'http://localhost').pathname.replace(/\/+$/, '');
}
