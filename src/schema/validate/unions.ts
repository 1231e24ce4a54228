import { _, type CodeKeywordDefinition, type KeywordCxt, Name, type SchemaCxt } from 'ajv/dist/2020.js';
import { assumeEvaluated, type Code, declareEvaluated, errorCount } from './code.js';
import { helpers } from './helpers.js';
import { anyBranch, taggedBranches } from './translate.js';

/**
 * `anyOf`, with the number of errors that each branch left before the summary: what belongs to which branch
 * cannot be told from Ajv's own list.
 */
export const anyOf: CodeKeywordDefinition = {
  keyword: 'anyOf',
  schemaType: 'array',
  trackErrors: true,
  error: { message: 'must match a schema', params: ({ params }) => _`{branches: [${params.branches}]}` },
  code(cxt) {
    const valid = declare(cxt);
    eachBranch(cxt, valid, anyIsEnough(cxt, valid));
    conclude(cxt, valid);
  },
};

function anyIsEnough(cxt: KeywordCxt, valid: Name): (inner: SchemaCxt, branchValid: Name) => void {
  const { gen } = cxt;
  return (inner, branchValid) => {
    gen.assign(valid, _`${valid} || ${branchValid}`);
    // Where nothing asks what was evaluated, the first branch that matches ends it.
    if (!cxt.mergeValidEvaluated(inner, branchValid)) gen.if(_`!${valid}`);
  };
}

/** `oneOf`, with the same counts, and the first two branches that match where there are two. */
export const oneOf: CodeKeywordDefinition = {
  keyword: 'oneOf',
  schemaType: 'array',
  trackErrors: true,
  error: {
    message: 'must match exactly one schema',
    params: ({ params }) => _`{branches: [${params.branches}], passing: ${params.passing}}`,
  },
  code(cxt) {
    const { gen } = cxt;
    const valid = declare(cxt);
    const passing = gen.let('passing', null);
    if (cxt.parentSchema[anyBranch] === true) {
      eachBranch(cxt, valid, anyIsEnough(cxt, valid));
      cxt.setParams({ ...cxt.params, passing });
      return conclude(cxt, valid);
    }
    eachBranch(cxt, valid, (inner, branchValid, index) => {
      if (index > 0) {
        gen.if(_`${branchValid} && ${valid}`);
        gen.assign(valid, false);
        gen.assign(passing, _`[${passing}, ${index}]`);
        gen.else();
      }
      gen.if(branchValid, () => {
        gen.assign(valid, true);
        gen.assign(passing, index);
        cxt.mergeEvaluated(inner, Name);
      });
    });
    cxt.setParams({ ...cxt.params, passing });
    conclude(cxt, valid);
  },
};

function declare(cxt: KeywordCxt): Name {
  declareEvaluated(cxt);
  return cxt.gen.let('valid', false);
}

/**
 * Asks every branch, counts its errors for the summary, and has something done with how it ended. Where the tag of a
 * discriminator names a branch (OpenAPI 3.1, 4.8.25), that one is asked alone, and decides.
 */
function eachBranch(
  cxt: KeywordCxt,
  valid: Name,
  ended: (inner: SchemaCxt, branchValid: Name, index: number) => void,
): void {
  const { gen, keyword } = cxt;
  const branches: Name[] = (cxt.schema as unknown[]).map(() => gen.let('branch', 0));
  const branchValid = gen.name('_valid');
  const ask = (branch: Name, index: number): SchemaCxt => {
    const before = gen.const('_before', errorCount);
    const inner = cxt.subschema({ keyword, schemaProp: index, compositeRule: true }, branchValid);
    gen.assign(branch, _`${errorCount} - ${before}`);
    return inner;
  };
  const askAll = () =>
    gen.block(() => {
      for (const [index, branch] of branches.entries()) ended(ask(branch, index), branchValid, index);
    });
  const named = namedBranch(cxt);
  if (named === null) {
    askAll();
  } else {
    const askNamed = () => {
      for (const [index, branch] of branches.entries()) {
        gen.if(_`${named} === ${index}`, () => {
          const inner = ask(branch, index);
          gen.assign(valid, branchValid);
          cxt.mergeValidEvaluated(inner, branchValid);
        });
      }
    };
    gen.if(_`${named} < 0`, askAll, askNamed);
  }
  cxt.setParams({ branches: list(branches) });
}

/** The index of the branch that the tag of the data names, or -1; null where there is no discriminator. */
function namedBranch({ gen, data, keyword, parentSchema, it }: KeywordCxt): Name | null {
  const tags = parentSchema[taggedBranches]?.[keyword];
  if (tags === undefined) return null;
  const namer = gen.scopeValue('func', {
    ref: helpers.branchNamer(tags),
    code: _`helpers.branchNamer(${it.topSchemaRef}${it.schemaPath}.${new Name(taggedBranches)}.${new Name(keyword)})`,
  });
  return gen.const('named', _`${namer}(${data})`);
}

function conclude(cxt: KeywordCxt, valid: Name): void {
  cxt.result(
    valid,
    () => cxt.reset(),
    () => {
      cxt.error(true);
      assumeEvaluated(cxt);
    },
  );
}

/**
 * `if`. Ajv's own counts what a failing `if` has evaluated, and adds an error of its own to those of `then` and `else`.
 */
export const ifThenElse: CodeKeywordDefinition = {
  keyword: 'if',
  schemaType: ['object', 'boolean'],
  trackErrors: true,
  code(cxt) {
    const { gen, parentSchema, it } = cxt;
    if (parentSchema.then === undefined && parentSchema.else === undefined && !it.opts.unevaluated) return;
    declareEvaluated(cxt);
    const holds = gen.name('_holds');
    const valid = gen.let('valid', true);
    const inner = cxt.subschema({ keyword: 'if', compositeRule: true, createErrors: false, allErrors: false }, holds);
    cxt.mergeValidEvaluated(inner, holds);
    cxt.reset();
    const clause = (keyword: 'then' | 'else') => () => {
      if (parentSchema[keyword] !== undefined) {
        const clauseValid = gen.name('_valid');
        const evaluated = cxt.subschema({ keyword }, clauseValid);
        gen.assign(valid, clauseValid);
        // Where the clause fails, so does the whole.
        cxt.mergeEvaluated(evaluated, Name);
      }
    };
    gen.if(holds, clause('then'), clause('else'));
    cxt.ok(valid);
  },
};

function list(names: readonly Name[]): Code {
  return names.reduce<Code>((code, name, index) => (index === 0 ? _`${name}` : _`${code}, ${name}`), _``);
}
