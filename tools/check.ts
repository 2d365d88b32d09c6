// Runs every check in order and stops at the first that fails; the tests come last. Usage: node tools/check.ts
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closingLine, readCounts, type Counts } from './closing-line.ts'

interface Step {
  readonly name: string
  /** Arguments to node. */
  readonly command: readonly string[]
  /** What to do when it fails. */
  readonly remedy: string
}

const tsc = 'node_modules/typescript-native/bin/tsc'

const steps: readonly Step[] = [
  { name: 'types', command: [tsc, '-p', 'tsconfig.json'], remedy: 'fix the type errors above' },
  {
    name: 'types of core',
    command: [tsc, '-p', 'src/core/tsconfig.json'],
    remedy:
      'fix the type errors above; core is checked without host types, so that clock, network and files do not exist',
  },
  {
    name: 'structure',
    command: ['tools/structure.ts'],
    remedy: 'see tools/dependency-cruiser.cjs for who may import whom',
  },
  { name: 'tidy', command: ['tools/tidy.ts'], remedy: 'see STYLE.md' },
  {
    name: 'lint',
    command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
    remedy: 'fix the findings above; the rules are in .oxlintrc.json',
  },
  { name: 'format', command: ['node_modules/oxfmt/bin/oxfmt', '--check'], remedy: 'run "npm run format"' },
]

const nothingCounted: Counts = { passed: 0, failed: 1, skipped: 0 }

for (const step of steps) {
  const failure = run(step)
  if (failure !== undefined) end(failure, `"${step.name}" failed: ${step.remedy}. No test was run.`, nothingCounted)
}
runTests()

/** Prints one line if the step passes and all it said if not; returns the exit code of a failure. */
function run({ name, command }: Step): number | undefined {
  const start = performance.now()
  const done = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const said = `${done.stdout}${done.stderr}`.trim()
  if (done.status !== 0) {
    console.log(`${label(name, start)}failed\n\n${said}\n`)
    return done.status ?? 1
  }
  const lastLine = said.slice(said.lastIndexOf('\n') + 1)
  console.log(`${label(name, start)}${lastLine}`.trimEnd())
  return undefined
}

/** Runs vitest with its own output; its counts come back through a file, so that the closing line really is the last one. */
function runTests(): never {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-check-'))
  const file = join(folder, 'counts.json')
  const start = performance.now()
  const command = ['node_modules/vitest/vitest.mjs', 'run']
  const done = spawnSync(process.execPath, command, {
    stdio: 'inherit',
    env: { ...process.env, CLOSING_LINE_FILE: file },
  })
  const counts = readCounts(file) ?? nothingCounted
  rmSync(folder, { recursive: true })
  console.log(label('tests', start).trimEnd())
  if (done.status === 0 && counts.failed === 0) end(0, '', counts)
  end(done.status || 1, '"tests" failed: see the failures above.', counts)
}

function label(name: string, start: number): string {
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return `${name.padEnd(14)} ${seconds.padStart(6)} s  `
}

function end(code: number, message: string, counts: Counts): never {
  if (message !== '') console.log(message)
  console.log(closingLine(counts))
  process.exit(code)
}
