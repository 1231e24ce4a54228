import { equalityKey } from '../../schema/equality.js';
import { compilePattern } from '../../schema/pattern/pattern.js';
import type { Json } from '../../text/value.js';
import { draw, type Plan, settled } from '../draw.js';
import { Conflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import type { Needs } from '../needs/needs.js';
import { pointerTo } from '../needs/site.js';
import { fakerFor } from '../own-faker.js';
import type { Random } from '../random.js';
import { formats, formatsOfLength } from '../text/formats.js';
import { isModest, sampleOf } from '../text/pattern.js';
import { stringNamed } from '../text/realistic.js';
import type { Run, Spot } from './run.js';

/** More characters than this are not made. */
const longest = 10_000_000;
const attempts = 12;

/** A string, from the first source that gives one which is right in all that can be seen here. */
export function planString(run: Run, _needs: Needs, facts: Facts, spot: Spot): Plan | Conflict {
  const { length } = facts;
  if (length.minimum > longest) {
    return new Conflict(length.minimumAt, `minLength ${length.minimum} is more than is made up, ${longest}`);
  }
  for (const source of sourcesFor(facts, spot)) {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const text = source(spot.random.child(attempt));
      if (text === null) break;
      if (isAllowed(text, facts) && hasFormats(run, text, facts)) return settled(text);
    }
  }
  return new Conflict(...whyNot(facts));
}

/** null: it has none, whatever is drawn. */
type Source = (random: Random) => string | null;

/** Ways to make a string, the most telling first. */
function* sourcesFor(facts: Facts, spot: Spot): Generator<Source> {
  const { patterns, length } = facts;
  for (const name of facts.formats) {
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (format) yield (random) => format(fakerFor(random));
    const sized = Object.hasOwn(formatsOfLength, name) ? formatsOfLength[name] : undefined;
    if (sized) yield (random) => sized(random.integer(length.minimum, Math.min(length.maximum, length.minimum + 8)));
  }
  yield* contentOf(facts);
  const named = stringNamed(spot.name, spot.owner);
  if (named) yield (random) => named(fakerFor(random));
  for (const pattern of patterns) {
    if (isModest(pattern)) yield (random) => byJsonSchemaFaker({ pattern, ...lengthsOf(facts) }, random);
    yield (random) => sampleOf(pattern, random, length);
  }
  for (const name of facts.formats) {
    const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (format && patterns.length > 0) {
      yield (random) => blended(format(fakerFor(random)), random.pick(patterns), random);
    }
  }
  if (patterns.length > 1) yield (random) => joinedSample(patterns, random, facts);
  yield (random) => examplesOf(facts, random);
  yield (random) => prose(random, facts);
  yield (random) => letters(random, facts);
}

function byJsonSchemaFaker(schema: Plan, random: Random): string {
  return draw({ type: 'string', ...schema }, random) as string;
}

function lengthsOf({ length }: Facts): Plan {
  return {
    ...(length.minimum > 0 ? { minLength: length.minimum } : {}),
    ...(length.maximum < Number.POSITIVE_INFINITY ? { maxLength: length.maximum } : {}),
  };
}

/** A string of a format, changed where a pattern has its say: its letter case, its beginning or its end. */
function blended(text: string, pattern: string, random: Random): string {
  const expression = compilePattern(pattern);
  const sample = sampleOf(pattern, random, { minimum: 0, maximum: text.length }) ?? '';
  const candidates = [
    text.toUpperCase(),
    text.toLowerCase(),
    sample + text.slice(sample.length),
    text.slice(0, text.length - sample.length) + sample,
    sample + text,
    text + sample,
  ];
  return candidates.find((candidate) => expression?.test(candidate)) ?? text;
}

/** Patterns without anchors are all matched by their samples in a row. */
function joinedSample(patterns: readonly string[], random: Random, { length }: Facts): string | null {
  const first = patterns.filter((pattern) => pattern.startsWith('^'));
  const last = patterns.filter((pattern) => !pattern.startsWith('^') && pattern.endsWith('$'));
  const rest = patterns.filter((pattern) => !first.includes(pattern) && !last.includes(pattern));
  const samples = [...first, ...rest, ...last].map((pattern, index) =>
    sampleOf(pattern, random.child(index), { minimum: 0, maximum: length.maximum }),
  );
  return samples.includes(null) ? null : samples.join('');
}

