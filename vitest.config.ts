import { defineConfig } from 'vitest/config';

/** Their files keep nothing for themselves between tests, so that one process can take one after the other. */
const sharing = ['bench', 'checks', 'engine', 'eval', 'link'].map((folder) => `test/${folder}/**/*.test.ts`);
const limits = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'sharing', include: sharing, isolate: false, ...limits } },
      {
        test: {
          name: 'alone',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'node_modules/**', ...sharing],
          ...limits,
        },
      },
    ],
  },
});
