import type { Json } from '../../text/value.js';
import { helpers } from './helpers.js';
import { createInterpreter } from './interpret/interpreter.js';
import type { CreateCompiler, Target, Validator } from './validator.js';

/** Validators that Ajv has written ahead of time, by the key of their target; each is made when it is first called. */
export type Prebuilt = Readonly<
  Record<
    string,
    (schema: Readonly<Record<string, Json>>, target: (key: string) => Target, given: typeof helpers) => Validator
  >
>;

/**
 * Takes validators that were written ahead of time, and interprets the schemas that are not among them: those that are
 * only made when a value is.
 */
export function createPrebuilt(prebuilt: Prebuilt): CreateCompiler {
  return (target) => {
    const interpreter = createInterpreter(target);
    return {
      compile: (schema, tracked, key) =>
        Object.hasOwn(prebuilt, key)
          ? (prebuilt[key] as Prebuilt[string])(schema, target, helpers)
          : interpreter.compile(schema, tracked, key),
    };
  };
}
