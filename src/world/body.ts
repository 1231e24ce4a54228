import { nearestValue } from '../fake/index.js';
import { type Content, formatOf, type RequestValues, shownExample } from '../operation/index.js';
import { type ListRole, type Role, readAt, type SeveralRole, setAt } from '../resource/index.js';
import { fits, type Schema } from '../schema/index.js';
import { writeJson } from '../text/integers.js';
import { Memo } from '../text/memo.js';
import { isObject, type Json } from '../text/value.js';
import { WrittenJson } from '../text/written-json.js';
import type { Ground } from './ground.js';
import { echoed, type Said } from './list/envelope.js';
import { hollowSchemaOf } from './list/hollow.js';
import { listOf } from './list/items.js';
import type { Page } from './list/page.js';
import { shownInList } from './list/shown.js';
import { overlaidWhere } from './overlay.js';
import { type Row, textAs } from './row.js';
import { picked, type RowPlace, rowPlaceOf, type Shape, shapeAt, shownAs } from './shape.js';
import { tellingKey, tellsKeyBy, withToldKey } from './telling-key.js';
import { asDeleted } from './write/deleted.js';

/** Of a content: undefined where the answer shows no row, null where what is to be shown does not fit. */
export type ShownBody = Json | WrittenJson | UnfitBody | undefined | null;

/** What is to be shown under a schema that nothing was found for: no other body fits any better. */
export class UnfitBody {
  readonly value: Json;

  constructor(value: Json) {
    this.value = value;
  }
}

/** What stands around the rows of an answer. */
interface Around {
  readonly value: Json;
  /** Whether it is of a body that fits. */
  readonly isFit: boolean;
}

/** Of the search for it, in places planned. */
const maximumSteps = 4000;

