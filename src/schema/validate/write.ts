import type { AnyValidateFunction } from 'ajv/dist/types/index.js';
import type { Document } from '../../document/index.js';
import { createSchemas } from '../schemas.js';
import type { Schema, Schemas } from '../types.js';
import { createAjv } from './instance.js';
import type { CreateCompiler, Target } from './validator.js';

/**
 * The validators of schemas, and of all that they refer to, as the text of an object for `createPrebuilt`. The same text
 * for the same document.
 * @param read names the schemas, out of those that it is given
 */
export function writeValidators(document: Document, read: (schemas: Schemas) => Iterable<Schema>): string {
  const written = new Map<string, string>();
  const called = new Set<Target>();
  const createWriter: CreateCompiler = (target) => {
    const find = (key: string): Target => {
      const found = target(key);
      called.add(found);
      return found;
    };
    const ajv = createAjv(find, true);
    return {
      compile(schema, tracked, key) {
        const validator = ajv.compile(schema, tracked, key);
        // A schema that is not in the document has no key that stays.
        if (!key.startsWith('inline ')) written.set(key, factoryOf(validator as unknown as AnyValidateFunction));
        return validator;
      },
    };
  };
  for (const schema of read(createSchemas(document, createWriter))) {
    if (!schema.problem) schema.accepts(null);
  }
  // A Set grows while it is iterated: what is called for the first time is compiled.
  for (const target of called) target.validate(null);
  return `{\n${[...written].map(([key, factory]) => `${JSON.stringify(key)}: ${factory}`).join(',\n')}\n}`;
}

/** Ajv's code as a function of what it needs from outside: its schema, the targets of its references, and `helpers`. */
function factoryOf({ source, evaluated }: AnyValidateFunction): string {
  if (!source) throw new TypeError('Ajv has kept no code');
  const { validateName, validateCode, scopeValues } = source;
  const declared = ['schema', 'wrapper', 'func', 'formats', 'pattern'].flatMap((prefix) =>
    [...(scopeValues[prefix] ?? [])].map((name) => {
      const code = prefix === 'schema' ? 'schema' : String(name.value?.code);
      // Ajv names its own helpers by the file that they are in.
      return `const ${name} = ${code.replace(/require\("ajv\/dist\/runtime\/(\w+)"\)\.default/, 'helpers.$1')};`;
    }),
  );
  const tracks = evaluated ? `${validateName}.evaluated = ${JSON.stringify(evaluated)};\n` : '';
  return `(schema, target, helpers) => {\n${declared.join('\n')}\n${validateCode}\n${tracks}return ${validateName};\n}`;
}
