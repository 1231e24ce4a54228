import { type BranchTags, helpers } from '../helpers.js';
import { noAnchors } from '../targets.js';
import { anyBranch, containedItems, taggedBranches } from '../translate.js';
import type { Target } from '../validator.js';
import { demands, has } from './assertions.js';
import { type Check, each, holds, inPlace, inside, type Rule, type Site, type Spot } from './check.js';

type Members = Readonly<Record<string, unknown>>;
type SchemaValue = boolean | { readonly [name: string]: never };

function* range(from: number, end: number): Generator<number> {
  for (let index = from; index < end; index += 1) yield index;
}

/** What a member that nothing else describes has to be; false: nothing. */
function beyond(keyword: string, parameter: string, value: SchemaValue, site: Site) {
  const check = value === false ? null : site.check(value);
  return (data: Members, name: string, spot: Spot): boolean => {
    if (check) return inside(check, data[name], name, spot);
    site.fail(keyword, data, spot, { [parameter]: name });
    return false;
  };
}

/** Longer texts are not kept to be known again, in UTF-16 code units. */
const longestKnown = 1000;

/** Longer arrays are not kept either, in items. */
const longestList = 100;

const isShort = (value: unknown): boolean =>
  Array.isArray(value) ? value.length <= longestList : typeof value === 'object';

const isShortScalar = (value: unknown): boolean =>
  typeof value === 'string' ? value.length <= longestKnown : typeof value !== 'object' || value === null;

function call(target: Target, dynamicAnchors: object, data: unknown, spot: Spot, { tracked }: Site): void {
  const { validate } = target;
  const valid = validate(data, { instancePath: spot.path, dynamicAnchors, isFixed: spot.isFixed });
  if (tracked) {
    const { props = {}, items = 0 } = target.validate.evaluated ?? {};
    spot.adopt({ props: props === true ? true : { ...props }, items });
  }
  if (!valid) for (const error of target.validate.errors ?? []) spot.errors.push(error);
}

/** `anyOf` and `oneOf`, with the number of errors that each branch left before the summary; at most so many may match. */
function union(keyword: 'anyOf' | 'oneOf', mostOfKeyword: number) {
  function fail(site: Site, data: unknown, spot: Spot, branches: number[], passing: number[]): void {
    const twice = passing.length > 1 ? passing : null;
    site.fail(keyword, data, spot, keyword === 'anyOf' ? { branches } : { branches, passing: twice });
    // Nothing fits, so the whole fails: that no branch has evaluated anything would only be noise.
    spot.adopt({ props: true, items: true });
  }

  return (schemas: SchemaValue[], site: Site): Check => {
    const checks = schemas.map(site.check);
    const most = site.schema[anyBranch] === true ? checks.length : mostOfKeyword;
    const tags = (site.schema[taggedBranches] as Readonly<Record<string, BranchTags>> | undefined)?.[keyword];
    const nameOf = tags ? helpers.branchNamer(tags) : () => -1;
    return (data, spot) => {
      const before = spot.errors.length;
      const branches = checks.map(() => 0);
      const passing: number[] = [];
      const named = nameOf(data);
      const asked = named < 0 ? checks.entries() : [[named, checks[named] as Check] as const];
      for (const [index, check] of asked) {
        const start = spot.errors.length;
        const inner = inPlace(spot);
        check(data, inner);
        branches[index] = spot.errors.length - start;
        if (branches[index] > 0) continue;
        passing.push(index);
        if (passing.length > most) break;
        spot.adopt(inner);
        // Where nothing asks what was evaluated, the first branch that matches is enough for `anyOf`.
        if (most > 1 && !site.tracked) break;
      }
      if (passing.length > 0 && passing.length <= most) spot.errors.length = before;
      else fail(site, data, spot, branches, passing);
    };
  };
}

function dependentSchemas(schemas: Readonly<Record<string, SchemaValue>>, site: Site): Check<Members> {
  const checks = Object.entries(schemas).map(([name, schema]) => [name, site.check(schema)] as const);
  return (data, spot) => {
    for (const [name, check] of checks) {
      if (!has(data, name)) continue;
      const inner = inPlace(spot);
      const before = spot.errors.length;
      check(data, inner);
      if (spot.errors.length === before) spot.adopt(inner);
    }
  };
}

