import { defineConfig } from 'vitest/config';

// Tests exercise the built product: `#legible/*` is `dist/*` (package.json "imports"), so worker
// threads and child processes run the very files that are published.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Every test file may start OCR workers; two cores do not gain from more files at once.
    maxWorkers: 2,
  },
});
