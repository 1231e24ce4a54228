import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { laterOptimising } from './src/cli/optimise-later.js';

/** What takes long, the longest first: begun last, it would keep one core alone busy. Of the others the larger is. */
const long = [
  'src/prove/prove.test.ts',
  'src/mock/corpus.test.ts',
  'src/contract/life/defects.test.ts',
  'src/host/node/serve.test.ts',
  'src/contract/things/finds.test.ts',
  'src/contract/derive/derive.test.ts',
  'src/prove/life.test.ts',
  'src/mock/purity.test.ts',
  'tests/workers.test.ts',
  'tests/package.test.ts',
  'tests/console.test.ts',
  'tests/console-answers.test.ts',
  'tests/hosts-playwright.test.ts',
  'tests/documentation.test.ts',
  'tests/mock-command.test.ts',
  'tests/console-data.test.ts',
  'tests/check-wrong.test.ts',
  'tests/check-right.test.ts',
  'tests/contract-project.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const known = long.findIndex((file) => moduleId.endsWith(file));
      return known === -1 ? long.length : known;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

const root = fileURLToPath(new URL('.', import.meta.url));

/** Vite's own, where what is built is not what the compiler makes of each source. */
const bundled = /^(?:\.\.|cli|console)(?:\/|$)/;

/**
 * With COMPILED=1, as `npm test` has it, what tests import of src/ is what the compiler has made of it, and Node loads it
 * from dist/ as it does for users: Vite need not transform a thousand modules, and calls between them cost a seventh less.
 * Without it the sources are run, so that nothing need be built, and what is changed is tested again at each save.
 */
const compiled = {
  name: 'compiled',
  enforce: 'pre' as const,
  resolveId(id: string, importer: string | undefined) {
    if (importer === undefined || !/^\.{1,2}\/.*\.js$/.test(id)) return null;
    const module = relative(join(root, 'src'), resolve(dirname(importer), id));
    const built = join(root, 'dist', module);
    return !bundled.test(module) && existsSync(built) ? { id: built, external: true } : null;
  },
};
const isCompiled = process.env.COMPILED === '1';

export default defineConfig({
  test: {
    // Only what hangs takes so long: a test on a busy machine is slow, and not wrong. None is tried a second time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    sequence: { sequencer: LongestFirst },
    execArgv: [...laterOptimising(process.versions.v8)],
    // What is built runs as Node loads it, ours and what ours has built.
    server: { deps: { external: [/\/(dist|counterproof-build-\w+)\//] } },
    // What a test waits for comes when it comes: the test's own time is the limit.
    expect: { poll: { timeout: 300_000 } },
    projects: [
      {
        extends: true,
        plugins: isCompiled ? [compiled] : [],
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          globalSetup: ['tests/temporary.ts', ...(isCompiled ? ['tests/build.ts'] : [])],
          maxWorkers: 2,
          // Modules keep nothing that a test could change: to load them once a worker spares a third of the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      // These run the command as it is installed, so it is built before them.
      {
        extends: true,
        plugins: isCompiled ? [compiled] : [],
        test: {
          name: 'socket',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/temporary.ts', 'tests/build.ts'],
          // One more than there are cores: these wait a third of their time, for processes, pages and clocks.
          maxWorkers: 3,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
