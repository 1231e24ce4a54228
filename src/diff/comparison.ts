import { excerpt } from '../contract/excerpt.js';
import { concreteMediaType, contentFor, type Operation, responseFor, type SecurityScheme } from '../operation/index.js';
import { equalityKey } from '../schema/equality.js';
import { isObject } from '../text/value.js';
import type { Spot } from './compare.js';
import type { Found, Pair } from './pairs.js';
import { serverChanges } from './servers.js';

/** What breaks clients, and no request or answer shows: it is read off both documents. */
export function* readOff(pair: Pair): Generator<Found> {
  yield* serverChanges(pair);
  yield* securityRaised(pair);
  yield* bodyRemoved(pair);
  yield* answersRemoved(pair);
  yield* defaultsChanged(pair);
  yield* unplacedChanged(pair);
}

/** Each alternative that a client of the old document may use has to be enough for one of the new. */
function* securityRaised({ old, new: other }: Pair): Generator<Found> {
  const olds = old.security.length > 0 ? old.security : [[]];
  const news = other.security.length > 0 ? other.security : [[]];
  const needed = someOf(news.map(namesOf), ' or ');
  const places = { old: olds[0]?.[0]?.pointer ?? old.pointer, new: news[0]?.[0]?.pointer ?? other.pointer };
  const isEnough = sufficiency(news);
  const lost = olds.filter((own) => !isEnough(own));
  for (const alternative of lost) {
    const words = namesOf(alternative);
    yield {
      kind: 'security-raised',
      message: `${words} was enough, and ${needed} is needed`,
      cause: `security ${words} ${needed}`,
      ...places,
      old: alternative[0]?.pointer ?? old.pointer,
    };
  }
  if (lost.length > 0 || news.every(sufficiency(olds))) return;
  const message = `${someOf(olds.map(namesOf), ' or ')} was needed, and ${needed} is enough`;
  yield { kind: 'changed', message, cause: `security ${message}`, ...places };
}

type Alternative = readonly SecurityScheme[];

/** Tells whether who has all of an alternative has all of one of these. */
function sufficiency(alternatives: readonly Alternative[]): (own: Alternative) => boolean {
  // By what each begins with: none need be looked at by who has not that.
  const byFirst = new Map<string | undefined, (readonly Need[])[]>();
  for (const needs of alternatives.map((schemes) => schemes.map(needOf))) {
    const same = byFirst.get(needs[0]?.kind);
    if (same === undefined) byFirst.set(needs[0]?.kind, [needs]);
    else same.push(needs);
  }
  return (own) => {
    if (byFirst.has(undefined)) return true;
    const given = new Map<string, ReadonlySet<string>[]>();
    for (const { kind, scopes } of own.map(needOf)) given.set(kind, [...(given.get(kind) ?? []), new Set(scopes)]);
    const isGiven = ({ kind, scopes }: Need) =>
      given.get(kind)?.some((known) => scopes.every((scope) => known.has(scope)));
    return [...given.keys()].some((kind) => byFirst.get(kind)?.some((needs) => needs.every(isGiven)));
  };
}

interface Need {
  readonly kind: string;
  readonly scopes: readonly string[];
}

/** What a credential is, whatever a document calls it. */
function needOf({ type, in: place, parameterName, httpScheme, scopes }: SecurityScheme): Need {
  return { kind: JSON.stringify([type, place, parameterName, httpScheme]), scopes };
}

/** Of more than these nobody reads the names. */
const mostNamed = 10;

function someOf(names: readonly string[], between: string): string {
  const rest = names.length - mostNamed;
  if (rest <= 0) return names.join(between);
  return `${names.slice(0, mostNamed).join(between)}${between}${rest.toLocaleString('en')} more`;
}

function namesOf(alternative: Alternative): string {
  if (alternative.length === 0) return 'no credential';
  const names = alternative.map(({ name, scopes }) => (scopes.length > 0 ? `${name} (${someOf(scopes, ', ')})` : name));
  return someOf(names, ' and ');
}

function* bodyRemoved({ old, new: other }: Pair): Generator<Found> {
  if (old.requestBody === null || other.requestBody !== null) return;
  const message = 'the request has no body any more';
  yield {
    kind: 'request-body-removed',
    message,
    cause: `body ${old.requestBody.pointer}`,
    old: old.requestBody.pointer,
    new: other.pointer,
  };
}

function* answersRemoved({ old, new: other }: Pair): Generator<Found> {
  for (const response of old.responses) {
    const twin = other.responses.find(({ key }) => key === response.key) ?? fallback(other, response.key);
    if (twin === undefined) {
      if (!/^2/.test(response.key)) continue;
      const message = `the answer ${response.key} is no more`;
      yield {
        kind: 'success-removed',
        message,
        cause: `success ${response.pointer}`,
        old: response.pointer,
        new: other.pointer,
      };
      continue;
    }
    for (const { mediaType, pointer } of twin.content.length > 0 ? response.content : []) {
      if (contentFor(twin.content, concreteMediaType(mediaType)) !== undefined) continue;
      const message = `the answer ${response.key} is never ${mediaType} any more`;
      yield { kind: 'answer-type-removed', message, cause: `type ${pointer}`, old: pointer, new: twin.pointer };
    }
  }
}

function fallback(other: Operation, key: string) {
  return /^\d{3}$/.test(key) ? responseFor(other, Number(key)) : undefined;
}

/** Of what requests may leave out; what answers leave out nobody has to fill in. */
function* defaultsChanged({ old, new: other }: Pair): Generator<Found> {
  for (const parameter of old.parameters) {
    const twin = other.parameters.find(({ name, in: place }) => name === parameter.name && place === parameter.in);
    if (twin === undefined || parameter.required) continue;
    const [before, after] = [parameter, twin].map(({ schema }) => defaultOf(schema));
    if (before === undefined || equalityKey(before) === equalityKey(after)) continue;
    const now = after === undefined ? 'nothing that is said' : excerpt(after, 60);
    yield {
      kind: 'default-changed',
      message: `${parameter.in} /${parameter.name}: where it is left out, it means ${now} instead of ${excerpt(before, 60)}`,
      cause: `default ${parameter.pointer}`,
      old: parameter.pointer,
      new: twin.pointer,
    };
  }
}

function defaultOf({ value }: Operation['parameters'][number]['schema']) {
  return isObject(value) ? value.default : undefined;
}

/** Path parameters for which the path has no place are sent by nobody: what they mean to the server, no request shows. */
function* unplacedChanged({ old, new: other, comparison }: Pair): Generator<Found> {
  const news = unplacedIn(other);
  for (const [name, spot] of unplacedIn(old)) {
    const twin = news.get(name);
    if (twin === undefined || comparison.isSame(spot, twin)) continue;
    const message = `path /${name}: it is said otherwise, and the path has no {${name}}, so that no request shows whether it matters`;
    yield { kind: 'undecided', message, cause: `unplaced ${spot.pointer}`, old: spot.pointer, new: twin.pointer };
  }
}

function unplacedIn({ document, pointer, parameters }: Operation): Map<string, Spot> {
  const unplaced = new Map<string, Spot>();
  for (const holder of [pointer.slice(0, pointer.lastIndexOf('/')), pointer]) {
    const list = document.at(`${holder}/parameters`);
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      const spot = document.resolve(item, `${holder}/parameters/${index}`);
      const { name, in: place } = isObject(spot.value) ? spot.value : {};
      if (place !== 'path' || typeof name !== 'string') continue;
      if (!parameters.some((one) => one.pointer === spot.pointer)) unplaced.set(name, spot);
    }
  }
  return unplaced;
}
