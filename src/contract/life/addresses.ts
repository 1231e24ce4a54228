import { readPathKey } from '../../operation/index.js';
import { keyOf, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { headerValues } from '../checks/received.js';
import { excerpt } from '../excerpt.js';
import { isItems, targetOf } from '../things/locate.js';
import type { Exchange } from '../types.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';

/** `Location` of a create (RFC 9110, 10.2.2) leads to what was created. */
export async function checkLocation(life: Life, made: Made): Promise<void> {
  const { thing, exchange: created } = made;
  const { read } = life.roles;
  const [location] = headerValues(created.received, 'location');
  // Of 202 it leads to where one can ask how it goes.
  if (location === undefined || read === undefined || created.received.status === 202) return;
  const leads = (exchange: Exchange, received: string) =>
    broken(exchange, {
      message: `Location does not lead to what was created: ${told(created, thing)}, with Location: ${excerpt(location, 80)}`,
      expected: 'the thing that was created',
      received,
      cause: 'Location leads elsewhere',
    });
  await life.hands.hold('location-leads', async () => {
    const target = targetOf(location, created.case.request.target, life.resource);
    if (target === null) return leads(created, 'no address');
    if (isOutside(location, life.hands))
      return leads(created, 'an address that is not below the base URL of the target');
    const reading = await life.read(thing, 'read what Location names', { target });
    if (reading === undefined) return null;
    const key = reading.row === null ? undefined : keyOf(life.resource, reading.row);
    if (isMissing(reading.status) === null) return null;
    if (isMissing(reading.status)) return leads(created, told(reading.exchange));
    return key === undefined || key === scalarText(thing.key)
      ? kept(reading.exchange)
      : leads(created, `the thing with the key ${JSON.stringify(key)}`);
  });
}

/** Whether a path from the root (RFC 3986, 4.2) leaves out the one that all operations stand below (OpenAPI 3.1, 4.8.5). */
function isOutside(location: string, { target }: Life['hands']): boolean {
  const base = new URL(target).pathname.replace(/\/+$/, '');
  return base !== '' && /^\/(?!\/)/.test(location) && !`${location}/`.startsWith(`${base}/`);
}

/** Where HAL (draft-kelly-json-hal, 5.1) and JSON:API (1.1, 7.2.3) say what the address of a thing itself is. */
const ownAddresses = ['_links', 'links'].flatMap((links) => [
  [links, 'self', 'href'],
  [links, 'self'],
]);

/** Members that say the same where no client has said it. */
const plainAddresses = ['url', 'href', 'self', '@id'];

/**
 * Whether an address on the target is that of an item but for one word: `/task/7` beside `/tasks/{id}`, and no page of a site that is
 * found elsewhere.
 */
function isLikeItem(address: string, { item }: Life['resource'], { target }: Life['hands'], key: Json): boolean {
  if (item === null || !URL.canParse(address) || new URL(address).host !== new URL(target).host) return false;
  const template = readPathKey(item).path.split('/').filter(Boolean);
  const segments = new URL(address).pathname.split('/').filter(Boolean).slice(-template.length);
  if (segments.at(-1) !== encodeURIComponent(scalarText(key)) || !template.at(-1)?.startsWith('{')) return false;
  const words = template.map((word, index) => (word.startsWith('{') || word === segments[index] ? 0 : 1));
  return template.length > 2 && words.reduce<number>((sum, one) => sum + one, 0) === 1;
}

/** What a thing says is its own address leads to no other thing, and not to nothing. */
export async function checkOwnAddress(life: Life, { thing, exchange: created, sent }: Made): Promise<void> {
  const { read } = life.roles;
  if (read === undefined) return;
  await life.hands.hold('location-leads', async () => {
    const reading = await life.read(thing, 'read what it says its address is');
    const taken = new Set(Object.keys(sent ?? {}));
    const address = [...ownAddresses, ...plainAddresses.filter((name) => !taken.has(name)).map((name) => [name])]
      .map((path) => readAt(reading?.row ?? undefined, path))
      .find((value): value is string => typeof value === 'string' && value.includes('/'));
    if (reading === undefined || address === undefined) return null;
    // What is no item's (the address of a picture, a page of another site) answers by other rules.
    const isFollowed = isItems(life.resource, address) || isLikeItem(address, life.resource, life.hands, thing.key);
    const target = isFollowed ? targetOf(address, created.case.request.target, life.resource) : null;
    if (target === null) return null;
    const there = await life.read(thing, 'read what it says is itself', { target });
    const key = there?.row ? keyOf(life.resource, there.row) : undefined;
    const isNothing = there !== undefined && isMissing(there.status) === true;
    if (isNothing && isLikeItem(address, life.resource, life.hands, thing.key)) {
      return broken(there.exchange, {
        message: `What a thing says is its own address leads to nothing: ${told(reading.exchange)}, with ${excerpt(address, 80)}`,
        expected: `the thing with the key ${JSON.stringify(thing.key)}`,
        received: told(there.exchange),
        cause: 'its own address leads to nothing',
      });
    }
    if (key === undefined) return null;
    if (key === scalarText(thing.key)) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `What a thing says is its own address leads to another one: ${told(reading.exchange)}, with ${excerpt(address, 80)}`,
      expected: `the key ${JSON.stringify(thing.key)}`,
      received: `the key ${JSON.stringify(key)}`,
      cause: 'its own address leads elsewhere',
    });
  });
}
