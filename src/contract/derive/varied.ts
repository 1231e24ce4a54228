import { type Content, isForm, type Parameter, serializeParameter } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { excerptForTitle } from '../excerpt.js';
import type { Base } from './base-request.js';
import { variableBody } from './body-values.js';
import { formOf, keepsTypes } from './body-writer.js';
import type { Candidate, Draft, Varies } from './draft.js';
import { judged } from './draft-of.js';
import { hasVagueBody } from './parameter-owners.js';
import { valueFor } from './parameter-values.js';
import { type Plan, withParameter } from './plan.js';
import { type Variation, variationsOf } from './variations.js';
import { isDoubtful } from './wire-doubts.js';
import type { Workbench } from './workbench.js';

/** Cases that exchange one place of one parameter or of the body: those to be accepted, and those to be refused. */
export function* varied(bench: Workbench, base: Base): Iterable<Candidate> {
  for (const parameter of base.parameters) yield* variedParameter(bench, base, parameter);
  for (const content of bench.operation.requestBody?.content ?? []) yield* variedBody(bench, base, content);
}

function* variedParameter(bench: Workbench, base: Base, parameter: Parameter): Iterable<Candidate> {
  const chosen = base.plan.parameters.get(parameter);
  const value = chosen && 'value' in chosen ? chosen.value : valueFor(bench, parameter);
  if (value === undefined || parameter.schema.problem !== null) return;
  const typed = parameter.mediaType !== null;
  const planOf = (whole: Json): Plan | null => {
    if (whole === null) return null;
    const text = serializeParameter(parameter, whole);
    if (text === null || isDoubtful(parameter, whole, text)) return null;
    // `1e+21` is a number to some.
    if (typeof whole === 'number' && /e/.test(String(whole))) return null;
    // Whether nothing is an empty list is everybody's own affair.
    const isEmpty = whole === '' || (Array.isArray(whole) && whole.length === 0);
    if (isEmpty && (parameter.allowEmptyValue || typeof value === 'object')) return null;
    return withParameter(base.plan, parameter, { value: whole });
  };
  const variations = variationsOf(bench, parameter.schema.pointer, value, typed);
  yield* candidates(bench, base, variations, planOf, (variation) => ({
    title: titleOf(`${parameter.name}${variation.path}`, variation),
    varies: { in: parameter.in, name: parameter.name },
  }));
}

function* variedBody(bench: Workbench, base: Base, content: Content): Iterable<Candidate> {
  const body = variableBody(bench, content, base.plan.body);
  if (body === null || content.schema === null) return;
  const typed = keepsTypes(content);
  const mayBeDropped = hasVagueBody(bench.operation) && !bench.operation.requestBody?.required;
  const planOf = (whole: Json, variation: Variation): Plan | null => {
    if (mayBeDropped && !variation.accepted) return null;
    // An empty field of a form is often read as an absent one, and how null would stand in it nothing says.
    if (!typed && variation.value === '') return null;
    if (variation.value === null && isForm(content.mediaType)) return null;
    return { ...base.plan, body: { ...body, value: whole } };
  };
  const variations = variationsOf(bench, content.schema.pointer, body.value, typed);
  yield* candidates(bench, base, variations, planOf, (variation) => ({
    title: titleOf(`body${variation.path}`, variation, formOf(content.mediaType)),
    varies: { in: 'body', name: variation.name },
  }));
}

/** One candidate for each variation; of several attempts at one keyword only the first that turns out right. */
function* candidates(
  bench: Workbench,
  base: Base,
  variations: Iterable<Variation>,
  planOf: (whole: Json, variation: Variation) => Plan | null,
  wordsOf: (variation: Variation) => { title: string; varies: Pick<Varies, 'in' | 'name'> },
): Iterable<Candidate> {
  const done = new Set<string>();
  for (const variation of variations) {
    const { rank, keyword, pointer, accepted, path, attempt, within } = variation;
    const attempted = attempt ? `${path} ${pointer}` : null;
    const { varies, title } = wordsOf(variation);
    const make = (): Draft | null => {
      if (attempted !== null && done.has(attempted)) return null;
      const whole = variation.whole();
      const plan = whole === undefined ? null : planOf(whole, variation);
      if (plan === null) return null;
      const aspect = accepted ? 'accepted' : 'rejected';
      const words = {
        aspect,
        rank,
        title,
        varies: { ...varies, keyword, pointer, ...(within && { within }) },
      } as const;
      const found = judged(bench, base, plan, accepted, words);
      if (found !== null && attempted !== null) done.add(attempted);
      return found;
    };
    yield { rank, varies, make };
  }
}

function titleOf(what: string, { missing, value, why }: Variation, form?: string): string {
  const medium = form === undefined || form === 'json' ? '' : ` in ${form}`;
  if (missing !== undefined) return `${what} missing (${why})${medium}`;
  return value === undefined
    ? `${what} absent (${why})${medium}`
    : `${what} = ${excerptForTitle(value as Json)} (${why})${medium}`;
}
