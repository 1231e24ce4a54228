import type { Json, JsonObject } from '../../document/index.js';
import { pointerOf } from '../../document/pointer.js';
import type { Violation } from '../types.js';
import type { AjvError } from './ajv/instance.js';
import { isObject } from './keywords.js';
import { messageFor } from './messages.js';
import { type Origin, pointerTo } from './translate.js';

/** Keywords whose violation is about one member, by the parameter of Ajv that names it. */
const memberParameters: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  dependencies: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
  propertyNames: 'propertyName',
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
        found.push([{ ...violation(error), params: { ...violation(error).params, violations: read(start, end - 1) } }]);
      } else if (error.keyword !== 'if') {
        // What `then` or `else` says is there already; `if` adds nothing.
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
    const member = memberParameters[keyword] === undefined ? undefined : params[memberParameters[keyword]];
    const value = originalValue(origin, keyword);
    const expected = demandsMember.has(keyword) ? (member as string) : value;
    const received = receivedBy(error, member);
    return {
      in: where,
      pointer: at + error.instancePath + (typeof member === 'string' ? pointerOf(member) : ''),
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
    const chosen = chosenByDiscriminator(error, branches) ?? onlyMeant(summary.pointer, branches);
    return chosen ?? [{ ...summary, params: { ...summary.params, branches } }];
  }

  function chosenByDiscriminator(error: AjvError, branches: Violation[][]): Violation[] | undefined {
    const origin = originOf(error.parentSchema);
    const schema = origin?.value;
    if (typeof schema !== 'object' || !isObject(schema.discriminator) || !isObject(error.data as Json)) {
      return undefined;
    }
    const property = schema.discriminator.propertyName;
    const tag = typeof property === 'string' ? (error.data as JsonObject)[property] : undefined;
    const mapping = isObject(schema.discriminator.mapping) ? schema.discriminator.mapping : {};
    const alternatives = Array.isArray(schema[error.keyword]) ? (schema[error.keyword] as Json[]) : [];
    const target = typeof tag === 'string' && Object.hasOwn(mapping, tag) ? mapping[tag] : tag;
    const index = alternatives.findIndex((alternative) => {
      const reference = isObject(alternative) ? alternative.$ref : undefined;
      return typeof reference === 'string' && (reference === target || reference.split('/').at(-1) === target);
    });
    const chosen = branches[index];
    return chosen && chosen.length > 0 ? chosen : undefined;
  }

  return read(0, errors.length);
}

/** The alternative that is of the right type and tag, where it is the only one. */
function onlyMeant(pointer: string, branches: Violation[][]): Violation[] | undefined {
  const failing = branches.filter((branch) => branch.length > 0);
  const meant = failing.filter(
    (branch) =>
      !branch.some((one) => one.pointer === pointer && ['type', 'const', 'enum', 'false schema'].includes(one.keyword)),
  );
  return failing.length === branches.length && meant.length === 1 ? meant[0] : undefined;
}

function originalValue(origin: Origin | undefined, keyword: string): Json {
  const schema = origin?.value;
  return typeof schema === 'object' && Object.hasOwn(schema, keyword) ? (schema[keyword] as Json) : false;
}

function receivedBy(error: AjvError, member: unknown): unknown {
  if (error.keyword === 'propertyNames') {
    return member;
  }
  return typeof member === 'string' ? (error.data as Record<string, unknown>)[member] : error.data;
}
