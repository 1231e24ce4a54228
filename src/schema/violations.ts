import { pointerOf } from '../text/pointer.js';
import type { Json } from '../text/value.js';
import { meantBy } from './meant.js';
import { messageFor } from './messages.js';
import type { Violation } from './types.js';
import { type Origin, pointerTo } from './validate/translate.js';
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

/** With what is wrong with each alternative, for whoever wants to know. */
function summarize(summary: Violation, branches: Violation[][]): Violation {
  return { ...summary, params: { ...summary.params, branches } };
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