/** Rows in the forms that answers declare for them. */
export class Bodies {
  readonly #ground: Ground;
  readonly #envelopes = new Memo<Around>(200);

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** @param schema what it has to fit: that of the content, with what refines it */
  list(
    role: ListRole,
    page: Page,
    said: readonly Said[],
    content: Content,
    schema: Schema | null,
    { seed, path }: { readonly seed: number; readonly path: RequestValues['path'] },
  ): ShownBody {
    const place = rowPlaceOf(role);
    const { rows } = page;
    const shape = shapeAt(content, place, 'response', this.#ground);
    if (shape === null || role.answer === null) return undefined;
    const { value: around, isFit } =
      place.path.length === 0 ? bare(place.list === 'object' ? {} : []) : this.#around(content, seed);
    const beside = said.flatMap(({ at, values }) => ('member' in at ? [{ path: at.member, values }] : []));
    const members = [...beside, ...echoed(around, path, [place, ...beside])];
    const told = (body: Json): Json =>
      members.reduce((changed, { path, values }) => withMember(changed, path, values[0]), body);
    const whole = (list: Json): Json => told(setAt(around, place.path, list));
    const isPlain = place.list === 'array' && place.inside.length === 0;
    const listed = (shown: readonly Json[]) => listOf({ role, page, content, seed }, shown, this.#ground);
    if (!isFit) return unfit(content, whole(listed(rows.map(({ value }) => picked(value, shape)))));
    const written =
      isPlain && schema === content.schema ? this.#written(content, place.path, shape, rows, whole) : null;
    if (written !== null) return written;
    // As they are, which is mostly right: then all is looked at once.
    const plain = whole(listed(rows.map(({ value }) => picked(value, shape))));
    if (fits(schema, plain)) return plain;
    const shown = rows.map((row) => shownInList(row, role, shape, this.#ground, seed));
    if (shown.includes(undefined)) return this.#isHopeless(content, seed) ? unfit(content, plain) : null;
    const body = withFitting(setAt(around, place.path, listed(shown as Json[])), members, schema);
    if (fits(schema, body)) return body;
    // A list that may not be empty is left out where there is nothing in it.
    if (rows.length === 0 && place.path.length > 0) {
      const without = withFitting(withMember(around, place.path, undefined), members, schema);
      if (fits(schema, without)) return without;
    }
    if (!isPlain) return null;
    const like = likeMade(readAt(around, place.path), rows, shape, (list) => fits(schema, whole(list)));
    return like === null ? null : whole(like);
  }

  /**
   * Rows that were looked at before are not looked at again, where what else is said of their list can be looked at alone.
   * @param whole the body with a list in its place
   */
  #written(
    content: Content,
    path: readonly string[],
    shape: Shape,
    rows: readonly Row[],
    whole: (list: Json) => Json,
  ): WrittenJson | null {
    if (formatOf(content.mediaType).name !== 'json') return null;
    const hollow = hollowSchemaOf(content, path, shape, this.#ground);
    if (hollow === null) return null;
    const texts: string[] = [];
    for (const row of rows) {
      const text = textAs(row, shape);
      if (text === undefined) return null;
      texts.push(text);
    }
    const body = whole(Array.from(rows, () => null));
    return fits(hollow, body) ? new WrittenJson(spliced(body, path, `[${texts.join(',')}]`)) : null;
  }

  item(
    role: Role,
    row: Row | null,
    content: Content,
    schema: Schema | null,
    seed: number,
    salt: string,
    said: readonly Said[] = [],
  ): ShownBody {
    if (row === null) return undefined;
    const place = rowPlaceOf(role);
    const shape = role.answer && shapeAt(content, place, 'response', this.#ground);
    if (shape === null) {
      const isFitting = (body: Json): boolean => fits(schema, body);
      return role.kind === 'create' ? tellingKey(role, row, this.#around(content, seed).value, isFitting) : undefined;
    }
    const isPlain = schema === content.schema && place.path.length === 0 && role.kind !== 'delete';
    const toldBy = role.kind === 'create' ? tellsKeyBy(role, shape) : undefined;
    if (isPlain && toldBy === undefined && formatOf(content.mediaType).name === 'json') {
      const text = textAs(row, shape);
      if (text !== undefined) return new WrittenJson(text);
    }
    const shown = shownAs(row.value, shape, this.#ground, seed, salt);
    const { value: around, isFit } = place.path.length === 0 ? bare({}) : this.#around(content, seed);
    const one = withToldKey(toldBy, role, row, shown ?? picked(row.value, shape));
    const body = setAt(around, place.path, place.list === null ? one : [one]);
    if (shown === undefined ? this.#isHopeless(content, seed) : !isFit) return unfit(content, body);
    if (said.length > 0) {
      const told = withFitting(
        body,
        said.flatMap(({ at, values }) => ('member' in at ? [{ path: at.member, values }] : [])),
        schema,
      );
      return fits(schema, told) ? told : null;
    }
    return fits(schema, body) ? (role.kind === 'delete' ? asDeleted(body, schema) : body) : null;
  }

  /** Rows that were made together. */
  made(role: SeveralRole, rows: readonly Row[], content: Content, schema: Schema | null, seed: number): ShownBody {
    const { answer } = role;
    if (answer === null) return undefined;
    const place: RowPlace = { path: answer.path, list: 'array', inside: answer.inside };
    const shape = answer.isKeyed ? null : shapeAt(content, place, 'response', this.#ground);
    if (shape === null) return undefined;
    const around = answer.path.length === 0 ? [] : this.#around(content, seed).value;
    const shown = rows.map(({ value }) => picked(value, shape));
    const items = answer.inside.length === 0 ? shown : shown.map((row) => setAt({}, answer.inside, row));
    const body = setAt(around, answer.path, items);
    return fits(schema, body) ? body : null;
  }

  /** The number of rows, where it stands in an answer. */
  count({ answer }: ListRole, size: number, content: Content, schema: Schema | null, seed: number): ShownBody {
    const path = answer?.path ?? [];
    const body = setAt(path.length === 0 ? null : this.#around(content, seed).value, path, size);
    return fits(schema, body) ? body : null;
  }

  /** What a row has inside of it, by itself: as the whole answer, or in the one member that it has. */
  alone(held: Json | undefined, content: Content, schema: Schema | null, seed: number): ShownBody {
    if (held === undefined || schema === null) return undefined;
    const { value: around } = this.#around(content, seed);
    const names = isObject(around) ? Object.keys(around) : [];
    return [held, ...names.map((name) => setAt(around, [name], held))].find((body) => fits(schema, body));
  }

  /** Whether nothing is found that fits the whole of an answer. */
  #isHopeless(content: Content, seed: number): boolean {
    return content.examples.length === 0 && !this.#around(content, seed).isFit;
  }

  /** What stands around the rows of an answer: the same for each request. */
  #around(content: Content, seed: number): Around {
    const key = `${seed} ${content.pointer}`;
    const known = this.#envelopes.get(key);
    if (known !== undefined) return known;
    const around = this.#made(content, seed);
    this.#envelopes.set(key, around);
    return around;
  }

  #made(content: Content, seed: number): Around {
    const { schema } = content;
    const { faker, operations } = this.#ground;
    const [example] = content.examples.map((one) => shownExample(content, one)).filter(({ left }) => left.length === 0);
    if (example !== undefined || schema === null) return bare(example?.value ?? {});
    const made = faker.generate(schema, { seed, steps: maximumSteps });
    if (made.ok) return bare(made.value);
    return { value: nearestValue(schema, seed, { schemas: operations.schemas, faker }), isFit: false };
  }
}

/** Rows for where the answer as a whole says what they may be: what it was made with, each with all that it can have of a row. */
function likeMade(
  made: Json | undefined,
  rows: readonly Row[],
  shape: Shape,
  isValid: (list: Json) => boolean,
): Json | null {
  const [first] = Array.isArray(made) ? made : [];
  if (first === undefined || rows.length === 0) return null;
  const like = rows.map(({ value }) => overlaidWhere(first, picked(value, shape), (row) => isValid([row])));
  return isValid(like) ? like : null;
}

function bare(value: Json): Around {
  return { value, isFit: true };
}

/** What the author shows says more than what comes near to a schema that nothing fits. */
function unfit({ examples }: Content, body: Json): UnfitBody | null {
  return examples.length > 0 ? null : new UnfitBody(body);
}

/** undefined takes a member away. */
function withMember(body: Json, path: readonly string[], value: Json | undefined): Json {
  // Where the list is the whole answer, what another form of the answer would say beside it is not said.
  if (!isObject(body)) return body;
  if (value !== undefined) return setAt(body, path, value);
  const around = readAt(body, path.slice(0, -1));
  const name = path.at(-1) ?? '';
  if (!isObject(around) || !Object.hasOwn(around, name)) return body;
  const { [name]: _left, ...rest } = around;
  return setAt(body, path.slice(0, -1), rest);
}

/** A body with members one by one, each with what else may stand there. */
function withFitting(
  around: Json,
  members: readonly { readonly path: readonly string[]; readonly values: readonly (Json | undefined)[] }[],
  schema: Schema | null,
): Json {
  let body = around;
  let isFit = fits(schema, body);
  for (const { path, values } of members) {
    // Better nothing than what was made up: a cursor that leads nowhere, a wrong total.
    for (const value of [...values, undefined]) {
      const next = withMember(body, path, value);
      const isNextFit = fits(schema, next);
      if (!isNextFit && isFit) continue;
      body = next;
      isFit = isNextFit;
      if (isFit) break;
    }
  }
  return body;
}

/** The JSON of a body with a text in the place of what stands at a path. */
function spliced(body: Json, [step, ...others]: readonly string[], text: string): string {
  if (step === undefined || !isObject(body)) return text;
  const members = Object.entries(body).map(
    ([name, value]) => `${JSON.stringify(name)}:${name === step ? spliced(value, others, text) : writeJson(value)}`,
  );
  return `{${members.join(',')}}`;
}
