import { keyOf, type Place, type Places, type Resource } from '../place.js';
import type { Direction } from '../types.js';

import { Pass } from './remembered.js';
import type { Surveyor } from './survey.js';
import { createTranslator, type Destination, type Origin } from './translate.js';
import type { Compiler, CreateCompiler, Target, Validator } from './validator.js';

/** The compiled schemas of a document, each for the place, direction and use that make it differ from others. */
export interface Targets {
  /** The schema at a place, which has no problems. */
  at(place: Place, direction: Direction): Target;
  /** Where an object of a translated schema comes from. */
  originOf(translated: object): Origin | undefined;
}

/** No dynamic anchors: the scope outside everything. */
export const noAnchors = Object.freeze(Object.create(null)) as object;

/** A translation that Ajv refuses: the surveyor should have seen what is wrong with the schema. */
export class CompilationError extends Error {
  constructor(
    readonly place: Place,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Compiles a schema when it is first called, so that data pays only for what it reaches. */
export function createTargets(places: Places, surveyor: Surveyor, createCompiler: CreateCompiler): Targets {
  const targets = new Map<string, Target>();
  const translator = createTranslator(places, keyFor);
  const scopes = new Map<Resource, Map<string, object>>();
  const targetOf = (key: string) => targets.get(key) as Target;
  const pass = new Pass(surveyor);
  let compiler: Compiler | undefined;

  function keyFor(destination: Destination): string {
    const { place, optional } = destination;
    const direction = sensitivity(place, destination.direction);
    const tracked = destination.tracked || surveyor.closure(place).traits.unevaluated;
    const key = [keyOf(place), direction ?? '', tracked ? 'tracked' : '', ...optional].join('\n');
    if (!targets.has(key)) targets.set(key, createTarget({ place, direction, tracked, optional }, key));
    return key;
  }

  function targetFor(destination: Destination): Target {
    return targets.get(keyFor(destination)) as Target;
  }

  /** The direction, where anything that a place leads to depends on it. */
  function sensitivity(place: Place, direction: Direction | null): Direction | null {
    const { readOnly, writeOnly } = surveyor.closure(place).traits;
    return (direction === 'request' && readOnly) || (direction === 'response' && writeOnly) ? direction : null;
  }

  function createTarget(destination: Destination, key: string): Target {
    const target = {
      validate: ((data, context) => {
        target.validate = compile(destination, key);
        return target.validate(data, context);
      }) as Validator,
      enter(outer: object) {
        const scope = scopeOf(destination);
        return scope === noAnchors ? outer : { ...scope, ...outer };
      },
    };
    return target;
  }

  function compile(destination: Destination, key: string): Validator {
    compiler ??= createCompiler(targetOf);
    const schema = translator.translate(destination);
    try {
      const validate = compiler.compile(schema, destination.tracked, key);
      const { place } = destination;
      return surveyor.closure(place).traits.dynamic ? validate : pass.of(place, validate);
    } catch (error) {
      // The stack may be used up by data that is nested too deeply: then nothing is wrong with the schema.
      throw error instanceof RangeError ? error : new CompilationError(destination.place, error);
    }
  }

  /** The dynamic anchors of the resource that a destination is in, as targets. */
  function scopeOf({ place: { resource }, direction, tracked }: Destination): object {
    if (resource.dynamicAnchors.size === 0) return noAnchors;
    const modes = scopes.get(resource) ?? new Map<string, object>();
    scopes.set(resource, modes);
    const mode = `${direction} ${tracked}`;
    let scope = modes.get(mode);
    if (!scope) {
      scope = Object.create(null) as Record<string, Target>;
      modes.set(mode, scope);
      for (const [name, place] of resource.dynamicAnchors) {
        Object.assign(scope, { [name]: targetFor({ place, direction, tracked, optional: [] }) });
      }
    }
    return scope;
  }

  return {
    at: (place, direction) => targetFor({ place, direction, tracked: false, optional: [] }),
    originOf: translator.originOf,
  };
}
