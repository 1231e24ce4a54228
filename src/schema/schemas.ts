import type { Document, DocumentProblem } from '../document/index.js';
import { CounterproofError, type Problem } from '../errors.js';
import { orTooDeep } from '../text/or-too-deep.js';
import type { Work } from '../text/slices.js';
import { addressOf, type Place } from './place.js';
import { placesOf } from './places.js';
import type { Direction, JsonSchema, Schema, Schemas, Violation } from './types.js';
import type { SchemaProblem } from './validate/problem.js';
import { createStaged } from './validate/staged.js';
import { createSurveyor } from './validate/survey.js';
import { CompilationError, createTargets, noAnchors } from './validate/targets.js';
import type { AjvError, CreateCompiler, Target } from './validate/validator.js';
import { violationsOf } from './violations.js';

/**
 * The schemas of a document, each compiled when it is first used, and with it only what data reaches.
 *
 * JSON Schema 2020-12 with `format` asserted; `readOnly` members are not required of a request, `writeOnly`
 * ones not of a response (OpenAPI 3.1, 4.8.24).
 *
 * @param createCompiler by default the interpreter, and Ajv for what is called often
 */
export function createSchemas(document: Document, createCompiler: CreateCompiler = createStaged): Schemas {
  const places = placesOf(document);
  const surveyor = createSurveyor(places);
  const targets = createTargets(places, surveyor, createCompiler);
  const byPointer = new Map<string, Schema>();
  const inlines = new WeakMap<object, Map<string, Schema>>();

  /** Many schemas lead to the same problems. */
  const shown = new WeakMap<SchemaProblem, Problem | DocumentProblem>();

  function shownOf(found: SchemaProblem): Problem | DocumentProblem {
    const { warning, ...problem } = found;
    const known = shown.get(found);
    if (known !== undefined) return known;
    const own = located(problem, document);
    const made = warning ? ({ ...own, id: warning, takes: 'nothing' } as const) : own;
    shown.set(found, made);
    return made;
  }

  /** `place` is undefined where nothing stands at the pointer. */
  function createSchema(place: Place | undefined, pointer: string, direction: Direction): Schema {
    let found: { readonly problems: readonly Problem[]; readonly warnings: readonly DocumentProblem[] } | undefined;
    let target: Target | undefined;

    function surveyed(): NonNullable<typeof found> {
      if (!found) {
        const problems: Problem[] = [];
        const warnings: DocumentProblem[] = [];
        for (const problem of survey()) {
          const said = shownOf(problem);
          if ('id' in said) warnings.push(said);
          else problems.push(said);
        }
        found = { problems, warnings };
      }
      return found;
    }

    function* reading(): Work {
      if (place === undefined || found !== undefined) return;
      try {
        yield* surveyor.closure(place).surveying();
      } catch (error) {
        // Whoever asks what is wrong with it hears that it is too deep.
        if (!(error instanceof RangeError)) throw error;
      }
    }

    function survey(): readonly SchemaProblem[] {
      if (!place) return [{ tree: '', pointer, message: 'There is no schema here' }];
      return orTooDeep(
        () => surveyor.closure(place).problems,
        () => [{ tree: place.tree.name, pointer, message: 'The schema is nested too deeply to be read' }],
      );
    }

    function errorsOf(data: unknown, isFixed = false): readonly AjvError[] {
      if (!target) {
        const { problems } = surveyed();
        if (!place || problems.length > 0) throw new CounterproofError('UNSATISFIABLE_SCHEMA', problems);
        target = targets.at(place, direction);
      }
      try {
        const dynamicAnchors = target.enter(noAnchors);
        return target.validate(data, { dynamicAnchors, isFixed }) ? [] : (target.validate.errors ?? []);
      } catch (error) {
        throw error instanceof CompilationError ? notCompiled(error, document) : error;
      }
    }

    return {
      pointer,
      direction,
      value: (place?.value ?? false) as JsonSchema,
      get problem() {
        return surveyed().problems[0] ?? null;
      },
      get problems() {
        return surveyed().problems;
      },
      get warnings() {
        return surveyed().warnings;
      },
      reading,
      validate: (data, where, at = '') =>
        orTooDeep(
          () => violationsOf(errorsOf(data), targets.originOf, where, at),
          () => [tooDeep(where, at, pointer)],
        ),
      accepts: (data, isFixed) =>
        orTooDeep(
          () => errorsOf(data, isFixed).length === 0,
          () => false,
        ),
    };
  }

  return {
    document,
    at(pointer, direction) {
      const key = `${direction} ${pointer}`;
      const schema = byPointer.get(key) ?? createSchema(places.at(pointer), pointer, direction);
      byPointer.set(key, schema);
      return schema;
    },
    inline(value, pointer, direction, isForeign = false) {
      if (typeof value === 'boolean') return createSchema(places.inline(value, pointer), pointer, direction);
      const known = inlines.get(value) ?? new Map<string, Schema>();
      inlines.set(value, known);
      const key = `${direction} ${pointer}${isForeign ? ' foreign' : ''}`;
      const schema = known.get(key) ?? createSchema(places.inline(value, pointer, isForeign), pointer, direction);
      known.set(key, schema);
      return schema;
    },
  };
}

/** Data that is nested beyond what the stack bears, in a schema that refers to itself. */
function tooDeep(where: Violation['in'], at: string, schemaPointer: string): Violation {
  const message = 'is nested too deeply to be checked';
  return { in: where, pointer: at, keyword: 'depth', message, expected: null, schemaPointer, params: {} };
}

function notCompiled({ place, message }: CompilationError, document: Document): CounterproofError {
  const problem = { tree: place.tree.name, pointer: addressOf(place), message: `Ajv cannot compile it: ${message}` };
  return new CounterproofError('UNSATISFIABLE_SCHEMA', located(problem, document));
}

/** A schema that is not in the document has no line in it: whoever gave it knows where it stands. */
function located({ tree, pointer, ...problem }: SchemaProblem, document: Document): Problem {
  return tree === ''
    ? { ...problem, location: document.locate(pointer) }
    : { ...problem, message: `${problem.message} (at ${pointer})` };
}
