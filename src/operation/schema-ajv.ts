import { _, Ajv2020, type CodeKeywordDefinition, type KeywordCxt, Name } from 'ajv/dist/2020.js';
import { schemaKeywords } from './schema-ajv-keywords.js';
import { formats } from './schema-formats.js';
import { compilePattern } from './schema-keywords.js';

/** Validates as Ajv's generated functions do, and leaves its errors on itself. */
export interface Validator {
  (data: unknown, context?: { instancePath?: string; dynamicAnchors?: object }): boolean;
  errors?: AjvError[] | null;
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

/** The only Ajv. `target` finds what a translated `$ref` names; `tracked` is for schemas that `unevaluated…` looks into. */
export function createAjv(target: (key: string) => Target): { compile(schema: object, tracked: boolean): Validator } {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    messages: false,
    // The schemas have been read against the meta-schema when they come here: see schema-survey.ts.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
    ownProperties: true,
    code: { regExp: Object.assign(patternOf, { code: 'new RegExp' }) },
  });
  for (const [name, format] of Object.entries(formats)) {
    ajv.addFormat(name, format);
  }
  for (const definition of [reference(target), dynamicReference(target), ...schemaKeywords]) {
    ajv.removeKeyword(definition.keyword as string);
    ajv.addKeyword(definition);
  }
  return {
    compile(schema, tracked) {
      // Keeping track of what was evaluated costs time: only where `unevaluated…` asks for it.
      ajv.opts.unevaluated = tracked;
      return ajv.compile(schema) as unknown as Validator;
    },
  };
}

function patternOf(pattern: string): RegExp {
  const compiled = compilePattern(pattern);
  if (!compiled) {
    throw new SyntaxError(`not a regular expression: ${pattern}`);
  }
  return compiled;
}

// Names in the code that Ajv generates: see ajv/lib/compile/names.ts and callValidateCode in vocabularies/code.ts.
const names = {
  vErrors: new Name('vErrors'),
  errors: new Name('errors'),
  instancePath: new Name('instancePath'),
  rootData: new Name('rootData'),
  dynamicAnchors: new Name('dynamicAnchors'),
};

/**
 * `$ref`, called through the target object. Ajv's own resolves against whole documents, and compiles all that
 * a schema leads to at once; here the translation has resolved it to a key, and the target compiles on its
 * first call.
 */
function reference(target: (key: string) => Target): CodeKeywordDefinition {
  return {
    keyword: '$ref',
    schemaType: 'string',
    code(cxt) {
      const node = cxt.gen.scopeValue('wrapper', { ref: target(cxt.schema as string) });
      const scope = cxt.parentSchema.$leavesResource ? _`${node}.enter(${names.dynamicAnchors})` : names.dynamicAnchors;
      call(cxt, _`${node}.validate`, scope);
    },
  };
}

/**
 * `$dynamicRef` (JSON Schema Core, 8.2.3.2): the outermost resource on the way here that has the anchor. Ajv's
 * own forgets to leave a resource's scope, and knows only anchors of the root.
 */
function dynamicReference(target: (key: string) => Target): CodeKeywordDefinition {
  return {
    keyword: '$dynamicRef',
    schemaType: 'object',
    code(cxt) {
      const { anchor, key } = cxt.schema as { anchor: string; key: string };
      const fallback = cxt.gen.scopeValue('wrapper', { ref: target(key) });
      const node = cxt.gen.const('dynamic', _`${names.dynamicAnchors}[${anchor}] || ${fallback}`);
      call(cxt, _`${node}.validate`, _`${node}.enter(${names.dynamicAnchors})`);
    },
  };
}

function call(cxt: KeywordCxt, validate: ReturnType<typeof _>, dynamicAnchors: ReturnType<typeof _> | Name): void {
  const { gen, data, it } = cxt;
  const context = gen.object(
    [names.instancePath, it.errorPath.emptyStr() ? names.instancePath : _`${names.instancePath} + ${it.errorPath}`],
    ['parentData', it.parentData],
    ['parentDataProperty', _`${it.parentDataProperty}`],
    [names.rootData, names.rootData],
    [names.dynamicAnchors, dynamicAnchors],
  );
  cxt.result(
    _`${validate}(${data}, ${context})`,
    () => mergeEvaluated(cxt, validate),
    () => {
      gen.assign(
        names.vErrors,
        _`${names.vErrors} === null ? ${validate}.errors : ${names.vErrors}.concat(${validate}.errors)`,
      );
      gen.assign(names.errors, _`${names.vErrors}.length`);
    },
  );
}

/** What the target has evaluated counts here too, since it stands in place. */
function mergeEvaluated(cxt: KeywordCxt, validate: ReturnType<typeof _>): void {
  const { gen, it } = cxt;
  if (!it.opts.unevaluated) {
    return;
  }
  const props = it.props === true ? undefined : gen.var('props', _`${validate}.evaluated.props`);
  const items = it.items === true ? undefined : gen.var('items', _`${validate}.evaluated.items`);
  cxt.mergeEvaluated({ ...it, props, items } as never, Name);
}
