import { defineConfig } from 'vitest/config'

export default defineConfig({
  cacheDir: 'out/vitest',
  test: {
    include: ['src/**/*.test.ts', 'simulator/**/*.test.ts', 'tools/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './tools/vitest-closing-line.ts'],
  },
})
