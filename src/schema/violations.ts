import { child, pointerOf } from '../text/pointer.js';
import { isObject, type Json } from '../text/value.js';
import { type Tags, taggedBranch, tagsOf } from './discriminator.js';
import { messageFor, unionMessage } from './messages.js';
import type { Violation } from './types.js';
import { falseSchema, type Origin, pointerTo } from './validate/translate.js';
import type { AjvError } from './validate/validator.js';

/** Keywords whose violation is about one member, by the parameter of Ajv that names it. */
const memberParameters: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  dependencies: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
  propertyNames: 'propertyName',
  unevaluatedItems: 'item',
};

const demandsMember = new Set(['required', 'dependentRequired', 'dependencies']);

/**
 * What Ajv found, as violations. `anyOf` and `oneOf` leave one for each alternative; of these only the ones
 * that say something stay: those of the alternative that was meant, or else the summary.
 */
export function violationsOf(
  errors: readonly AjvError[],
  originOf: (translated: object) => Origin | undefined,
  where: Violation['in'],
  at: string,
): Violation[] {
  /** The violations of `errors[from..to)`, read from its end: a summary follows what it sums up. */
  function read(from: number, to: number): Violation[] {
    const found: Violation[][] = [];
    let end = to;
    while (end > from) {
      const error = errors[end - 1] as AjvError;
      const counts = (error.params.branches as number[] | undefined) ?? [];
      const start = end - 1 - counts.reduce((sum, count) => sum + count, 0);
      if (error.keyword === 'anyOf' || error.keyword === 'oneOf') {
        let position = start;
        const branches = counts.map((count) => {
          position += count;
          return read(position - count, position);
        });
        found.push(union(error, branches));
      } else if (error.keyword === 'propertyNames') {
        const name = violation(error);
        found.push([{ ...name, params: { ...name.params, violations: read(start, end - 1) } }]);
      } else {
        found.push([violation(error)]);
      }
      end = start;
    }
    return found.reverse().flat();
  }

  function violation(error: AjvError): Violation {
    const origin = originOf(error.parentSchema);
    const keyword = error.keyword;
    const { branches: _counts, ...params } = error.params;
    const member = memberOf(keyword, params);
    const value = originalValue(origin, keyword);
    const expected = demandsMember.has(keyword) ? (member as string) : value;
    const received = receivedBy(error, member);
    return {
      in: where,
      pointer: at + error.instancePath + (member === undefined ? '' : pointerOf(member)),
      keyword,
      message: messageFor(keyword, expected, received, params),
      expected,
      ...(demandsMember.has(keyword) ? {} : { received }),
      schemaPointer: origin ? pointerTo(origin, keyword) : '',
      params,
    };
  }

  function union(error: AjvError, branches: Violation[][]): Violation[] {
    const summary = violation(error);
    return meantBy(summary, error.data, originOf(error.parentSchema), branches) ?? [summarize(summary, branches)];
  }

  return read(0, errors.length);
}

/** With what is wrong with each alternative. */
function summarize(summary: Violation, branches: Violation[][]): Violation {
  const isNone = branches.length > 0 && branches.every(({ length }) => length > 0);
  const message = isNone
    ? unionMessage(
        summary.expected,
        branches.map((branch) => lackOf(branch, summary.pointer)),
      )
    : summary.message;
  return { ...summary, message, params: { ...summary.params, branches } };
}

/** The first thing that is wrong for an alternative, in words. */
function lackOf(branch: readonly Violation[], at: string): { text: string; count: number; isType: boolean } {
  const [first] = branch as [Violation, ...Violation[]];
  // A message about a member names it.
  const place = Object.hasOwn(memberParameters, first.keyword) ? first.pointer.replace(/\/[^/]*$/, '') : first.pointer;
  const inside = place.slice(at.length);
  const text = inside === '' ? first.message : `${inside} ${first.message}`;
  return { text, count: branch.length, isType: first.keyword === 'type' && inside === '' };
}

/** The name or the index of the one member or item that an error is about. */
function memberOf(keyword: string, params: Readonly<Record<string, unknown>>): string | number | undefined {
  const parameter = Object.hasOwn(memberParameters, keyword) ? memberParameters[keyword] : undefined;
  return parameter === undefined ? undefined : (params[parameter] as string | number | undefined);
}

