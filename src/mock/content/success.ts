import type { Problem } from '../../errors.js';
import { type DataDemand, type Faker, mix, nearestValue, Random } from '../../fake/index.js';
import { joinSchemas, type Refinement } from '../../fixture/index.js';
import {
  type AnswerSource,
  binaryString,
  type Content,
  concreteMediaType,
  formatOf,
  type NamedExample,
  type Names,
  sampleOf,
  shownExample,
  type WrittenBody,
  withCharset,
  writeBody,
} from '../../operation/index.js';
import { fits, type Schema, type Schemas } from '../../schema/index.js';
import type { Memo } from '../../text/memo.js';
import type { Json } from '../../text/value.js';
import { WrittenJson } from '../../text/written-json.js';
import { coherent, heededNames, heeding, type ShownBody, UnfitBody } from '../../world/index.js';
import type { Said } from '../salt.js';
import { isBare } from './bare.js';
import { bodyOf, madeStream, type Stream, streamOfItems, streamOfText } from './stream.js';

export interface BodyTools {
  readonly schemas: Schemas;
  readonly faker: Faker;
  /** Schemas joined with refinements, by what they are joined from. */
  readonly refined: Map<string, Schema>;
  /** Bodies that were made, by all that they depend on. */
  readonly made: Memo<MadeBody>;
  /** Whether what does not fit its schema is never shown. */
  readonly errors: boolean;
  /** How many items a made stream has; null where the document decides. */
  readonly streamItems: number | null;
}

export interface BodyWish {
  readonly content: Content;
  /** Those that hold for the request. */
  readonly refinements: readonly Refinement[];
  /** The name of an example of the document, or null. */
  readonly example: string | null;
  /** From the schema even where an example stands. */
  readonly dynamic: boolean;
  /** What data it shall have, from the schema too. */
  readonly data: DataDemand | undefined;
  /** Of the request that is answered. */
  readonly method: string;
  readonly seed: number;
  readonly salt: () => string;
  /**
   * A body that comes before all others.
   * @param schema that of the content with the refinements
   * @returns undefined where there is none, null where it does not fit
   */
  readonly body?: ((content: Content, schema: Schema | null) => ShownBody) | undefined;
  /** What the request says, which a made body heeds: the same data is made whatever it says that is not declared. */
  readonly said: () => Said | null;
  /** A body that is an example or made, with what follows from the rest of it. */
  readonly settled?: (value: Json, schema: Schema | null) => Json;
  /** Whether an example heeds what the request says too, since it stands for what was asked for and does not fit. */
  readonly isInstead?: boolean;
}

export type MadeBody =
  | {
      readonly ok: true;
      readonly serialized: WrittenBody;
      readonly source: AnswerSource;
      readonly name: string | null;
      /** Whether it fits the schema that is declared for it, as far as that is known. */
      readonly valid: boolean;
      /** Set where it is a sequence of items. */
      readonly stream?: Stream;
      /** Whether another body would have come before it, and does not fit. */
      readonly isSkipped?: boolean;
      /** The value of a body that was made for a request, as far as that declares what it says. */
      readonly value?: Json;
      /** By which names a request says something that this value heeds. */
      readonly heeds?: Names;
    }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The body of an answer to a valid request: the example that was asked for; else, where nothing refines it, the first
 * example that is valid, or the first; else made from the schema and its refinements. Where that cannot be done, the example
 * after all, or what comes nearest.
 */
