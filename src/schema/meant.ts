import { child } from '../text/pointer.js';
import { isObject, type Json } from '../text/value.js';
import { tagsOf } from './discriminator.js';
import type { Violation } from './types.js';
import { falseSchema, type Origin, pointerTo } from './validate/translate.js';

/**
 * Of what is wrong with the alternatives of `anyOf` or `oneOf`, that which is of use: the violations of the one alternative
 * that was meant.
 *
 * @param summary The violation of the whole.
 * @param branches Those of each alternative; none where it matches.
 * @returns undefined where no alternative stands out.
 */
export function meantBy(
  summary: Violation,
  data: unknown,
  origin: Origin | undefined,
  branches: Violation[][],
): Violation[] | undefined {
  if (branches.some((branch) => branch.length === 0)) return undefined;
  const meant = byDiscriminator(summary, data, origin, branches) ?? onlyMeant(summary, branches);
  const index = meant ? branches.indexOf(meant) : -1;
  return index === -1 ? meant : meant?.map((one) => inAlternative(one, summary, index));
}

/** The violation, with the alternative that it lies in. */
function inAlternative(one: Violation, { pointer, schemaPointer }: Violation, index: number): Violation {
  return { ...one, alternatives: [{ pointer, schemaPointer, index }, ...(one.alternatives ?? [])] };
}

/** With a discriminator (OpenAPI 3.1, 4.8.25) the value itself says which alternative is meant. */
function byDiscriminator(
  summary: Violation,
  data: unknown,
  origin: Origin | undefined,
  branches: Violation[][],
): Violation[] | undefined {
  const tags = isObject(origin?.value) ? tagsOf(origin.value, summary.keyword as 'anyOf' | 'oneOf') : undefined;
  if (!origin || !tags || !isObject(data as Json)) return undefined;
  const tag = child(data as Json, tags.property);
  const index = typeof tag === 'string' ? tags.indices.get(tag) : undefined;
  if (index !== undefined) return branches[index];
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
