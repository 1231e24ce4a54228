import type { Json } from '../../text/value.js';

/** Validates as Ajv's generated functions do, and leaves its errors on itself. */
export interface Validator {
  (data: unknown, context?: Context): boolean;
  errors?: AjvError[] | null;
  /** What it has evaluated of the value, where it keeps track: for `unevaluated…` of the schema that calls it. */
  evaluated?: { props?: Readonly<Record<string, true>> | true; items?: number | true };
}

export interface Context {
  readonly instancePath?: string;
  readonly dynamicAnchors?: object;
  /** Whether nobody changes the data in place: what is the very same object as one that was right is right. */
  readonly isFixed?: boolean;
}

/** An error object of Ajv with `verbose`. */
export interface AjvError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Record<string, unknown>;
  readonly schema: unknown;
  /** The object of the translated schema that the keyword stands in. */
  readonly parentSchema: object;
  readonly data: unknown;
}

/** Something that a reference calls; compiled when it is first called. */
export interface Target {
  readonly validate: Validator;
  /** The dynamic scope inside it, from the one outside (JSON Schema Core, 7.1). */
  enter(outer: object): object;
}

/**
 * Makes validators of translated schemas. `tracked` is for schemas that `unevaluated…` looks into; `key` is the name by
 * which references name the schema.
 */
export interface Compiler {
  compile(schema: Readonly<Record<string, Json>>, tracked: boolean, key: string): Validator;
}

/** `target` finds what a translated `$ref` names. */
export type CreateCompiler = (target: (key: string) => Target) => Compiler;

/** So many errors of the items or members of one value are enough: nobody reads a million, and a hostile body has them. */
export const errorLimit = 1000;
