import { addAll } from '../../../text/many.js';
import { isObject, type Json } from '../../../text/value.js';
import type { Compiler, Target, Validator } from '../validator.js';
import { applicators } from './applicators.js';
import { assertions } from './assertions.js';
import { type Check, type Rule, type Site, Spot } from './check.js';

const isOfType: Readonly<Record<string, (data: unknown) => boolean>> = {
  null: (data) => data === null,
  boolean: (data) => typeof data === 'boolean',
  integer: (data) => typeof data === 'number' && !(data % 1) && !Number.isNaN(data),
  number: (data) => typeof data === 'number',
  string: (data) => typeof data === 'string',
  array: Array.isArray,
  object: (data) => typeof data === 'object' && data !== null && !Array.isArray(data),
};

/** The keywords by the type that they are for, in the order in which Ajv asks them. */
const groups: readonly (readonly [type: string | null, rules: readonly (readonly [string, Rule<never>])[]])[] = [
  [null, Object.entries({ ...applicators.any, ...assertions.any })],
  ['number', Object.entries(assertions.number)],
  ['string', Object.entries(assertions.string)],
  ['array', Object.entries({ ...assertions.arrayCounts, ...applicators.array, ...assertions.array })],
  ['object', Object.entries({ ...assertions.object, ...applicators.object })],
];

/**
 * Validators as closures, for where no code may be made from strings (workers, a page with a strict Content-Security-
 * Policy). They take what Ajv takes, and leave the same errors in the same order; see docs/decisions/no-eval.md.
 */
export function createInterpreter(target: (key: string) => Target): Compiler {
  return {
    compile(schema, tracked) {
      const check = checkOf(schema, tracked, target);
      const validate: Validator = (data, { instancePath = '', dynamicAnchors = {}, isFixed = false } = {}) => {
        const spot = new Spot(null, instancePath, dynamicAnchors, [], isFixed);
        check(data, spot);
        validate.errors = spot.errors;
        if (tracked) validate.evaluated = spot.evaluated;
        return spot.errors.length === 0;
      };
      return validate;
    },
  };
}

function checkOf(schema: Json, tracked: boolean, target: Site['target']): Check {
  if (!isObject(schema)) return () => {};
  const site: Site = {
    schema,
    tracked,
    target,
    check: (inner) => checkOf(inner, tracked, target),
    fail(keyword, data, spot, params = {}) {
      spot.errors.push({
        instancePath: spot.path,
        keyword,
        params,
        schema: schema[keyword],
        parentSchema: schema,
        data,
      });
    },
  };
  const types = schema.type === undefined ? [] : [schema.type].flat().map(String);
  const checkType: Check = (data, spot) => {
    if (!types.some((type) => isOfType[type]?.(data))) site.fail('type', data, spot, { type: schema.type });
  };
  const steps: Check[] = [];
  let typed = types.length === 0;
  for (const [type, rules] of groups) {
    const asked = rules.filter(([keyword]) => schema[keyword] !== undefined);
    if (asked.length === 0) continue;
    const all = asked.flatMap(([keyword, rule]) => (rule(schema[keyword] as never, site) as Check | undefined) ?? []);
    if (type === null) {
      addAll(steps, all);
    } else {
      // A lone type is asked for where its keywords are, as Ajv does it: the order of the errors depends on it.
      const only = types.length === 1 && types[0] === type;
      typed ||= only;
      steps.push((data, spot) => {
        if (isOfType[type]?.(data)) for (const check of all) check(data, spot);
        else if (only) checkType(data, spot);
      });
    }
  }
  if (!typed) steps.unshift(checkType);
  return (data, spot) => {
    for (const step of steps) step(data, spot);
  };
}
