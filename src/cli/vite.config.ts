import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vite';
import { later, plain } from './later.config.js';

const root = join(import.meta.dirname, '../..');
const [src, dist] = [join(root, 'src'), join(root, 'dist')];
/** Where what the command and the library share lies, one folder below `dist/` as the entries do. */
const shared = join(dist, 'node');

const { exports, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** The bundle of each subpath of the package, by its file in `dist/`, with the module that it is made of. */
const subpaths = Object.values(exports as Record<string, { node?: string; default: string }>).flatMap((each) =>
  each.node === undefined
    ? []
    : [[each.node.replace(/^\.\/dist\/|\.js$/g, ''), each.default.replace('dist', 'src').replace(/js$/, 'ts')]],
);

/** Rooms of which whoever reads a part reads most: a file each, since to find and to open one takes longer than to read some lines more. */
const whole = ['text', 'schema', 'operation'];
/** What the package exports and a mock seldom needs is not read with the rest of it. */
const apart = ['declaration', 'fault', 'prism', 'host/control', 'host/node/redis'];

/**
 * Bundles the command, and what Node imports from the package, with all that they depend on: few files, each read when
 * it is needed, and each module once in a process.
 */
export default defineConfig({
  root,
  logLevel: 'warn',
  publicDir: false,
  plugins: [
    {
      name: 'emptied',
      buildStart() {
        for (const folder of [join(dist, 'cli'), shared]) rmSync(folder, { recursive: true, force: true });
      },
    },
    {
      // A module finds what lies beside it by its own address: in a bundle it has that of the chunk.
      name: 'addresses',
      transform(code, id) {
        if (!id.startsWith(src) || !code.includes('import.meta.url')) return null;
        const place = relative(shared, join(dist, relative(src, id))).replaceAll('\\', '/');
        return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url)`);
      },
    },
    plain,
    later(
      ['fake/library.ts', 'operation/body/xml/parse.ts', 'schema/validate/instance.ts'].map((module) =>
        join(src, module),
      ),
      shared,
    ),
  ],
  // What somebody has installed, or has not.
  ssr: { noExternal: true, external: Object.keys(peerDependencies) },
  build: {
    ssr: true,
    outDir: dist,
    emptyOutDir: false,
    target: 'node20.19',
    // The trace of an error names functions and lines.
    minify: false,
    license: { fileName: 'cli/licenses.md' },
    rolldownOptions: {
      input: {
        'cli/main': join(src, 'cli/main.ts'),
        'node/aside-thread': join(src, 'host/node/aside/entry.ts'),
        ...Object.fromEntries(subpaths),
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'node/[name].js',
        comments: false,
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [...whole, ...apart].map((folder) => ({
            name: folder.replaceAll('/', '-'),
            test: (id: string) => id.startsWith(join(src, folder, '/')),
          })),
        },
      },
    },
  },
});
