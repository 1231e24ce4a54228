import { isSameName, type Role } from '../../resource/index.js';
import { defaultOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { displacedIn, rowIn } from './answers.js';
import { openedJson } from './attributes.js';
import { differencesOf, saidOf, withShownKeys } from './differences.js';
import type { Made, Outcome } from './hands.js';
import { broken, kept, type Life, type Listing, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isMarked, mayBe, shownBy, takenBy } from './members.js';
import { mayBeShown, showingsOf, unreadable } from './showable.js';

/** A create that says that it is not done yet promises nothing at once. */
export function isLater({ hands }: Life, { exchange }: Made): boolean {
  return exchange.received.status === 202 && !hands.isPatient;
}

/** What was sent is shown: in the answer, and where it is read. */
export async function checkValues(life: Life, made: Made): Promise<void> {
  const { create, read } = life.roles;
  const { sent, thing, exchange: created } = made;
  if (sent === null) return;
  // What makes several at once shows them elsewhere.
  const own = create !== undefined && created.operation.id === create.entry.id ? rowIn(created, create) : null;
  if (create !== undefined && own !== null)
    await life.hands.hold('values-kept', async () => compared(life, made, own, create, created));
  if (isLater(life, made)) return own === null ? undefined : checkAccepted(life, made, own);
  await life.hands.hold('values-kept', async () => {
    const reading = await life.read(thing, 'read the values that were created');
    return read === undefined || !reading?.row ? null : compared(life, made, reading.row, read, reading.exchange);
  });
  await checkBodyDefaults(life, made);
  await checkQueried(life, made);
}

/** How far a thing has come goes on by itself. */
const progress = /(?:^|_|[a-z])(?:stat(?:e|us)|phase|stage|step|progress|result)$/i;

/**
 * A create that is not done yet need show nothing of what was sent; where its own answer shows it, reading does not show something
 * else.
 */
async function checkAccepted(life: Life, made: Made, own: JsonObject): Promise<void> {
  const { read } = life.roles;
  const shown = Object.entries(made.sent ?? {}).filter(
    ([name, value]) => isScalar(value) && likenessOf(value, own[name]) !== 'other' && !progress.test(name),
  );
  if (read === undefined || shown.length === 0) return;
  await life.hands.hold('values-kept', async () => {
    const reading = await life.read(made.thing, 'read the values that were accepted');
    if (!reading?.row) return null;
    const { row, exchange } = reading;
    const sent = Object.fromEntries(shown.filter(([name]) => isScalar(row[name])));
    return compared(life, { ...made, sent }, row, read, exchange);
  });
}

const isScalar = (value: Json | undefined): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' || typeof value === 'boolean';

/** What the query named a thing for, the thing names, and no other that is there. */
async function checkQueried(life: Life, { thing }: Made): Promise<void> {
  const { create, read } = life.roles;
  for (const { parameter, resource } of create ? life.hands.queried(create) : []) {
    const said = thing.under[parameter];
    if (said === undefined || read === undefined) continue;
    await life.hands.hold('values-kept', async () => {
      const reading = await life.read(thing, 'read what it was made for');
      const { row, exchange } = reading ?? {};
      const name = Object.keys(row ?? {}).find((each) => isSameName(each, parameter));
      const value = name === undefined ? undefined : row?.[name];
      if (!exchange || value === undefined || value === null || typeof value === 'object') return null;
      const isOther = scalarText(value) !== scalarText(said) && life.hands.isKnown(resource, value);
      if (!isOther) return kept(exchange);
      return broken(exchange, {
        message: `A thing names another one than its query did: ${told(exchange)}: "${name}"`,
        expected: `${excerpt(said)}, as the query that made it`,
        received: excerpt(value),
        cause: `another ${parameter} than in the query`,
      });
    });
  }
}

/** The same of what nothing shows but a list. */
export async function checkListedValues(life: Life, made: Made, known: Listing | null): Promise<void> {
  const { list } = life.roles;
  const { sent, thing } = made;
  if (list === undefined || sent === null || known === null) return;
  let next: Listing | null = known;
  await life.hands.hold('values-kept', async () => {
    const found = (next ?? (await life.listOf(thing, sent)))?.found ?? null;
    next = null;
    if (found === null) return null;
    const row = openedJson(found.row);
    return isObject(row) ? compared(life, made, row, list, found.exchange) : null;
  });
}

/** What was sent, and what an operation shows of it. */
function compared(
  life: Life,
  { sent, thing, exchange: created }: Made,
  row: JsonObject,
  by: Role,
  shown: Exchange,
): Outcome {
  const { create } = life.roles;
  if (sent === null) return kept(shown);
  // What is made with others alone has no create of its own, and is held to what reading it shows.
  const operation = life.operation(create ?? by);
  const left = new Set([
    ...(life.resource.key?.member.slice(0, 1) ?? []),
    ...life.contradicted(thing, sent),
    ...displacedIn(shown, by, sent),
    ...unreadable(life, sent, row),
  ]);
  const declared = shownBy(life.operation(by), by);
  const taken = create === undefined ? declared : takenBy(operation, create);
  const said = saidOf(
    differencesOf(withShownKeys(life.resource, sent, row), row, taken, declared, left, operation.schemas, thing.key),
    shown === created ? told(created, thing) : `${told(created, thing)}, and ${told(shown)}`,
  );
  return said ? broken(shown, said) : kept(shown);
}

/** Members that were left out of a create, where the document says what they are then. */
async function checkBodyDefaults(life: Life, { sent, thing, exchange: created }: Made): Promise<void> {
  const { create } = life.roles;
  if (create === undefined || sent === null) return;
  const operation = life.operation(create);
  const shown = showingsOf(life, ['create']);
  const [key] = life.resource.key?.member ?? [];
  const omitted = takenBy(operation, create).flatMap((member) => {
    const { name, parts } = member;
    // Things that all had the key of one default would be one thing.
    if (name === key) return [];
    const value = defaultOf(parts);
    // What may not be said of it is no default: `"1"` of a number, `""` of an address.
    const isSaid = value !== undefined && mayBe(operation, member, value) && mayBeShown(shown(name), value);
    return Object.hasOwn(sent, name) || !isSaid || isMarked(parts, 'writeOnly') ? [] : [{ name, value }];
  });
  if (omitted.length === 0) return;
  await life.hands.hold('default-applied', async () => {
    const reading = await life.read(thing, 'read what was left out of a create');
    if (!reading?.row) return null;
    const { row, exchange } = reading;
    // An object that is shown where the default is a number is what that number names, and its own members are not said.
    const seen = omitted.filter(
      ({ name, value }) => Object.hasOwn(row, name) && isObject(value) === isObject(row[name]),
    );
    if (seen.length === 0) return null;
    const other = seen.find(({ name, value }) => likenessOf(value, row[name]) === 'other');
    if (other === undefined) return kept(exchange);
    return broken(exchange, {
      message: `A member that was left out does not have its documented default: ${told(created, thing)} without "${other.name}", and ${told(exchange)}`,
      expected: `"${other.name}": ${excerpt(other.value)}`,
      received: excerpt(row[other.name]),
      cause: `default of "${other.name}"`,
    });
  });
}