export function successBody(wish: BodyWish, tools: BodyTools): MadeBody {
  const { content } = wish;
  const given = wish.body?.(content, content.schema === null ? null : refine(content.schema, wish.refinements, tools));
  if (given === null || (given instanceof UnfitBody && tools.errors))
    return { ...successBody({ ...wish, body: undefined, isInstead: true }, tools), isSkipped: true } as MadeBody;
  const mediaType = concreteMediaType(content.mediaType);
  if (given instanceof WrittenJson) {
    const serialized = { body: given.text, contentType: mediaType };
    return { ok: true, serialized, source: 'fake', name: null, valid: true };
  }
  const { framing } = formatOf(mediaType);
  const medium = { mediaType, content, schemas: tools.schemas };
  const send = (value: Json, valid = true): MadeBody => {
    const items = framing && (Array.isArray(value) ? value : [value]);
    return {
      ok: true,
      serialized: writeBody({ ...medium, value }),
      source: 'fake',
      name: null,
      valid,
      ...(items && { stream: streamOfItems(framing, items, medium) }),
    };
  };
  const show = (example: NamedExample): MadeBody => {
    const { value: shown, left, isText } = shownExample(content, example);
    const isAsked = example.name !== '' && example.name === wish.example;
    const said = wish.isInstead && content.schema !== null && left.length === 0 ? wish.said() : null;
    const heedful =
      said === null ? shown : heeding(shown, said.withDefaults(), content.schema as Schema, tools.schemas);
    const value = (isAsked ? undefined : wish.settled?.(heedful, content.schema)) ?? shown;
    const written = example.serialized ?? (isText ? String(value) : undefined);
    // Of any type, what is not read as JSON is text.
    const contentType = withCharset(isText && content.mediaType.startsWith('*/*') ? 'text/plain' : mediaType);
    const text = written === undefined ? {} : { serialized: { body: written, contentType } };
    const stream = framing && written !== undefined ? { stream: streamOfText(framing, written, contentType) } : {};
    return {
      ...send(value, left.length === 0),
      source: 'example',
      name: example.name || null,
      ...text,
      ...stream,
    } as MadeBody;
  };
  if (given instanceof UnfitBody) return send(given.value, false);
  if (given !== undefined) return send(given);
  const named = content.examples.find(({ name }) => name === wish.example && name !== '');
  if (named !== undefined) return show(named);
  const example = exampleOf(content, tools.errors);
  if (!wish.dynamic && wish.data === undefined && wish.refinements.length === 0 && example !== undefined)
    return show(example);
  const sample = sampleOf(mediaType);
  if (sample !== null && fits(content.schema, binaryString(sample))) {
    return { ok: true, serialized: { body: sample, contentType: mediaType }, source: 'fake', name: null, valid: true };
  }
  const schema = content.schema === null ? null : refine(content.schema, wish.refinements, tools);
  if (schema === null) return send(formatOf(mediaType).name.startsWith('json') ? {} : '');
  if (isBare(schema, wish, tools.schemas)) return send({});
  const key = `${content.pointer} ${wish.seed} ${wish.data ?? ''} ${wish.refinements.map(({ pointer }) => pointer)} ${wish.salt()}`;
  const known = tools.made.get(key);
  if (known !== undefined) return heedingUndeclared(known, schema);
  const stream =
    framing && wish.refinements.length === 0
      ? madeStream(framing, medium, { content, seed: wish.seed, salt: wish.salt() }, tools.faker, tools.streamItems)
      : null;
  const body = stream === null ? made(schema, wish) : sendStream(stream);
  if (key.length < longestKey) tools.made.set(key, body);
  return heedingUndeclared(body, schema);

  function sendStream(stream: Stream): MadeBody {
    const serialized = { body: bodyOf(stream), contentType: stream.contentType };
    return { ok: true, serialized, source: 'fake', name: null, valid: true, stream };
  }

  function made(schema: Schema, { seed, salt, data }: BodyWish): MadeBody {
    const own = tools.faker.generateForOneOfMany(schema, { seed, salt: salt(), ...(data && { data }) });
    if (!own.ok) return tools.errors ? own : fallback();
    const value = agreed(own.value, schema);
    const heeds = heededNames(value, schema, tools.schemas);
    return { ...send(wish.settled?.(value, schema) ?? value), value, heeds } as MadeBody;
  }

  /** A made value whose members agree with each other and with what the request declares. */
  function agreed(value: Json, schema: Schema): Json {
    const random = new Random(mix(wish.seed, wish.salt()));
    const whole = coherent(value, (changed) => schema.accepts(changed), random);
    const said = wish.said();
    return said === null ? whole : heeding(whole, said.declared, schema, tools.schemas, said.withDefaults());
  }

  function heedingUndeclared(body: MadeBody, schema: Schema): MadeBody {
    if (!body.ok || body.value === undefined || body.heeds === undefined) return body;
    const said = wish.said();
    const query = said?.others(body.heeds) ?? null;
    if (said === null || query === null) return body;
    const others = { ...said.declared, path: {}, query, body: undefined };
    const heedful = heeding(body.value, others, schema, tools.schemas);
    if (heedful === body.value) return body;
    // What is declared counts before it.
    const value = heeding(heedful, said.declared, schema, tools.schemas);
    return send(wish.settled?.(value, schema) ?? value);
  }

  function fallback(): MadeBody {
    const shown = content.examples[0];
    if (shown !== undefined) return show(shown);
    return send(nearestValue(content.schema as Schema, wish.seed, tools), false);
  }
}

/** The example that is shown where none is asked for: the first that fits, or that can be mended, or the first. */
export function exampleOf(content: Content, fitting: boolean): NamedExample | undefined {
  const { examples, schema } = content;
  const valid = examples.find(({ value }) => fits(schema, value));
  if (valid !== undefined || fitting) return valid;
  return examples.find((example) => shownExample(content, example).left.length === 0) ?? examples[0];
}

/** A key is kept as long as its body: a request with a long one is worked out each time. */
const longestKey = 4096;

/** Both the schema of the document and those of the fixtures. */
function refine(schema: Schema, refinements: readonly Refinement[], tools: BodyTools): Schema {
  if (refinements.length === 0) return schema;
  const key = [schema.pointer, ...refinements.map(({ pointer }) => pointer)].join('\n');
  let refined = tools.refined.get(key);
  if (refined === undefined) {
    const joined = joinSchemas(
      schema,
      refinements.map((each) => each.schema),
    );
    refined = tools.schemas.inline(joined, schema.pointer, 'response');
    tools.refined.set(key, refined);
  }
  return refined;
}
