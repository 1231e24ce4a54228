import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

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
  'tests/console.test.ts',
  'tests/hosts-playwright.test.ts',
  'tests/package.test.ts',
  'tests/console-answers.test.ts',
  'tests/console-data.test.ts',
  'tests/documentation.test.ts',
  'tests/contract-project.test.ts',
  'tests/check-mock.test.ts',
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

export default defineConfig({
  test: {
    // Only what hangs takes so long: a test on a busy machine is slow, and not wrong. None is tried a second time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    sequence: { sequencer: LongestFirst },
    // What a test waits for comes when it comes: the test's own time is the limit.
    expect: { poll: { timeout: 300_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts'],
          maxWorkers: 2,
          // Modules keep nothing that a test could change: to load them once a worker spares a third of the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      // These run the command as it is installed, so it is built before them.
      {
        extends: true,
        test: {
          name: 'socket',
          include: ['tests/**/*.test.ts'],
          globalSetup: 'tests/build.ts',
          // One more than there are cores: these wait a third of their time, for processes, pages and clocks.
          maxWorkers: 3,
          isolate: false,
          // What is built runs as Node loads it, ours and what ours has built.
          server: { deps: { external: [/\/(dist|counterproof-build-\w+)\//] } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
