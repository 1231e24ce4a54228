import type { Document } from '../document/index.js';
import { CounterproofError, type Problem } from '../errors.js';
import { type AjvError, createAjv, type Target, type Validator } from './schema/ajv/instance.js';
import { metaSchemas } from './schema/meta.js';
import { addressOf, createPlaces, keyOf, type Place, type Resource } from './schema/places.js';
import { createSurveyor, type SchemaProblem } from './schema/survey.js';
import { createTranslator, type Destination } from './schema/translate.js';
import { violationsOf } from './schema/violations.js';
import type { Direction, JsonSchema, Schema, Schemas, Violation } from './types.js';

/**
 * The schemas of a document, each compiled when it is first used, and with it only what it leads to.
 *
 * JSON Schema 2020-12 with `format` asserted; `readOnly` members are not required of a request, `writeOnly`
 * ones not of a response (OpenAPI 3.1, 4.8.24).
 */
export function createSchemas(document: Document): Schemas {
  const places = createPlaces(document, metaSchemas);
  const surveyor = createSurveyor(places);
  const targets = new Map<string, Target>();
  const translator = createTranslator(places, keyFor);
  let ajv: ReturnType<typeof createAjv> | undefined;
  const scopes = new Map<Resource, Map<string, object>>();
  const schemas = new Map<string, Schema>();
  const inlines = new WeakMap<object, Map<string, Schema>>();

  function keyFor(destination: Destination): string {
    const { place, optional } = destination;
    const direction = sensitivity(place, destination.direction);
    const tracked = destination.tracked || surveyor.closure(place).traits.unevaluated;
    const key = [keyOf(place), direction ?? '', tracked ? 'tracked' : '', ...optional].join('\n');
    if (!targets.has(key)) {
      targets.set(key, targetFor({ place, direction, tracked, optional }));
    }
    return key;
  }

  /** The direction, where anything that a place leads to depends on it. */
  function sensitivity(place: Place, direction: Direction | null): Direction | null {
    const { readOnly, writeOnly } = surveyor.closure(place).traits;
    return (direction === 'request' && readOnly) || (direction === 'response' && writeOnly) ? direction : null;
  }

  function targetFor(destination: Destination): Target {
    const target = {
      validate: ((data, context) => {
        target.validate = compiled(destination);
        return target.validate(data, context);
      }) as Validator,
      enter: (outer: object) => ({ ...scopeOf(destination), ...outer }),
    };
    return target;
  }

  function compiled(destination: Destination): Validator {
    ajv ??= createAjv((key) => targets.get(key) as Target);
    try {
      return ajv.compile(translator.translate(destination), destination.tracked);
    } catch (error) {
      if (error instanceof RangeError) {
        throw error;
      }
      // The surveyor should have seen it: this is a mistake of this project, and must not pass for one of the data.
      const message = `The schema cannot be compiled: ${error instanceof Error ? error.message : error}`;
      const { place } = destination;
      const problem = { tree: place.tree.name, pointer: addressOf(place), message };
      throw new CounterproofError('UNSATISFIABLE_SCHEMA', located(problem, document));
    }
  }

  /** The dynamic anchors of the resource that a destination is in, as targets. */
  function scopeOf({ place: { resource }, direction, tracked }: Destination): object {
    if (resource.dynamicAnchors.size === 0) {
      return noAnchors;
    }
    const modes = scopes.get(resource) ?? new Map<string, object>();
    scopes.set(resource, modes);
    const mode = `${direction} ${tracked}`;
    let scope = modes.get(mode);
    if (!scope) {
      const anchors = Object.create(null) as Record<string, Target>;
      scope = anchors;
      modes.set(mode, scope);
      for (const [name, place] of resource.dynamicAnchors) {
        anchors[name] = targets.get(keyFor({ place, direction, tracked, optional: [] })) as Target;
      }
    }
    return scope;
  }

  function schemaAt(place: Place | undefined, pointer: string, value: JsonSchema, direction: Direction): Schema {
    let problems: readonly Problem[] | null = null;
    let target: Target | null = null;

    function findProblems(): readonly Problem[] {
      problems ??= surveyed().map((problem) => located(problem, document));
      return problems;
    }

    function surveyed(): readonly SchemaProblem[] {
      if (!place) {
        return [{ tree: '', pointer, message: 'There is no schema here' }];
      }
      try {
        return surveyor.closure(place).problems;
      } catch (error) {
        if (error instanceof RangeError) {
          return [{ tree: place.tree.name, pointer, message: 'The schema is nested too deeply to be read' }];
        }
        throw error;
      }
    }

    function run(data: unknown): readonly AjvError[] {
      if (!target) {
        if (!place || findProblems().length > 0) {
          throw new CounterproofError('UNSATISFIABLE_SCHEMA', findProblems());
        }
        target = targets.get(keyFor({ place, direction, tracked: false, optional: [] })) as Target;
      }
      const dynamicAnchors = target.enter(noAnchors);
      return target.validate(data, { dynamicAnchors }) ? [] : (target.validate.errors ?? []);
    }

    function validate(data: unknown, where: Violation['in'], at = ''): Violation[] {
      try {
        return violationsOf(run(data), translator.originOf, where, at);
      } catch (error) {
        if (error instanceof RangeError) {
          return [tooDeep(where, at, pointer)];
        }
        throw error;
      }
    }

    function accepts(data: unknown): boolean {
      try {
        return run(data).length === 0;
      } catch (error) {
        if (error instanceof RangeError) {
          return false;
        }
        throw error;
      }
    }

    return {
      pointer,
      direction,
      value,
      get problem() {
        return findProblems()[0] ?? null;
      },
      get problems() {
        return findProblems();
      },
      validate,
      accepts,
    };
  }

  return {
    document,
    at(pointer, direction) {
      const key = `${direction}${pointer}`;
      let schema = schemas.get(key);
      if (!schema) {
        const place = places.at(pointer);
        schema = schemaAt(place, pointer, (place?.value ?? false) as JsonSchema, direction);
        schemas.set(key, schema);
      }
      return schema;
    },
    inline(value, pointer, direction) {
      if (typeof value === 'boolean') {
        return schemaAt(places.inline(value, pointer), pointer, value, direction);
      }
      const known = inlines.get(value) ?? new Map<string, Schema>();
      inlines.set(value, known);
      const key = `${direction}${pointer}`;
      const schema = known.get(key) ?? schemaAt(places.inline(value, pointer), pointer, value, direction);
      known.set(key, schema);
      return schema;
    },
  };
}

const noAnchors = Object.freeze(Object.create(null)) as object;

/** Data that is nested beyond what the stack bears, in a schema that refers to itself. */
function tooDeep(where: Violation['in'], at: string, pointer: string): Violation {
  return {
    in: where,
    pointer: at,
    keyword: 'depth',
    message: 'is nested too deeply to be checked',
    expected: null,
    schemaPointer: pointer,
    params: {},
  };
}

/** A schema that is not in the document has no line in it: whoever gave it knows where it stands. */
function located({ tree, pointer, ...problem }: SchemaProblem, document: Document): Problem {
  return tree === ''
    ? { ...problem, location: document.locate(pointer) }
    : { ...problem, message: `${problem.message} (at ${pointer})` };
}
