import { isObject, type Json } from '../../text/value.js';
import { createAjv } from './instance.js';
import { createInterpreter } from './interpret/interpreter.js';
import type { Compiler, Target, Validator } from './validator.js';

/** So often a schema is interpreted: making code of it costs about as much. */
const interpretedCalls = 200;
/** The same of data that nobody changes in place: of that little is judged again that was right before. */
const interpretedFixed = 2000;

/** Of more schemas inside one another no code is made: it would take longer than a request may wait. */
const maximumSchemas = 300;

/**
 * Interprets a schema until it has been called often, and then has Ajv make code of it: most schemas of a large document
 * are met a few times. Where no code may be made from strings (a worker, a page with a strict policy), it goes on interpreting.
 */
export function createStaged(target: (key: string) => Target): Compiler {
  const interpreter = createInterpreter(target);
  let ajv: Compiler | null = null;
  let mayMakeCode = true;

  /** null where it cannot be made, or not here: the stack may be nearly used up by data that is nested deeply. */
  function codeOf(...[schema, tracked, key]: Parameters<Compiler['compile']>): Validator | null {
    try {
      ajv ??= createAjv(target);
      return ajv.compile(schema, tracked, key);
    } catch (error) {
      if (error instanceof EvalError) mayMakeCode = false;
      return null;
    }
  }

  return {
    compile(schema, tracked, key) {
      const interpreted = interpreter.compile(schema, tracked, key);
      let current = interpreted;
      let calls = 0;
      let isSettled = false;
      const validate: Validator = (data, context) => {
        calls += context?.isFixed === true ? interpretedCalls / interpretedFixed : 1;
        if (calls >= interpretedCalls && mayMakeCode && !isSettled) {
          const made = isModest(schema) ? codeOf(schema, tracked, key) : interpreted;
          isSettled = made !== null;
          current = made ?? interpreted;
          calls = 0;
        }
        // A schema that leads back to itself may come to the turn inside of this very call.
        const used = current;
        const isValid = used(data, context);
        validate.errors = used.errors ?? null;
        if (used.evaluated) validate.evaluated = used.evaluated;
        return isValid;
      };
      return validate;
    },
  };
}

function isModest(schema: Json): boolean {
  let count = 0;
  const open: Json[] = [schema];
  for (const value of open) {
    if (isObject(value)) count += 1;
    if (count > maximumSchemas) return false;
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) open.push(inner);
  }
  return true;
}
