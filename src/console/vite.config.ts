import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Bundles the console into `dist/console/`, with names relative to wherever it is served. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
  },
});
