import { mix, Random } from '../fake/index.js';
import { keyInName, keyOf, memberPointers, nameOfKey, type Resource, readAt } from '../resource/index.js';
import { fits, type Schema } from '../schema/index.js';
import { typeMetaOf } from '../schema/kubernetes.js';
import { type View, viewOf } from '../schema/view.js';
import { doubleOf, scalarText } from '../text/integers.js';
import { Memo } from '../text/memo.js';
import type { Json, JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { Ground } from './ground.js';
import { keysShown, numbered, parameterSchemas, referred } from './key-schemas.js';

/** `book-1` of `{book}`, and of `{bookId}`. */
const labelled = (parameter: string | null, index: number): string =>
  `${phraseOf(parameter ?? '')
    .replace(/(?<=.) id$/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')}-${index + 1}`;

/** What keys of a resource may be: as a member of a row, and as a parameter of a path. */
export interface KeyMaker {
  /** Whether a row may have this key, and a path may name it. */
  accepts(key: Json): boolean;
  /** Keys for the row at an index, best first; not all of them need be free. */
  candidates(index: number, seed: number, salt: string): Generator<Json>;
  /** What a path says, as the member of a row: a number where rows have numbers. */
  read(text: string): Json;
}

const makers = new WeakMap<Resource, KeyMaker>();

export function keyMakerOf(resource: Resource, ground: Ground): KeyMaker {
  const maker = makers.get(resource) ?? createKeyMaker(resource, ground);
  makers.set(resource, maker);
  return maker;
}

/** A key that stands in a path as it is. */
const isPlain = (key: Json): boolean => /^(?!\.{1,2}$)[A-Za-z0-9._~@:+-]{1,64}$/.test(scalarText(key));

/** How often a key is drawn anew that is taken, or does not fit. */
const maximumDraws = 6;

/** Keys of one resource of which it is known whether they fit, since few words are drawn again and again; longer ones, in UTF-16 code units, are not. */
const rememberedKeys = 200;
const longestRemembered = 100;

function createKeyMaker(resource: Resource, { operations, resources, faker }: Ground): KeyMaker {
  const { key, schema, scope, roles } = resource;
  const { schemas } = operations;
  const name = key?.member.at(-1) ?? 'id';
  const ofMember = key === null ? [] : memberPointers(operations, schema, key.member);
  const ofPath = parameterSchemas(resource, operations);
  const ofEach = distinct(ofPath);
  const fitsPath = (value: Json): boolean => ofEach.every((one) => isNamedBy(one, value));
  const own = schemas.inline({ allOf: ofMember.map(referred) }, schema, 'response');
  // What it stands behind in a resource name may be anything.
  const under = scope.map(() => 'any');
  const asNamed = (value: Json): Json => nameOfKey(resource, under, value);
  const looked = new Memo<boolean>(rememberedKeys);
  const accepts = (value: Json): boolean => {
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return false;
    const name = JSON.stringify(value);
    const isFit = looked.get(name) ?? (fits(own, asNamed(value)) && fitsPath(value));
    if (name.length <= longestRemembered) looked.set(name, isFit);
    return isFit;
  };
  // What other answers say of the same key besides: an id that is a text is a UUID in a list.
  const ofOthers = keysShown(resource, operations).filter((pointer) => !ofMember.includes(pointer));
  const others = schemas.inline({ allOf: ofOthers.map(referred) }, schema, 'response');
  const acceptedByAll = (value: Json): boolean => accepts(value) && fits(others, asNamed(value));
  // A member of this name, so that it looks like one; first as path and row want it, then as the row alone does.
  const paths = ofPath.map(({ pointer }) => pointer);
  const everywhere = ofOthers.length > 0 ? [[...ofMember, ...paths, ...ofOthers]] : [];
  const drawn = [...everywhere, [...ofMember, ...paths], ofMember].map((pointers) => {
    const member: JsonObject = { allOf: pointers.map(referred) };
    return schemas.inline({ type: 'object', required: [name], properties: { [name]: member } }, schema, 'response');
  });
  const isNumber = key?.stem === undefined && [1, 1001, 1_000_001].some(accepts);
  // A list of rows under several things shows none twice.
  const isJoint = roles.some(({ kind, scope: said }) => kind === 'list' && said.length < scope.length);
  // What others name it by as a number is one, written as a text; so is what other answers show as a number.
  const isNumberIn = (shown: Schema): boolean => fits(shown, 1) && !fits(shown, '1');
  const isNumbered =
    accepts('1') &&
    (numbered(resources, operations).has(resource) ||
      ofOthers.some((pointer) => isNumberIn(schemas.at(pointer, 'response'))));
  const digits = isNumbered ? 1 : shownAsDigits(viewOf(operations.document), ofMember);
  const isLabel = saysLabel(viewOf(operations.document), schema, ofMember);
  const takesUuids = (takes: (key: Json) => boolean): boolean =>
    takes(uuidOf(new Random(1))) && !takes('item-1') && !takes('1');
  const isUuid = !isNumber && (takesUuids(accepts) || takesUuids(acceptedByAll));

  const isDrawn = isLabel || key?.stem === undefined;

  /** As the schemas would have them, those first that a path has as they are. */
  function* drawnKeys(index: number, seed: number, salt: string): Generator<Json> {
    const odd: Json[] = [];
    for (const one of drawn) {
      for (let draw = 0; draw < maximumDraws; draw++) {
        // What the author shows is one key, and not one of each collection.
        const row = isJoint ? index + 1 : index;
        const made = faker.generate(one, { seed, salt: `${salt} key ${index} ${draw}`, row, steps: 500 });
        if (!made.ok) break;
        const value = (made.value as JsonObject)[name] as Json;
        if (accepts(value) && isPlain(value)) yield value;
        else odd.push(value);
      }
    }
    yield* odd;
  }

  function* allCandidates(index: number, seed: number, salt: string): Generator<Json> {
    if (key?.stem !== undefined) yield labelled(key.parameter, index);
    const apart = isJoint ? 100 * (mix(seed, salt) % 1000) : 0;
    if (isNumber && isJoint) yield 1001 + apart + index;
    if (isNumber) for (const start of [1, 101, 1001, 10_001, 1_000_001]) yield start + index;
    if (!isNumber && digits !== null) yield String(digits + apart + index);
    const uuid = uuidOf(new Random(mix(mix(seed, salt), `key ${index}`)));
    if (isUuid) yield uuid;
    const texts: string[] = [];
    for (const one of isDrawn ? drawnKeys(index, seed, salt) : []) {
      texts.push(scalarText(one));
      yield isLabel ? labelOf(one) : one;
    }
    yield* otherCandidates(index, uuid, texts);
  }

  /** @param texts that were drawn */
  function* otherCandidates(index: number, uuid: string, texts: readonly string[]): Generator<Json> {
    const words =
      resource.name
        .split('.')
        .at(-1)
        ?.replaceAll(/[^A-Za-z0-9]+/g, '-') ?? 'item';
    const hash = uuid.replaceAll('-', '');
    yield* [hash.slice(0, 24), hash.slice(0, 8), `${words.toLowerCase()}-${index + 1}`, `${index + 1}`, uuid];
    // Where one text alone is drawn, as of a pattern that says how they begin, or of what the author shows: others like it.
    for (const text of new Set(texts)) yield* [text.replace(uuidPattern, uuid), `${text}${hash.slice(0, 12)}`];
  }

  const fitsAll = ofOthers.length > 0 && [...allCandidates(0, 1, '')].some(acceptedByAll);

  return {
    accepts,
    *candidates(index, seed, salt) {
      const odd: Json[] = [];
      for (const key of allCandidates(index, seed, salt)) {
        if (!accepts(key)) continue;
        if (!fitsAll || acceptedByAll(key)) yield key;
        else odd.push(key);
      }
      yield* odd;
    },
    read(text) {
      const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? doubleOf(text) : Number.NaN;
      return scalarText(number) === text && fits(own, number) && !fits(own, text) ? number : text;
    },
  };
}

/**
 * Whether a key is said to be a DNS label (RFC 1123, 2.1), as those of Kubernetes' objects are that paths name: by its
 * description, or that of what refers to it.
 * @param keys where the key is described
 */
function saysLabel(view: View, row: string, keys: readonly string[]): boolean {
  const described = view.certain(...keys).map(({ schema }) => String(schema.description ?? ''));
  const isSaid = described.some((text) => /\bDNS[ _-]?(?:1123|1035|label|subdomain)|\bRFC[ -]?1123\b/i.test(text));
  const isName = keys.length > 0 && keys.every((pointer) => pointer.endsWith('/name'));
  return isSaid || (isName && view.certain(row).some(({ schema }) => typeMetaOf(schema) !== null));
}

/** The number that an example of a key writes as a text, as others do then; null where none does. */
function shownAsDigits(view: View, keys: readonly string[]): number | null {
  const shown = view.certain(...keys).flatMap(({ schema: { example, examples } }) => [example, examples].flat());
  const digits = shown.find((value): value is string => typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value));
  return digits === undefined ? null : Number(digits);
}

