import { compilePattern } from '../../schema/pattern/pattern.js';
import { phraseOf } from '../../text/words.js';
import { demandedText } from '../demand.js';
import { draw, fakerFor, type Plan, settled } from '../draw.js';
import { type Found, meaningOf, tellsApart } from '../meaning/find.js';
import { capitalized, paragraph, plainWord, word } from '../meaning/phrases.js';
import { anyMoment, instantIn } from '../meaning/time.js';
import { Conflict } from '../needs/conflict.js';
import { type Facts, placesOf } from '../needs/facts.js';
import { isRefuted } from '../needs/refutation.js';
import { pointerTo } from '../needs/site.js';
import type { Random } from '../random.js';
import { isModest, sampleOf } from '../text/pattern.js';
import { formats, formatsOfLength, looseFormats, momentFormats } from '../text/realistic.js';
import type { Run, Situation, Spot } from './run.js';

/** More characters than this are not made. */
const maximumCharacters = 10_000_000;
/** json-schema-faker adds characters one by one. More than this are repeated instead. */
const maximumCharactersDrawn = 10_000;
const maximumAttempts = 12;
/** So many characters that there have to be are as much work as one more place. */
const charactersOfAStep = 2048;

/** A string, from the first source that gives one which is right in all that can be seen here. */
export function planString({ run, facts, spot }: Situation): Plan | Conflict {
  const { length } = facts;
  if (length.minimum > maximumCharacters) {
    return new Conflict(length.minimumAt, `minLength ${length.minimum} is more than is made up, ${maximumCharacters}`);
  }
  const steps = Math.floor(length.minimum / charactersOfAStep);
  if (steps > run.budget.steps) {
    // Not taken off: without this string there may be a value.
    run.budget.isPartial = true;
    return new Conflict(length.minimumAt, `${length.minimum} characters are more than are made up in one search`);
  }
  run.budget.steps -= steps;
  for (const source of sourcesFor(run, facts, spot)) {
    for (let attempt = 0; attempt < maximumAttempts; attempt++) {
      const text = source(spot.random.child(attempt));
      if (text === null) break;
      if (allowsText(text, facts, run)) return settled(text);
    }
  }
  return whyNot(facts);
}

/** null: it has none, whatever is drawn. */
type Source = (random: Random) => string | null;

/** Ways to make a string, the most telling first. */
function* sourcesFor(run: Run, facts: Facts, spot: Spot): Generator<Source> {
  const { patterns, length } = facts;
  const lengths = lengthsOf(facts);
  const meaning = meaningOf(spot);
  const named = namedSource(run, spot, meaning);
  const known = facts.formats.filter((name) => Object.hasOwn(formats, name));
  const { demand } = run;
  if (demand !== null && facts.formats.length === 0 && !tellsApart(spot.name)) {
    const usual = named ?? ((random: Random) => prose(random, facts));
    yield (random) => demandedText(demand, usual(random) ?? '', length.maximum, random);
  }
  for (const format of known) {
    const write = Object.hasOwn(momentFormats, format) ? momentFormats[format] : undefined;
    if (write) yield (random) => write(instantIn(fakerFor(random), meaning.moment ?? anyMoment));
    if (named && looseFormats.has(format)) yield named;
    yield (random) => drawn({ format }, random);
    if (length.minimum <= maximumCharactersDrawn) yield (random) => drawn({ format, ...lengths }, random);
    const sized = Object.hasOwn(formatsOfLength, format) ? formatsOfLength[format] : undefined;
    if (sized) yield (random) => sized(random.integer(length.minimum, Math.min(length.maximum, length.minimum + 8)));
  }
  yield* contentOf(facts);
  if (named) yield named;
  for (const pattern of patterns) {
    if (isModest(pattern)) yield (random) => drawn({ pattern, ...lengths }, random);
    yield (random) => sampleOf(pattern, random, length);
  }
  if (patterns.length > 0) {
    for (const format of known) {
      yield (random) => blended(drawn({ format }, random) ?? '', random.pick(patterns), random);
    }
  }
  if (patterns.length > 1) yield (random) => joinedSample(patterns, random, facts);
  yield (random) => examplesOf(facts, random);
  yield (random) => prose(random, facts);
  yield (random) => letters(random, facts);
}