/** What the document itself shows of such strings: the last resort for a pattern that is too clever. */
function examplesOf({ parts }: Facts, random: Random): string | null {
  const shown = parts
    .flatMap(({ schema }) => [
      schema.example,
      schema.default,
      ...(Array.isArray(schema.examples) ? schema.examples : []),
    ])
    .filter((value) => typeof value === 'string');
  return shown.length > 0 ? random.pick(shown) : null;
}

/** JSON in a string, and base64 of whatever the string holds (JSON Schema Validation, 8). */
function* contentOf({ parts }: Facts): Generator<Source> {
  const encoding = parts.find(({ schema }) => schema.contentEncoding !== undefined)?.schema.contentEncoding;
  const mediaType = parts.find(({ schema }) => schema.contentMediaType !== undefined)?.schema.contentMediaType;
  const isJson = typeof mediaType === 'string' && /[/+]json\b/.test(mediaType);
  if (encoding !== 'base64' && encoding !== 'base64url' && !isJson) return;
  yield (random) => {
    const words = fakerFor(random).lorem.words(2);
    const text = isJson ? JSON.stringify({ value: words }) : words;
    const encoded = typeof encoding === 'string' ? btoa(text) : text;
    return encoding === 'base64url' ? encoded.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_') : encoded;
  };
}

/** Words, cut or continued until the length is right. */
function prose(random: Random, { length }: Facts): string {
  const faker = fakerFor(random);
  const words = `${faker.word.adjective()} ${faker.word.noun()}`;
  if (length.minimum <= words.length && words.length <= length.maximum) return words;
  const most = Math.min(length.maximum, Math.max(length.minimum, words.length));
  const filled = `${words}, ${faker.lorem.words(20)} `.repeat(Math.ceil(most / 20)).slice(0, most);
  return filled.endsWith(' ') ? `${filled.slice(0, -1)}a` : filled;
}

function letters(random: Random, { length }: Facts): string {
  const count = Math.max(length.minimum, Math.min(length.maximum, random.integer(1, 8)));
  return count > 1000 ? 'a'.repeat(count) : byJsonSchemaFaker({ minLength: count, maxLength: count }, random);
}

function isAllowed(text: string, { length, patterns, negations, values }: Facts): boolean {
  const count = text.length > 1000 ? text.length : [...text].length;
  return (
    count >= length.minimum &&
    count <= length.maximum &&
    patterns.every((pattern) => compilePattern(pattern)?.test(text)) &&
    !negations.some((negation) => isRefuted(text, negation)) &&
    (!values || values.includes(text))
  );
}

function isRefuted(text: string, { pattern, const: constant, enum: values }: Record<string, Json>): boolean {
  if (typeof pattern === 'string') return compilePattern(pattern)?.test(text) ?? false;
  return (
    constant === text || (Array.isArray(values) && values.some((value) => equalityKey(value) === equalityKey(text)))
  );
}

/** Formats are Ajv's to judge. */
function hasFormats(run: Run, text: string, { formats: named, negations }: Facts): boolean {
  return (
    named.every((format) => run.hasFormat(format, text)) &&
    !negations.some(({ format }) => typeof format === 'string' && run.hasFormat(format, text))
  );
}

function whyNot(facts: Facts): [pointer: string, message: string] {
  const { length, patterns, formats: named, parts } = facts;
  const said = [
    ...named.map((format) => `format ${format}`),
    ...patterns.map((pattern) => `pattern ${pattern}`),
    ...(length.minimum > 0 ? [`minLength ${length.minimum}`] : []),
    ...(length.maximum < Number.POSITIVE_INFINITY ? [`maxLength ${length.maximum}`] : []),
  ];
  const keyword = patterns.length > 0 ? 'pattern' : named.length > 0 ? 'format' : 'not';
  const part = parts.find(({ schema }) => schema[keyword] !== undefined) ?? parts[0];
  return [
    part ? pointerTo(part.site, keyword) : '',
    `No string was found with ${said.join(' and ') || 'what is asked'}`,
  ];
}
