import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { closingLine, type Counts } from './closing-line.ts'

/**
 * Vitest reporter that ends a run with one plain line of counts.
 * Where CLOSING_LINE_FILE is set the counts go to that file as JSON instead, and the caller prints the line.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = countTests(modules, unhandledErrors.length)
    const file = process.env['CLOSING_LINE_FILE']
    if (file === undefined) process.stdout.write(`\n${closingLine(counts)}\n`)
    else writeFileSync(file, JSON.stringify(counts))
  }
}

/** A file or a suite that breaks outside any test counts as one failure, and so does an error nobody caught. */
function countTests(modules: readonly TestModule[], unhandledErrors: number): Counts {
  let passed = 0
  let skipped = 0
  let failed = unhandledErrors
  for (const module of modules) {
    failed += module.errors().length
    for (const suite of module.children.allSuites()) failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') passed += 1
      else if (state === 'failed') failed += 1
      else skipped += 1
    }
  }
  return { passed, failed, skipped }
}