/** A text as a DNS label: small letters, digits, and `-` between them, 63 characters at most. */
function labelOf(key: Json): string {
  const words = scalarText(key)
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .slice(0, 63);
  return words.replaceAll(/^-|-$/g, '');
}

/** The keys of the rows of one collection, in their order. */
export interface Keys {
  readonly values: readonly Json[];
  /** The place of a key, as it stands in a path. */
  readonly indices: ReadonlyMap<string, number>;
  /** The rows that somebody has written, without those whose key another one has. */
  readonly rows: readonly Json[];
}

/**
 * A key for each of so many rows; fewer where there are not so many keys.
 * @param own rows that somebody has written, which come first
 * @param candidates keys for the row at an index, best first
 */
export function keysOf(
  resource: Resource,
  own: readonly Json[],
  count: number,
  candidates: (index: number) => Iterable<Json>,
): Keys {
  const values: Json[] = [];
  const indices = new Map<string, number>();
  const rows: Json[] = [];
  const add = (key: Json): boolean => {
    indices.set(scalarText(key), values.length);
    values.push(key);
    return true;
  };
  const addFree = (): boolean => {
    for (const key of candidates(values.length)) if (!indices.has(scalarText(key))) return add(key);
    return false;
  };
  // Of rows with the same key the first counts.
  for (const row of own) {
    const key = keyOf(resource, row);
    if (key !== undefined && indices.has(key)) continue;
    rows.push(row);
    const said = key === undefined ? undefined : readAt(row, resource.key?.member ?? []);
    const value = typeof said === 'string' ? keyInName(resource, said) : said;
    if (value === undefined) addFree();
    else add(value);
  }
  while (values.length < count) if (!addFree()) break;
  return { values, indices, rows };
}

/** One of those that say the same word for word, and lead nowhere: operations repeat what they say of a parameter. */
function distinct(schemas: readonly Schema[]): readonly Schema[] {
  const textOf = ({ value, pointer }: Schema): string => {
    const text = JSON.stringify(value);
    return text.includes('"$') ? pointer : text;
  };
  return [...new Map(schemas.map((one) => [textOf(one), one])).values()];
}

/** Whether a path may name a key: it is text there, and read as the type that is declared. */
function isNamedBy(schema: Schema, value: Json): boolean {
  if (fits(schema, value)) return true;
  if (typeof value === 'number') return fits(schema, scalarText(value));
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    scalarText(doubleOf(value)) === value &&
    fits(schema, doubleOf(value))
  );
}

const uuidPattern = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/** A random UUID (RFC 9562, 5.4). */
function uuidOf(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, index) =>
    index === 12 ? '4' : index === 16 ? '89ab'[random.integer(0, 3)] : random.integer(0, 15).toString(16),
  ).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
