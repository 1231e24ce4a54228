import { formats } from '../../formats.js';
import { helpers } from '../helpers.js';
import { falseSchema } from '../translate.js';
import type { Check, Rule, Site } from './check.js';

type Members = Readonly<Record<string, unknown>>;

/** A bound of a number; `comparison` is how Ajv writes that it is kept. */
function bound(keyword: string, comparison: string, isBeyond: (data: number, limit: number) => boolean) {
  return (limit: number, site: Site): Check<number> =>
    (data, spot) => {
      if (isBeyond(data, limit) || Number.isNaN(data)) site.fail(keyword, data, spot, { comparison, limit });
    };
}

/** A bound of a size. */
function size<Data>(keyword: string, sizeOf: (data: Data) => number, sign: 1 | -1) {
  return (limit: number, site: Site): Check<Data> =>
    (data, spot) => {
      if ((sizeOf(data) - limit) * sign > 0) site.fail(keyword, data, spot, { limit });
    };
}

function format(type: 'number' | 'string') {
  return (name: string, site: Site): Check | undefined => {
    const known = Object.hasOwn(formats, name) ? formats[name] : undefined;
    const isTyped = typeof known === 'object' && !(known instanceof RegExp) && 'validate' in known;
    const validate = isTyped ? known.validate : known;
    if ((isTyped ? (known.type ?? 'string') : 'string') !== type) return undefined;
    const holds = validate instanceof RegExp ? (data: unknown) => validate.test(String(data)) : validate;
    if (typeof holds !== 'function') return undefined;
    return (data, spot) => {
      if (!(holds as (data: unknown) => boolean)(data)) site.fail('format', data, spot, { format: name });
    };
  };
}

/** Whether a member is there. One that is undefined is not in the JSON. */
export function has(data: Members, name: string): boolean {
  return Object.hasOwn(data, name) && data[name] !== undefined;
}

/** Names that are demanded where a member is there. */
export function demands(
  keyword: string,
  names: Readonly<Record<string, readonly string[]>>,
  site: Site,
): Check<Members> {
  return (data, spot) => {
    for (const [property, wanted] of Object.entries(names)) {
      if (!has(data, property)) continue;
      const params = { property, depsCount: wanted.length, deps: wanted.join(', ') };
      for (const missingProperty of wanted) {
        if (!has(data, missingProperty)) site.fail(keyword, data, spot, { ...params, missingProperty });
      }
    }
  };
}

const membersOf = (data: Members): number => Object.keys(data).length;
const itemsOf = (data: readonly unknown[]): number => data.length;

/** The keywords that judge a value by itself, by type, in Ajv's order. */
export const assertions = {
  any: {
    enum: (allowedValues: unknown[], site) => {
      const isMember = helpers.membership(allowedValues);
      return (data, spot) => {
        if (!isMember(data)) site.fail('enum', data, spot, { allowedValues });
      };
    },
    [falseSchema]: (_value: true, site) => (data, spot) => site.fail(falseSchema, data, spot),
  } satisfies Record<string, Rule>,
  number: {
    maximum: bound('maximum', '<=', (data, limit) => data > limit),
    minimum: bound('minimum', '>=', (data, limit) => data < limit),
    exclusiveMaximum: bound('exclusiveMaximum', '<', (data, limit) => data >= limit),
    exclusiveMinimum: bound('exclusiveMinimum', '>', (data, limit) => data <= limit),
    format: format('number'),
    multipleOf: (divisor: number, site) => (data, spot) => {
      if (!helpers.isMultipleOf(data, divisor)) site.fail('multipleOf', data, spot, { multipleOf: divisor });
    },
  } satisfies Record<string, Rule<number>>,
  string: {
    maxLength: size('maxLength', helpers.ucs2length, 1),
    minLength: size('minLength', helpers.ucs2length, -1),
    pattern: (pattern: string, site) => {
      const compiled = helpers.patternOf(pattern);
      return (data, spot) => {
        if (!compiled.test(data)) site.fail('pattern', data, spot, { pattern });
      };
    },
    format: format('string'),
  } satisfies Record<string, Rule<string>>,
  arrayCounts: {
    maxItems: size('maxItems', itemsOf, 1),
    minItems: size('minItems', itemsOf, -1),
  } satisfies Record<string, Rule<readonly unknown[]>>,
  array: {
    uniqueItems: (wanted: boolean, site) => (data, spot) => {
      const pair = wanted ? helpers.firstDuplicate(data) : null;
      if (pair) site.fail('uniqueItems', data, spot, { i: pair[0], j: pair[1] });
    },
  } satisfies Record<string, Rule<readonly unknown[]>>,
  object: {
    maxProperties: size('maxProperties', membersOf, 1),
    minProperties: size('minProperties', membersOf, -1),
    required: (names: readonly string[], site) => (data, spot) => {
      for (const missingProperty of names) {
        if (!has(data, missingProperty)) site.fail('required', data, spot, { missingProperty });
      }
    },
  } satisfies Record<string, Rule<Members>>,
};
