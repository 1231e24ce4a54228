import type { Faker } from '../fake/index.js';
import type { Header, Operation } from '../operation/index.js';
import { isJson, mediaTypeOf } from '../operation/index.js';
import type { Json } from '../text/value.js';
import type { Negotiated } from './negotiate.js';
import { PrismProblem } from './problem.js';
import { staticSample } from './sample.js';

export interface Making {
  readonly faker: Faker;
  readonly dynamic: boolean;
  readonly ignoreExamples: boolean;
  readonly seed: number;
  /** What else made data depends on. */
  readonly salt: string;
}

/**
 * The body of an answer as data: the example, or what is made from the schema; undefined for none.
 * @throws PrismProblem 500 where none can be made
 */
export function bodyOf({ content, example }: Negotiated, operation: Operation, making: Making): Json | undefined {
  if (example !== undefined && !making.ignoreExamples) return example.value;
  const schema = content?.schema ?? null;
  if (schema === null) return undefined;
  if (!making.dynamic) return staticSample(schema.value, operation.document);
  const made = making.faker.generate(schema, { seed: making.seed, salt: making.salt });
  if (!made.ok) throw new PrismProblem('UNKNOWN', made.problem.message);
  return sorted(made.value);
}

/** With the members of each object by name. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}

/** The declared headers of an answer: their first example, or a sample where that is a number or a text. */
export function headersOf({ headers }: Negotiated, { document }: Operation): Record<string, string> {
  return Object.fromEntries(
    headers.flatMap(({ name, schema, examples }: Header) => {
      const value = examples.length > 0 ? examples[0]?.value : schema && staticSample(schema.value, document);
      const isPlain = typeof value === 'string' || typeof value === 'number';
      return isPlain && /^[\t\x20-\x7e\x80-\xff]*$/.test(String(value)) ? [[name, String(value)]] : [];
    }),
  );
}

/**
 * A body as it is sent.
 * @throws PrismProblem 500 where its media type has no form for it
 */
export function serialized(body: Json | undefined, mediaType: string | null): string {
  if (body === undefined) return '';
  const { type = '', subtype = '' } = (mediaType === null ? null : mediaTypeOf(mediaType)) ?? {};
  if (mediaType !== null && isJson(mediaType)) return JSON.stringify(body);
  if (typeof body === 'string') return body;
  if (type === 'application' && /^(.*\+)?xml$/.test(subtype)) return element('xml', body);
  if (type === 'text') {
    throw new PrismProblem('NO_COMPLEX_OBJECT_TEXT', 'Cannot serialise complex objects as text');
  }
  throw new PrismProblem('UNKNOWN', `Cannot find serializer for ${mediaType}`);
}

/** Elements alone, whatever `xml` says in the schema; the items of a list have the name of the list. */
function element(name: string, value: Json): string {
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  if (value === null || value === '') return `<${name}></${name}>`;
  const inner =
    typeof value === 'object'
      ? Object.entries(value)
          .map(([member, item]) => element(member, item))
          .join('')
      : String(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
  return `<${name}>${inner}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
