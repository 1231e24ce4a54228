import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      // These run the command as it is installed, so it is built before them.
      { extends: true, test: { name: 'socket', include: ['tests/**/*.test.ts'], globalSetup: 'tests/build.ts' } },
    ],
  },
});
