import { keyOf, type ListRole, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json, JsonObject } from '../../text/value.js';
import { contentType } from '../checks/received.js';
import { textOf } from '../things/taken.js';
import type { Exchange } from '../types.js';
import { aboveOf } from './above.js';
import { isSuccess, jsonOf, nameOf, totalIn } from './answers.js';
import type { Made, Outcome } from './hands.js';
import { broken, kept, Life, type Listing, told } from './life.js';

/** A number that says how many things there are where one was made. */
interface Count {
  /** `"total"`, the member that says it; empty where it is the whole answer. */
  readonly name: string;
  readonly value: number;
  readonly exchange: Exchange;
  /** The key of what says it; absent where there is only one. */
  readonly of?: Json;
  /** Whether it is one of the numbers of all (`/stats`), which many a server works out now and then. */
  readonly isOfAll?: true;
}

/**
 * How bad it is that a number of all has stayed: whether it is remembered for a while nobody knows, unless it has gone on at once
 * before, or another number of the same answer has.
 */
function severityOf({ counted }: Pick<Life, 'counted'>, before: Count, now: Count): 'violation' | 'warning' {
  const [was, is] = [before, now].map(({ exchange }) => textOf(exchange.received.body));
  return now.isOfAll && was === is && !counted.has(now.name) ? 'warning' : 'violation';
}

/** How many there are of what a thing is one of: by the list, by what only counts them, by what they stand under. */
export async function countsFor(life: Life, made: Made, listing: Listing | null): Promise<readonly Count[]> {
  if (!life.hands.isWanted('total-right')) return [];
  return [...totalOf(listing), ...(await countsBeside(life, made))];
}

/** The same but for the list, which has its items to be held against. */
export async function countsBeside(life: Life, made: Made): Promise<readonly Count[]> {
  if (!life.hands.isWanted('total-right')) return [];
  return [
    ...(await countedApart(life, made)),
    ...(await countedAbove(life, made)),
    ...(await countedByName(life, made)),
    ...(await countedInAll(life, made)),
  ];
}

/** Of a list that does not show the thing nobody knows whether it counts it. */
function totalOf(listing: Listing | null): Count[] {
  const exchange = listing?.walked.pages[0]?.exchange;
  const total = listing && exchange ? totalIn(exchange, listing.role) : null;
  return exchange && total && listing?.found ? [{ ...total, exchange }] : [];
}

/** `GET /things/count` */
async function countedApart({ hands, resource }: Life, { thing }: Made): Promise<Count[]> {
  const counts: Count[] = [];
  for (const { as, role } of hands.beside(resource)) {
    if (as !== 'count' || isAskedOf(hands.operation(role.entry))) continue;
    const path = hands.pathTo(role, thing);
    const exchange = await hands.send({ entry: role.entry, path, title: 'how many there are' });
    const value = exchange && isSuccess(exchange) ? numberIn(exchange, role) : null;
    if (exchange && value !== null) counts.push({ name: role.answer?.path.join('.') ?? '', value, exchange });
  }
  return counts;
}

/** Whether it counts what is asked for alone. */
function isAskedOf({ parameters }: ReturnType<Life['operation']>): boolean {
  return parameters.some(({ in: place, required }) => place === 'query' && required);
}

function numberIn({ received }: Exchange, { answer }: ListRole): number | null {
  // `GET /Products/$count` says it in plain text.
  const text = answer?.path.length === 0 && /^text\/plain\b/i.test(contentType(received) ?? '');
  if (text) return /^\d{1,15}$/.test(textOf(received.body).trim()) ? Number(textOf(received.body)) : null;
  const value = answer && readAt(jsonOf(received), answer.path);
  return typeof value === 'number' ? value : null;
}

/** `comments_count` of a post */
async function countedAbove(life: Life, made: Made): Promise<Count[]> {
  const { resource } = life;
  const counted = resource.scope
    .at(-1)
    ?.resource?.counts.filter((each) => each.resource === resource && !each.only && !each.through);
  const above = counted?.length ? await aboveOf(life, made) : null;
  return above === null ? [] : (counted ?? []).flatMap(({ member }) => countIn(above.row, member, above.reading));
}

/** `tasks_count` of the project that a task names, which stands elsewhere. */
async function countedByName(life: Life, { thing, sent }: Made): Promise<Count[]> {
  const counts: Count[] = [];
  for (const { member, resource: named, isList } of life.resource.references) {
    const counted = named.counts.filter(
      ({ resource, by, only, through }) =>
        resource === life.resource && !only && !through && by?.join('.') === member.join('.'),
    );
    const key = readAt(sent ?? {}, member);
    const isKey = typeof key === 'string' || typeof key === 'number';
    if (isList || counted.length === 0 || !isKey || named.scope.length > 0 || named === life.resource) continue;
    const above = { ...thing, resource: named, scope: {}, under: {}, key, row: null };
    const reading = await new Life(life.hands, named).read(above, 'read what it names');
    // What is found by another name than it shows may be any.
    if (!reading?.row || keyOf(named, reading.row) !== scalarText(key)) continue;
    const { row, exchange } = reading;
    counts.push(...counted.flatMap((each) => countIn(row, each.member, exchange).map((one) => ({ ...one, of: key }))));
  }
  return counts;
}

