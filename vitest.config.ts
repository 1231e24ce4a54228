import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Only what hangs takes so long: a test on a busy machine is slow, and not wrong. None is tried a second time.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What a test waits for comes when it comes: the test's own time is the limit.
    expect: { poll: { timeout: 60_000 } },
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
          maxWorkers: 2,
          isolate: false,
          // What is built runs as Node loads it, ours and what ours has built.
          server: { deps: { external: [/\/(dist|counterproof-build-\w+)\//] } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
