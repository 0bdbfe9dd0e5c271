import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**'],
    // Laws may be asked for ten times as many runs.
    testTimeout: process.env.ANNOFORM_LAW_RUNS === undefined ? 60_000 : 600_000,
    maxWorkers: 2,
  },
})
