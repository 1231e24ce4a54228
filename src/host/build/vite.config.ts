import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

/** What stands in for modules that a built mock cannot use: what makes code, and what reads files. */
const replaced: Readonly<Record<string, string>> = { 'instance.js': 'no-ajv.ts', 'read-file.js': '../no-files.ts' };

/** Bundles what a built mock runs into `dist/built/runtime.js`: one script that makes the variable `counterproof`. */
export default defineConfig({
  root: import.meta.dirname,
  logLevel: 'warn',
  plugins: [
    {
      name: 'replaced',
      enforce: 'pre',
      resolveId(id, importer) {
        const other = id.startsWith('.') && !importer?.includes('node_modules') ? replaced[basename(id)] : undefined;
        return other === undefined ? null : join(import.meta.dirname, other);
      },
    },
  ],
  build: {
    outDir: '../../../dist/built',
    emptyOutDir: true,
    target: 'es2022',
    minify: true,
    lib: { entry: 'runtime.ts', formats: ['iife'], name: 'counterproof', fileName: () => 'runtime.js' },
    // No module here does anything but define: what is not asked for is left out.
    rollupOptions: { treeshake: { moduleSideEffects: false } },
  },
});
