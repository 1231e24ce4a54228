import { _, type KeywordCxt, Name } from 'ajv/dist/2020.js';
import { helpers } from './helpers.js';
import { errorLimit } from './validator.js';

// What the keywords of this folder share: pieces of the code that Ajv generates (ajv/lib/compile/names.ts has its names).

export type Code = ReturnType<typeof _>;

/** The number of errors so far. */
export const errorCount = new Name('errors');

/** Ajv's `Type.Num` and `Type.Str`: how a step of an instance path is written. */
export const numeric = 0;
export const textual = 1;

/**
 * Makes the names for what has been evaluated, before a branch does. Ajv makes them inside the first branch that needs
 * them, where one left from the item before in a loop would count for the next.
 */
export function declareEvaluated(cxt: KeywordCxt): void {
  if (cxt.it.opts.unevaluated) cxt.mergeEvaluated({ ...cxt.it, props: {}, items: 0 }, Name);
}

/** Nothing fits, so the whole fails: that no branch has evaluated anything would only be noise. */
export function assumeEvaluated({ gen, it }: KeywordCxt): void {
  for (const evaluated of [it.props, it.items]) {
    if (evaluated instanceof Name) gen.assign(evaluated, true);
  }
}

/**
 * A loop over items or members.
 * @param loop Is given what to say in each round: whether what is looked at is valid.
 * @returns Whether all are.
 */
export function every(cxt: KeywordCxt, loop: (valid: (name: Name) => void) => void): Name {
  const { gen, it } = cxt;
  const allValid = gen.let('all', true);
  const before = gen.const('_before', errorCount);
  loop((name) => {
    gen.if(_`!${name}`, () => {
      gen.assign(allValid, false);
      // Only in this loop: what it has found cannot become valid by looking no further.
      gen.if(it.allErrors ? _`${errorCount} - ${before} >= ${errorLimit}` : true, () => gen.code(_`break`));
    });
  });
  return allValid;
}

export function hasKeywords(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null ? Object.keys(schema).length > 0 : schema === false;
}

/** One of the helpers. */
export function helper(cxt: KeywordCxt, name: keyof typeof helpers): Name {
  return cxt.gen.scopeValue('func', { ref: helpers[name], code: _`helpers.${new Name(name)}` });
}