/** `orders` of `GET /stats` */
async function countedInAll({ hands, resource }: Life, { thing }: Made): Promise<Count[]> {
  const counts: Count[] = [];
  for (const one of hands.singletons) {
    const counted = one.counts.filter((each) => each.resource === resource && !each.only);
    if (counted.length === 0) continue;
    const all = { ...thing, resource: one, scope: {}, under: {}, key: null, row: null };
    const reading = await new Life(hands, one).read(all, 'read how many there are');
    const row = reading?.row;
    if (reading && row) {
      const all = counted.flatMap(({ member }) => countIn(row, member, reading.exchange));
      counts.push(...all.map((each) => ({ ...each, isOfAll: true as const })));
    }
  }
  return counts;
}

function countIn(row: JsonObject, member: readonly string[], exchange: Exchange): Count[] {
  const value = readAt(row, member);
  return typeof value === 'number' ? [{ name: member.join('.'), value, exchange }] : [];
}

/** A create raises what says how many there are. Others may add and remove meanwhile: that it has risen at all is enough. */
export function countsRisen(
  life: Pick<Life, 'counted'>,
  before: readonly Count[],
  { exchange: making, thing }: Made,
  after: readonly Count[],
): Outcome | null {
  let seen: Exchange | null = null;
  for (const count of before) {
    const { name, value } = count;
    const now = after.find((each) => isSame(each, count));
    // Who counts a great many counts up to some number alone.
    if (now === undefined || (now.value === value && value > 0 && value % 1_000 === 0)) continue;
    seen = now.exchange;
    if (now.value > value) life.counted.add(name);
    if (now.value > value) continue;
    return broken(now.exchange, {
      severity: severityOf(life, count, now),
      message: `A create has not raised what says how many there are: ${told(making, thing)}, and then ${nameOf(now.exchange)}${name === '' ? '' : `: "${name}"`}`,
      expected: `${value + 1}, one more than before`,
      received: scalarText(now.value),
      cause: `a count that does not rise: ${name}`,
    });
  }
  return seen && kept(seen);
}

/** What says how many there are does not say none where one is, whichever way it was made to be there. */
export async function checkCounted(life: Life, made: Made): Promise<readonly Count[]> {
  let counts: readonly Count[] = [];
  await life.hands.hold('total-right', async () => {
    counts = await countsBeside(life, made);
    const none = counts.find(({ value }) => value === 0);
    const [count = none] = counts;
    if (count === undefined) return null;
    if (none === undefined) return kept(count.exchange);
    const name = none.name === '' ? '' : `: "${none.name}"`;
    return broken(none.exchange, {
      severity: severityOf(life, none, none),
      message: `What says how many there are says that there is none, and there is one: ${nameOf(none.exchange)}${name}`,
      expected: `1 or more, for the key ${JSON.stringify(made.thing.key)}`,
      received: '0',
      cause: `a count that does not rise: ${none.name}`,
    });
  });
  return counts;
}

/** Names of what may count all that there ever were. */
const ofEver = /total|ever|creat|issued|lifetime/i;

/** A delete lowers what says how many there are, where nothing has come meanwhile. */
export function countsFallen(
  life: Pick<Life, 'counted'>,
  before: readonly Count[],
  deleting: Exchange,
  after: readonly Count[],
): Outcome | null {
  let seen: Exchange | null = null;
  for (const count of before) {
    const { name, value } = count;
    const now = after.find((each) => isSame(each, count));
    if (now === undefined || value === 0 || ofEver.test(name) || value % 1_000 === 0) continue;
    seen = now.exchange;
    if (now.value < value) continue;
    return broken(now.exchange, {
      severity: severityOf(life, count, now),
      message: `A delete has not lowered what says how many there are: ${told(deleting)}, and then ${nameOf(now.exchange)}${name === '' ? '' : `: "${name}"`}`,
      expected: `${value - 1}, one less than before`,
      received: scalarText(now.value),
      cause: `a count that does not fall: ${name}`,
    });
  }
  return seen && kept(seen);
}

function isSame(one: Count, other: Count): boolean {
  return one.name === other.name && one.of === other.of && one.exchange.operation.id === other.exchange.operation.id;
}