/** The keywords that apply schemas, by the type of value, in Ajv's order. */
export const applicators = {
  any: {
    const: (allowedValue: unknown, site) => (data, spot) => {
      if (!helpers.equal(data, allowedValue)) site.fail('const', data, spot, { allowedValue });
    },
    not: (schema: SchemaValue, site) => {
      const check = site.check(schema);
      return (data, spot) => {
        if (holds(check, data, spot)) site.fail('not', data, spot);
      };
    },
    allOf: (schemas: SchemaValue[], site) => {
      const checks = schemas.map(site.check);
      return (data, spot) => {
        for (const check of checks) {
          const inner = inPlace(spot);
          check(data, inner);
          spot.adopt(inner);
        }
      };
    },
    $ref: (key: string, site) => {
      const called = site.target(key);
      const leaves = site.schema.$leavesResource;
      return (data, spot) =>
        call(called, leaves ? called.enter(spot.dynamicAnchors) : spot.dynamicAnchors, data, spot, site);
    },
    $dynamicRef: ({ anchor, key }: { anchor: string; key: string }, site) => {
      const fallback = site.target(key);
      return (data, spot) => {
        const called = (spot.dynamicAnchors as Record<string, Target>)[anchor] ?? fallback;
        call(called, called.enter(spot.dynamicAnchors), data, spot, site);
      };
    },
    anyOf: union('anyOf', Number.POSITIVE_INFINITY),
    oneOf: union('oneOf', 1),
    if: (condition: SchemaValue, site) => {
      const [check, then, otherwise] = [condition, site.schema.then ?? true, site.schema.else ?? true].map(site.check);
      return (data, spot) => {
        const held = holds(check as Check, data, spot);
        if (held) spot.adopt(held);
        const inner = inPlace(spot);
        ((held ? then : otherwise) as Check)(data, inner);
        spot.adopt(inner);
      };
    },
  } satisfies Record<string, Rule>,
  array: {
    prefixItems: (schemas: SchemaValue[], site) => {
      const checks = schemas.map(site.check);
      return (data, spot) => {
        spot.adopt({ props: {}, items: checks.length });
        for (const [index, check] of checks.entries()) {
          if (index < data.length) inside(check, data[index], index, spot);
        }
      };
    },
    items: (schema: SchemaValue, site) => {
      const from = (site.schema.prefixItems as unknown[] | undefined)?.length ?? 0;
      const check = site.check(schema);
      return (data, spot) => {
        if (site.tracked) spot.evaluated.items = true;
        if (schema !== false) each(range(from, data.length), spot, (index) => inside(check, data[index], index, spot));
        else if (data.length > from) site.fail('items', data, spot, { limit: from });
      };
    },
    contains: (schema: SchemaValue, site) => {
      const check = site.check(schema);
      const min = Number(site.schema.minContains ?? 1);
      const max = site.schema.maxContains as number | undefined;
      return (data, spot) => {
        const count = data.filter((item) => holds(check, item, spot)).length;
        if (count >= min && (max === undefined || count <= max)) return;
        site.fail('contains', data, spot, { minContains: min, ...(max !== undefined && { maxContains: max }) });
      };
    },
    unevaluatedItems: (schema: SchemaValue, site) => {
      const check = site.check(schema);
      const pairs = ((site.schema[containedItems] ?? []) as SchemaValue[]).map(site.check);
      return (data, spot) => {
        const evaluated = spot.evaluated.items;
        spot.evaluated.items = true;
        if (evaluated === true) return;
        const contained = new Set<number>();
        for (let pair = 0; pair < pairs.length; pair += 2) {
          if (!holds(pairs[pair] as Check, data, spot)) continue;
          for (const index of range(evaluated, data.length)) {
            if (holds(pairs[pair + 1] as Check, data[index], spot)) contained.add(index);
          }
        }
        each(range(evaluated, data.length), spot, (index) => {
          if (contained.has(index)) return true;
          if (schema !== false) return inside(check, data[index], index, spot);
          site.fail('unevaluatedItems', data, spot, { item: index });
          return false;
        });
      };
    },
  } satisfies Record<string, Rule<readonly unknown[]>>,
  object: {
    dependencies: (held: Readonly<Record<string, never>>, site) => {
      const isList = ([, value]: readonly [string, unknown]) => Array.isArray(value);
      const lists = demands('dependencies', Object.fromEntries(Object.entries(held).filter(isList)), site);
      const others = Object.entries(held).filter((entry) => !isList(entry));
      const schemas = dependentSchemas(Object.fromEntries(others), site);
      return (data, spot) => {
        lists(data, spot);
        schemas(data, spot);
      };
    },
    properties: (schemas: Readonly<Record<string, SchemaValue>>, site) => {
      const names = Object.keys(schemas);
      const evaluated = site.tracked ? Object.fromEntries(names.map((name) => [name, true as const])) : {};
      // Most members of a large object are never there.
      const checks: Check[] = [];
      // Whoever makes or changes a row asks of it again and again with another value for one member: of each member the value
      // that was right last is known. Arrays and objects may be changed in place by whoever holds them, unless he says that they are not.
      const right: unknown[] = [];
      return (data, spot) => {
        if (site.tracked) spot.adopt({ props: evaluated, items: 0 });
        const isAlone = spot.dynamicAnchors === noAnchors;
        for (let index = 0; index < names.length; index += 1) {
          const name = names[index] as string;
          if (!has(data, name)) continue;
          const value = data[name];
          const mayBeKnown = isAlone && (isShortScalar(value) || (spot.isFixed && isShort(value)));
          if (mayBeKnown && Object.is(right[index], value)) continue;
          const check = checks[index] ?? site.check(schemas[name] as SchemaValue);
          checks[index] = check;
          if (inside(check, value, name, spot) && mayBeKnown) right[index] = value;
        }
      };
    },
    patternProperties: (schemas: Readonly<Record<string, SchemaValue>>, site) => {
      const checks = Object.entries(schemas).map(([pattern, schema]) => ({
        pattern: helpers.patternOf(pattern),
        check: site.check(schema),
      }));
      return (data, spot) => {
        for (const { pattern, check } of checks) {
          for (const name of Object.keys(data)) {
            if (!pattern.test(name)) continue;
            inside(check, data[name], name, spot);
            if (site.tracked) spot.adopt({ props: { [name]: true }, items: 0 });
          }
        }
      };
    },
    dependentRequired: (names: Readonly<Record<string, readonly string[]>>, site) =>
      demands('dependentRequired', names, site),
    dependentSchemas,
    additionalProperties: (schema: SchemaValue, site) => {
      const isOther = helpers.isAdditional(site.schema.properties as object, site.schema.patternProperties as object);
      const isValid = beyond('additionalProperties', 'additionalProperty', schema, site);
      return (data, spot) => {
        if (site.tracked) spot.evaluated.props = true;
        each(Object.keys(data), spot, (name) => !isOther(name) || isValid(data, name, spot));
      };
    },
    propertyNames: (schema: SchemaValue, site) => {
      const check = site.check(schema);
      return (data, spot) =>
        each(Object.keys(data), spot, (propertyName) => {
          const before = spot.errors.length;
          check(propertyName, inPlace(spot));
          const count = spot.errors.length - before;
          if (count > 0) site.fail('propertyNames', data, spot, { propertyName, branches: [count] });
          return count === 0;
        });
    },
    unevaluatedProperties: (schema: SchemaValue, site) => {
      const isValid = beyond('unevaluatedProperties', 'unevaluatedProperty', schema, site);
      return (data, spot) => {
        const { props } = spot.evaluated;
        spot.evaluated.props = true;
        if (props === true) return;
        each(Object.keys(data), spot, (name) => Object.hasOwn(props, name) || isValid(data, name, spot));
      };
    },
  } satisfies Record<string, Rule<Members>>,
};