/** What the name asks for: a text of its own, or a number as text. */
function namedSource(run: Run, spot: Spot, { string, integer, number }: Found): Source | null {
  if (string) {
    return (random) => string(fakerFor(random), { owner: phraseOf(spot.owner), image: () => run.image(random) });
  }
  const range = number ?? integer;
  if (!range) return null;
  const [minimum, maximum, step = 1] = range;
  return (random) => {
    const count = random.integer(Math.ceil(minimum / step), Math.floor(maximum / step));
    return String(Number((count * step).toPrecision(10)));
  };
}

/** null where the library has nothing to draw from, as for a pattern that no text fits. */
function drawn(schema: Plan, random: Random): string | null {
  const text = draw({ type: 'string', ...schema }, random);
  return typeof text === 'string' ? text : null;
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
    const words = `${plainWord(fakerFor(random))} ${plainWord(fakerFor(random))}`;
    const text = isJson ? JSON.stringify({ value: words }) : words;
    const encoded = typeof encoding === 'string' ? btoa(text) : text;
    return encoding === 'base64url' ? encoded.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_') : encoded;
  };
}

/** A word, or sentences that are cut where the length is right. */
function prose(random: Random, { length }: Facts): string {
  const faker = fakerFor(random);
  const context = { owner: '', image: () => '' };
  const text = word(faker, context);
  if (length.minimum <= text.length && text.length <= length.maximum) return text;
  const most = Math.min(length.maximum, Math.max(length.minimum, text.length));
  const filled = `${capitalized(text)}: ${paragraph(faker, context)} `.repeat(Math.ceil(most / 20)).slice(0, most);
  return filled.endsWith(' ') ? `${filled.slice(0, -1)}a` : filled;
}

function letters(random: Random, { length }: Facts): string | null {
  const count = Math.max(length.minimum, Math.min(length.maximum, random.integer(1, 8)));
  if (count > maximumCharactersDrawn) return 'a'.repeat(count);
  return drawn({ minLength: count, maxLength: count }, random);
}

/** Formats are Ajv's to judge. */
export function allowsText(text: string, facts: Facts, { hasFormat }: Run): boolean {
  const { length, patterns, negations, values } = facts;
  const count = text.length > 1000 ? text.length : [...text].length;
  return (
    count >= length.minimum &&
    count <= length.maximum &&
    patterns.every((pattern) => compilePattern(pattern)?.test(text)) &&
    facts.formats.every((format) => hasFormat(format, text)) &&
    !negations.some((negation) => isRefuted(negation, text, hasFormat)) &&
    (!values || values.includes(text))
  );
}

function whyNot(facts: Facts): Conflict {
  const { length, patterns, formats: named, parts } = facts;
  const said = [
    ...named.map((format) => `format ${format}`),
    ...patterns.map((pattern) => `pattern ${pattern}`),
    ...(length.minimum > 0 ? [`minLength ${length.minimum}`] : []),
    ...(length.maximum < Number.POSITIVE_INFINITY ? [`maxLength ${length.maximum}`] : []),
  ];
  const keyword = patterns.length > 0 ? 'pattern' : named.length > 0 ? 'format' : 'not';
  const part = parts.find(({ schema }) => schema[keyword] !== undefined) ?? parts[0];
  return new Conflict(
    part ? pointerTo(part.site, keyword) : '',
    `No string was found with ${said.join(' and ') || 'what is asked'}`,
    undefined,
    placesOf(facts, 'format', 'pattern', 'minLength', 'maxLength'),
  );
}
