import type { Document } from '../../../document/index.js';
import { equalityKey } from '../../../schema/equality.js';
import { greatest } from '../../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import { accepted, type Family, type Proposal, rejected } from './proposal.js';

/** More of one list tell nothing that these do not. */
const mostValues = 1000;

/** Every value, then near misses of one of them: servers are lenient there (JSON Schema 2020-12 validation, 6.1.2). */
export const enumValues: Family = function* (view, { bench, place }) {
  const values = view.schema.enum;
  if (!Array.isArray(values)) return;
  if (values.length > mostValues)
    bench.cut(
      `${mostValues.toLocaleString('en')} of ${values.length.toLocaleString('en')} values at ${view.pointer}/enum`,
    );
  const beside = new Set(place.beside?.().map(equalityKey));
  // What the list has already is sent with it, and few take it twice.
  const others = values.slice(0, mostValues).filter((value) => !beside.has(equalityKey(value)));
  for (const value of others) yield accepted(view, 'enum', value, 'enum value', 'enum value');
  const texts = values.filter((value): value is string => typeof value === 'string');
  const model = texts.find((text) => text === place.value) ?? texts.find((text) => /[a-z]/i.test(text));
  if (model !== undefined) {
    yield* nearMisses(view, 'enum', model, 'an enum value', texts);
    for (const text of texts.slice(0, mostModels)) {
      const other = otherCase(text);
      if (text !== model && !texts.includes(other))
        yield nearMiss(view, 'enum', other, 'other case than an enum value');
    }
  }
  const foreign = foreignValue(bench.operations.document, values);
  if (foreign !== undefined) yield nearMiss(view, 'enum', foreign, 'a value of another enum');
  yield nearMiss(view, 'enum', unknownLike(values), 'not an enum value');
};

/** One value: itself, and near misses of it. */
export const constant: Family = function* (view) {
  const value = view.schema.const;
  if (value === undefined) return;
  yield accepted(view, 'const', value, 'the only value', 'enum value');
  if (typeof value === 'string') yield* nearMisses(view, 'const', value, 'the constant', [value]);
  yield nearMiss(view, 'const', unknownLike([value]), 'not the constant');
};

const mostModels = 10;

type SchemaView = Parameters<Family>[0];

function nearMiss(view: SchemaView, keyword: string, value: Json, why: string): Proposal {
  return { ...rejected(view, keyword, value, why, 'near miss'), keyword: 'near-miss' };
}

/** @param listed what is no miss: of a list without duplicates it would be another fault */
function* nearMisses(
  view: SchemaView,
  keyword: string,
  model: string,
  what: string,
  listed: readonly string[],
): Iterable<Proposal> {
  const misses: [value: string, why: string][] = [
    [otherCase(model), `other case than ${what}`],
    [`${model} `, `trailing blank after ${what}`],
    [model.slice(0, -1), `a prefix of ${what}`],
    [`${model}x`, `${what} with more at its end`],
    [` ${model}`, `leading blank before ${what}`],
    [capitalized(model), `other case than ${what}`],
    [`${model}\n`, `line feed after ${what}`],
    [model.slice(1), `a suffix of ${what}`],
    [`x${model}`, `${what} with more at its beginning`],
    [`${model},${model}`, `${what} twice, with a comma`],
  ];
  for (const [value, why] of misses) {
    if (value !== '' && !listed.includes(value)) yield nearMiss(view, keyword, value, why);
  }
  yield { ...rejected(view, keyword, '', 'empty', 'near miss'), keyword: 'empty' };
}

function otherCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

function capitalized(text: string): string {
  const title = text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  return title === text ? text.charAt(0).toLowerCase() + text.slice(1) : title;
}

/** A value of the same kind that is not among them. */
function unknownLike(values: readonly Json[]): Json {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length > 0 && numbers.length === values.length)
    return Math.ceil(greatest(numbers, Number.NEGATIVE_INFINITY)) + 1;
  return 'counterproof-unknown';
}

const textEnums = new WeakMap<Document, readonly string[][]>();

/** A value of another enum of the document's components: a plausible one, as a client that mixes two up would send it. */
function foreignValue(document: Document, values: readonly Json[]): string | undefined {
  let lists = textEnums.get(document);
  if (!lists) {
    lists = collectTextEnums(document);
    textEnums.set(document, lists);
  }
  const own = new Set(values);
  for (const list of lists) {
    const foreign = list.some((value) => own.has(value)) ? undefined : list[0];
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

function collectTextEnums(document: Document): string[][] {
  const schemas = document.at('/components/schemas');
  return Object.values(isObject(schemas) ? schemas : {})
    .map((schema) => (isObject(schema) ? (schema as JsonObject).enum : undefined))
    .map((list) => (Array.isArray(list) ? list.filter((value): value is string => typeof value === 'string') : []))
    .filter((list) => list.length > 0);
}
