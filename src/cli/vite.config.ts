import { join, relative } from 'node:path';
import { defineConfig } from 'vite';

const [src, dist] = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../../dist')];
const folder = join(dist, 'cli');

/** Bundles the command and what it depends on into `dist/cli/`: few files, each read when it is needed. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  publicDir: false,
  plugins: [
    {
      // A module finds what lies beside it by its own address: in a bundle it has that of the chunk.
      name: 'addresses',
      transform(code, id) {
        if (!id.startsWith(src) || !code.includes('import.meta.url')) return null;
        const place = relative(folder, join(dist, relative(src, id))).replaceAll('\\', '/');
        return code.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url)`);
      },
    },
  ],
  // A client of Redis, and what loads TypeScript, are there only where somebody has installed them.
  ssr: { noExternal: true, external: ['@redis/client', 'jiti'] },
  build: {
    ssr: 'main.ts',
    outDir: folder,
    emptyOutDir: true,
    target: 'node20.19',
    // The trace of an error names functions and lines.
    minify: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { output: { chunkFileNames: '[name].js', comments: false } },
  },
});
