import type { Json } from '../document/index.js';
import { compilePattern } from '../operation/schema/keywords.js';
import { Conflict } from './conflict.js';
import { draw, type Plan } from './draw.js';
import type { Facts } from './facts.js';
import { formats, formatsOfLength } from './formats.js';
import { fakerFor } from './own-faker.js';
import { sampleOf } from './pattern.js';
import type { Random } from './random.js';
import { strings, wordsOf } from './realistic.js';
import type { Run, Spot } from './run.js';
import { sameJson } from './same-json.js';
import { pointerTo } from './site.js';

/** More characters than this are not made. */
const longest = 10_000_000;
const attempts = 12;

/** A string, from the first source that gives one which is right in all that can be seen here. */
export function planString(run: Run, facts: Facts, spot: Spot): Plan | Conflict {
  const { length } = facts;
  if (length.minimum > longest) {
    return new Conflict(length.minimumAt, `minLength ${length.minimum} is more than is made up, ${longest}`);
  }
  for (const source of sourcesFor(facts, spot)) {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const text = source(spot.random.child(attempt));
      if (text !== null && isAllowed(text, facts) && hasFormats(run, text, facts)) {
        return { const: text };
      }
    }
  }
  return new Conflict(...whyNot(facts));
}

type Source = (random: Random) => string | null;

function sourcesFor(facts: Facts, spot: Spot): Source[] {
  const { patterns, length } = facts;
  const drawn = facts.formats.flatMap((name) => (Object.hasOwn(formats, name) ? [formats[name]] : []));
  const named = strings.find(({ name }) => name.test(wordsOf(spot.name)))?.draw;
  const formatted: Source[] = drawn.map((format) => (random) => format?.(fakerFor(random)) ?? null);
  const sized = facts.formats.flatMap((name) => (Object.hasOwn(formatsOfLength, name) ? [formatsOfLength[name]] : []));
  const fitted: Source[] = sized.map(
    (format) => (random) =>
      format?.(random.integer(length.minimum, Math.min(length.maximum, length.minimum + 8))) ?? null,
  );
  const matching: Source[] = patterns.flatMap((pattern): Source[] => [
    (random) => byJsonSchemaFaker({ pattern, ...lengthsOf(facts) }, random),
    (random) => sampleOf(pattern, random, length),
  ]);
  const joined: Source[] = patterns.length > 1 ? [(random) => joinedSample(patterns, random, facts)] : [];
  const content = contentOf(facts);
  return [
    ...formatted,
    ...fitted,
    ...(content ? [content] : []),
    ...(named ? [(random: Random) => named(fakerFor(random))] : []),
    ...matching,
    ...joined,
    (random) => examplesOf(facts, random),
    (random) => prose(random, facts),
    (random) => letters(random, facts),
  ];
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
function contentOf({ parts }: Facts): Source | null {
  const encoding = parts.find(({ schema }) => schema.contentEncoding !== undefined)?.schema.contentEncoding;
  const mediaType = parts.find(({ schema }) => schema.contentMediaType !== undefined)?.schema.contentMediaType;
  const isJson = typeof mediaType === 'string' && /[/+]json\b/.test(mediaType);
  if (encoding !== 'base64' && encoding !== 'base64url' && !isJson) {
    return null;
  }
  return (random) => {
    const words = fakerFor(random).lorem.words(2);
    const text = isJson ? JSON.stringify({ value: words }) : words;
    const encoded = typeof encoding === 'string' ? btoa(text) : text;
    return encoding === 'base64url' ? encoded.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_') : encoded;
  };
}

/** Words, cut or repeated until the length is right. */
function prose(random: Random, { length }: Facts): string {
  const faker = fakerFor(random);
  const words = faker.lorem.words({ min: 1, max: 3 });
  const filled = length.minimum > words.length ? `${words} `.repeat(Math.ceil(length.minimum / words.length)) : words;
  const most = Math.min(length.maximum, Math.max(length.minimum, words.length));
  const cut = filled.slice(0, most);
  return cut.endsWith(' ') ? `${cut.slice(0, -1)}a` : cut;
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
  if (typeof pattern === 'string') {
    return compilePattern(pattern)?.test(text) ?? false;
  }
  return constant === text || (Array.isArray(values) && values.some((value) => sameJson(value, text)));
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
