import type { DocumentProblem } from '../document/index.js';
import { equalityKey } from '../schema/equality.js';
import type { Schemas, Violation } from '../schema/index.js';
import { readAs } from '../schema/reading.js';
import { parseJson } from '../text/integers.js';
import { parsePointer } from '../text/pointer.js';
import type { Json } from '../text/value.js';
import { isJson } from './media-type.js';
import type { Content, NamedExample, Operation } from './types.js';

/** An example as it is shown. */
export interface ShownExample {
  readonly value: Json;
  /** Where it does not fit its schema as it was written. */
  readonly violations: readonly Violation[];
  /** Where it does not fit even as it is shown. */
  readonly left: readonly Violation[];
  /** It is the text of the body itself, in a format that a schema describes as something else. */
  readonly isText: boolean;
}

const shown = new WeakMap<Content, Map<NamedExample, ShownExample>>();
/** What is found in one round may bring to light what lies deeper: JSON as text. */
const maximumRounds = 4;

/** An example, mended where its mending is plain: a number, a boolean or JSON that was written as text. */
export function shownExample(content: Content, example: NamedExample): ShownExample {
  const known = shown.get(content) ?? new Map<NamedExample, ShownExample>();
  shown.set(content, known);
  const result = known.get(example) ?? show(content, example.value);
  known.set(example, result);
  return result;
}

function show({ schema, mediaType }: Content, written: Json): ShownExample {
  if (schema === null || schema.problem !== null || schema.accepts(written)) {
    return { value: written, violations: [], left: [], isText: false };
  }
  if (
    typeof written === 'string' &&
    !isJson(mediaType) &&
    isSendable(written) &&
    !(mediaType.includes('*') && isJsonText(written))
  )
    return { value: written, violations: [], left: [], isText: true };
  const violations = schema.validate(written, 'body');
  let value = written;
  let left = violations;
  for (let round = 0; round < maximumRounds && left.length > 0; round++) {
    const mended = left.reduce(mendedAt, value);
    const after = schema.validate(mended, 'body');
    if (mended === value || after.length > left.length) break;
    value = mended;
    left = after;
  }
  return { value, violations, left, isText: false };
}

/** Whether a text can be a body: there is something in it, and all of it in UTF-8, which has no half of a surrogate pair. */
const isSendable = (text: string) => text.trim() !== '' && !/\p{Surrogate}/u.test(text);

/** Whether a text is an object or a list of JSON: what a range of media types holds is JSON then. */
function isJsonText(text: string): boolean {
  try {
    return typeof parseJson(text) === 'object';
  } catch {
    return false;
  }
}

/** A value with what a violation is about read as the type that was expected, where it can only mean that. */
function mendedAt(value: Json, { keyword, pointer, expected }: Violation): Json {
  if (keyword !== 'type') return value;
  const types = [expected].flat();
  return replaced(value, parsePointer(pointer), (found) => {
    for (const type of types) {
      const read = readAs(String(type), found);
      if (read !== undefined) return read;
    }
    return found;
  });
}

/** A copy with the value at a place replaced; the same value where nothing changes. */
function replaced(value: Json, [step, ...steps]: readonly string[], change: (found: Json) => Json): Json {
  if (step === undefined) return change(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
  const before = (value as Readonly<Record<string, Json>>)[step] as Json;
  const after = replaced(before, steps, change);
  if (after === before) return value;
  return Array.isArray(value) ? value.with(Number(step), after) : { ...value, [step]: after };
}

/** Whether a value is what the document itself shows, though it does not fit: an example, as it is or mended. */
export function isOwnExample(content: Content, value: Json): boolean {
  if (content.examples.length === 0) return false;
  const key = equalityKey(value);
  return content.examples.some(
    (example) => equalityKey(example.value) === key || equalityKey(shownExample(content, example).value) === key,
  );
}

/** Whether a body is a text that the document itself shows. */
export function isOwnText({ examples }: Content, body: Uint8Array): boolean {
  const texts = examples.map(({ value }) => value).filter((value) => typeof value === 'string');
  if (texts.length === 0) return false;
  const sent = new TextDecoder().decode(body).trim();
  return texts.some((text) => text.trim() === sent);
}

/** The examples of responses that do not fit their schemas, and what becomes of them. */
export function exampleMisfits({ responses }: Pick<Operation, 'responses'>, { document }: Schemas): DocumentProblem[] {
  return responses.flatMap(({ content: contents }) =>
    contents.flatMap((content) =>
      content.examples.flatMap((example): DocumentProblem[] => {
        const { violations, left } = shownExample(content, example);
        const first = left[0] ?? violations[0];
        if (first === undefined) return [];
        const outcome = left.length > 0 ? 'it is shown all the same, marked valid=no' : 'it is shown mended';
        return [
          {
            id: 'example-misfit',
            takes: 'nothing',
            message: `The example does not fit its schema (${first.pointer || 'as a whole'} ${first.message}): ${outcome}`,
            location: document.locate(example.pointer),
          },
        ];
      }),
    ),
  );
}
