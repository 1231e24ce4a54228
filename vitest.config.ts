import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // What needs real sockets, processes and a browser can time out on a machine that is busy with other things.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.ts'], maxWorkers: 2, sequence: { groupOrder: 0 } },
      },
      // These run the command as it is installed, so it is built before them. One after the other: some need the
      // ports that the documentation names.
      {
        extends: true,
        test: {
          name: 'socket',
          include: ['tests/**/*.test.ts'],
          globalSetup: 'tests/build.ts',
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
