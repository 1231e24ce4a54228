import { type Content, type Parameter, serializeParameter } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Base } from './base-request.js';
import { bodyFor } from './body-values.js';
import { formOf, keepsTypes } from './body-writer.js';
import type { Draft } from './draft.js';
import { judged } from './draft-of.js';
import { hasVagueBody } from './parameter-owners.js';
import { valueFor } from './parameter-values.js';
import { type Plan, withParameter } from './plan.js';
import { type Variation, variationsOf } from './variations.js';
import { isDoubtful } from './wire-doubts.js';
import type { Workbench } from './workbench.js';

/** Cases that exchange one place of one parameter or of the body: those to be accepted, and those to be refused. */
export function* varied(bench: Workbench, base: Base): Iterable<Draft> {
  for (const parameter of base.parameters) yield* variedParameter(bench, base, parameter);
  for (const content of bench.operation.requestBody?.content ?? []) yield* variedBody(bench, base, content);
}

function* variedParameter(bench: Workbench, base: Base, parameter: Parameter): Iterable<Draft> {
  const chosen = base.plan.parameters.get(parameter);
  const value = chosen && 'value' in chosen ? chosen.value : valueFor(bench, parameter);
  if (value === undefined || parameter.schema.problem !== null) return;
  const typed = parameter.mediaType !== null;
  const once = new Attempts();
  for (const variation of variationsOf(bench, parameter.schema.pointer, value, typed)) {
    if (variation.whole === undefined || variation.whole === null || once.isDone(variation)) continue;
    const text = serializeParameter(parameter, variation.whole);
    if (text === null || isDoubtful(parameter, text)) continue;
    // Whether nothing is an empty list is everybody's own affair.
    // `1e+21` is a number to some.
    if (typeof variation.whole === 'number' && /e/.test(String(variation.whole))) continue;
    const isEmpty = variation.whole === '' || (Array.isArray(variation.whole) && variation.whole.length === 0);
    if (isEmpty && (parameter.allowEmptyValue || typeof value === 'object')) continue;
    const plan = withParameter(base.plan, parameter, { value: variation.whole });
    const found = judged(bench, base, plan, variation.accepted, {
      aspect: variation.accepted ? 'accepted' : 'rejected',
      rank: variation.rank,
      title: titleOf(`${parameter.name}${variation.path}`, variation),
      varies: { in: parameter.in, name: parameter.name, keyword: variation.keyword, pointer: variation.pointer },
    });
    if (found === null) continue;
    once.done(variation);
    yield found;
  }
}

function* variedBody(bench: Workbench, base: Base, content: Content): Iterable<Draft> {
  const body = base.plan.body?.content === content ? base.plan.body : bodyFor(bench, content);
  if (body === null || content.schema === null || content.schema.problem !== null) return;
  const typed = keepsTypes(content);
  const mayBeDropped = hasVagueBody(bench.operation) && !bench.operation.requestBody?.required;
  const once = new Attempts();
  for (const variation of variationsOf(bench, content.schema.pointer, body.value, typed)) {
    if (variation.whole === undefined || once.isDone(variation)) continue;
    if (mayBeDropped && !variation.accepted) continue;
    // An empty field of a form is often read as an absent one.
    if (!typed && variation.value === '') continue;
    const plan: Plan = { ...base.plan, body: { ...body, value: variation.whole } };
    const found = judged(bench, base, plan, variation.accepted, {
      aspect: variation.accepted ? 'accepted' : 'rejected',
      rank: variation.rank,
      title: titleOf(`body${variation.path}`, variation, formOf(content.mediaType) ?? undefined),
      varies: {
        in: 'body',
        name: variation.name,
        keyword: variation.keyword,
        pointer: variation.pointer,
      },
    });
    if (found === null) continue;
    once.done(variation);
    yield found;
  }
}

/** Remembers which of several attempts at one keyword have turned out right. */
class Attempts {
  readonly #done = new Set<string>();

  isDone(variation: Variation): boolean {
    return variation.attempt === true && this.#done.has(keyOf(variation));
  }

  done(variation: Variation): void {
    if (variation.attempt) this.#done.add(keyOf(variation));
  }
}

function keyOf({ path, pointer }: Variation): string {
  return `${path} ${pointer}`;
}

function titleOf(what: string, { missing, value, why }: Variation, form?: string): string {
  const medium = form === undefined || form === 'json' ? '' : ` in ${form}`;
  if (missing !== undefined) return `${what} missing (${why})${medium}`;
  return value === undefined
    ? `${what} absent (${why})${medium}`
    : `${what} = ${excerpt(value as Json, 60)} (${why})${medium}`;
}