function originalValue(origin: Origin | undefined, keyword: string): Json {
  const schema = origin?.value;
  return typeof schema === 'object' && Object.hasOwn(schema, keyword) ? (schema[keyword] as Json) : false;
}

function receivedBy(error: AjvError, member: string | number | undefined): unknown {
  if (error.keyword === 'propertyNames') return member;
  return member === undefined ? error.data : (error.data as Record<string | number, unknown>)[member];
}

/**
 * Of what is wrong with the alternatives of `anyOf` or `oneOf`, that which is of use: the violations of the one alternative
 * that was meant.
 *
 * @param summary The violation of the whole.
 * @param branches Those of each alternative; none where it matches.
 * @returns undefined where no alternative stands out.
 */
function meantBy(
  summary: Violation,
  data: unknown,
  origin: Origin | undefined,
  branches: Violation[][],
): Violation[] | undefined {
  const keyword = summary.keyword as 'anyOf' | 'oneOf';
  const schema = isObject(origin?.value) ? origin.value : {};
  const named = taggedBranch(schema, keyword, data as Json);
  // Without a tag that names one, all were asked.
  if (named === undefined && branches.some((branch) => branch.length === 0)) return undefined;
  const meant =
    (named === undefined ? undefined : branches[named]) ??
    byDiscriminator(summary, data, origin, tagsOf(schema, keyword)) ??
    onlyMeant(summary, branches);
  const index = meant ? branches.indexOf(meant) : -1;
  return index === -1 ? meant : meant?.map((one) => inAlternative(one, summary, index));
}

/** The violation, with the alternative that it lies in. */
function inAlternative(one: Violation, { pointer, schemaPointer }: Violation, index: number): Violation {
  return { ...one, alternatives: [{ pointer, schemaPointer, index }, ...(one.alternatives ?? [])] };
}

/** With a discriminator (OpenAPI 3.1, 4.8.25) a value that names no alternative says wrongly which one is meant. */
function byDiscriminator(
  summary: Violation,
  data: unknown,
  origin: Origin | undefined,
  tags: Tags | undefined,
): Violation[] | undefined {
  if (!origin || !tags || !isObject(data as Json)) return undefined;
  const tag = child(data as Json, tags.property);
  const expected = [...tags.indices.keys()];
  const subject = tag === undefined ? `'${tags.property}' is required, and` : `'${tags.property}'`;
  return [
    {
      ...summary,
      keyword: 'discriminator',
      message: `${subject} must be one of ${expected.map((name) => `'${name}'`).join(', ')}`,
      expected,
      schemaPointer: pointerTo(origin, 'discriminator'),
      params: { tag: tags.property, value: tag },
    },
  ];
}

/** Violations of a whole value that say that something else was meant. */
const otherwiseMeant = new Set(['type', 'const', 'enum', falseSchema]);

/**
 * The alternative that is of the right type, where it is the only one: of `anyOf: [X, null]` mostly X. Where there are
 * several, the one whose members have the constants that tell it apart.
 */
function onlyMeant({ pointer }: Violation, branches: readonly Violation[][]): Violation[] | undefined {
  const ofType = branches.filter((branch) => !isOtherwise(branch, pointer));
  const meant = ofType.length > 1 ? ofType.filter((branch) => !hasOtherTag(branch, pointer)) : ofType;
  return meant.length === 1 ? meant[0] : undefined;
}

/** Whether a member has another constant than an alternative gives it. */
function hasOtherTag(branch: readonly Violation[], pointer: string): boolean {
  return branch.some(
    (one) =>
      (one.keyword === 'const' || one.keyword === 'enum') &&
      one.pointer.startsWith(`${pointer}/`) &&
      !one.pointer.includes('/', pointer.length + 1),
  );
}

/** Whether an alternative is not what was meant by the value at a pointer. */
function isOtherwise(branch: readonly Violation[], pointer: string): boolean {
  return branch.some((one) => {
    const nested = one.params.branches as readonly Violation[][] | undefined;
    return (
      one.pointer === pointer &&
      (otherwiseMeant.has(one.keyword) || nested?.every((inner) => isOtherwise(inner, pointer)) === true)
    );
  });
}
