import { _, type CodeKeywordDefinition, type KeywordCxt, Name } from 'ajv/dist/2020.js';
import { type Code, errorCount, helper } from './code.js';
import type { Target } from './validator.js';

// Names in the code that Ajv generates: see ajv/lib/compile/names.ts and callValidateCode in vocabularies/code.ts.
const names = {
  vErrors: new Name('vErrors'),
  instancePath: new Name('instancePath'),
  rootData: new Name('rootData'),
  dynamicAnchors: new Name('dynamicAnchors'),
};

/**
 * `$ref`, called through the target object. Ajv's own resolves against whole documents, and compiles all that
 * a schema leads to at once; here the translation has resolved it to a key, and the target compiles on its
 * first call.
 */
export function reference(target: (key: string) => Target): CodeKeywordDefinition {
  return {
    keyword: '$ref',
    schemaType: 'string',
    code(cxt) {
      const node = wrapper(cxt, target, cxt.schema as string);
      const scope = cxt.parentSchema.$leavesResource ? _`${node}.enter(${names.dynamicAnchors})` : names.dynamicAnchors;
      call(cxt, _`${node}.validate`, scope);
    },
  };
}

/**
 * `$dynamicRef` (JSON Schema Core, 8.2.3.2): the outermost resource on the way here that has the anchor. Ajv's
 * own forgets to leave a resource's scope, and knows only anchors of the root.
 */
export function dynamicReference(target: (key: string) => Target): CodeKeywordDefinition {
  return {
    keyword: '$dynamicRef',
    schemaType: 'object',
    code(cxt) {
      const { anchor, key } = cxt.schema as { anchor: string; key: string };
      const fallback = wrapper(cxt, target, key);
      const node = cxt.gen.const('dynamic', _`${names.dynamicAnchors}[${anchor}] || ${fallback}`);
      call(cxt, _`${node}.validate`, _`${node}.enter(${names.dynamicAnchors})`);
    },
  };
}

function wrapper(cxt: KeywordCxt, target: (key: string) => Target, key: string): Name {
  return cxt.gen.scopeValue('wrapper', { ref: target(key), code: _`target(${key})` });
}

function call(cxt: KeywordCxt, validate: Code, dynamicAnchors: Code | Name): void {
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
      // It fails, and so does what it stands in: only what else is wrong there is still of interest.
      mergeEvaluated(cxt, validate);
      const append = helper(cxt, 'appendErrors');
      gen.assign(names.vErrors, _`${append}(${names.vErrors}, ${validate}.errors)`);
      gen.assign(errorCount, _`${names.vErrors}.length`);
    },
  );
}

/**
 * What the target has evaluated counts here too, since it stands in place. As a copy: what is evaluated here besides is none
 * of the target's business.
 */
function mergeEvaluated(cxt: KeywordCxt, validate: Code): void {
  const { gen, it } = cxt;
  if (!it.opts.unevaluated) return;
  const copy = helper(cxt, 'copyOf');
  const props = it.props === true ? undefined : gen.var('props', _`${copy}(${validate}.evaluated.props)`);
  const items = it.items === true ? undefined : gen.var('items', _`${validate}.evaluated.items`);
  cxt.mergeEvaluated({ ...it, props, items } as typeof it, Name);
}
