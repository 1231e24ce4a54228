import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'vite';

/** Writes files in ASCII alone: of one that has another sign the engine keeps the whole text in two bytes a character. */
export const plain: Plugin = {
  name: 'plain',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replaceAll(/[^\0-\x7f]/g, escaped);
    }
  },
};

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Leaves modules out of a bundle until the first of their functions is called. Each becomes a file of its own, with all that it
 * imports: in CommonJS, which a function that does not wait can load in each Node, and under a test runner that loads modules by itself.
 *
 * @param modules what they export are functions
 * @param from where the chunks of the bundle lie
 * @param outDir where these files go: a folder in it
 */
export function later(modules: readonly string[], from: string): Plugin {
  const folder = 'later';
  const mark = '\0later:';
  const name = (module: string) => basename(module, '.ts');
  return {
    name: 'later',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      const found = await this.resolve(id, importer, { ...options, skipSelf: true });
      return found !== null && modules.includes(found.id) ? mark + found.id : null;
    },
    load(marked) {
      if (!marked.startsWith(mark)) return null;
      const id = marked.slice(mark.length);
      const source = readFileSync(id, 'utf8');
      const exported = [...source.matchAll(/^export (?!type|interface)(?:(?:async )?function (\w+))?/gm)];
      const calls = exported.map(([whole, called]) => {
        if (called === undefined) this.error(`${id} exports more than functions: ${whole}`);
        return `export function ${called}(...given) { return load().${called}(...given); }`;
      });
      return {
        code: `
          import { createRequire } from 'node:module';
          function load() { return createRequire(import.meta.url)('./${folder}/${name(id)}.cjs'); }
          ${calls.join('\n')}
        `,
        moduleType: 'js',
      };
    },
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        plugins: [plain],
        ssr: { noExternal: true },
        build: {
          ssr: true,
          outDir: join(from, folder),
          target: 'node20.19',
          minify: false,
          license: { fileName: 'licenses.md' },
          rolldownOptions: {
            input: Object.fromEntries(modules.map((module) => [name(module), module])),
            output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs', comments: false },
            treeshake: { moduleSideEffects: false },
          },
        },
      });
    },
  };
}
