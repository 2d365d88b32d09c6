import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCounts, type Counts } from './closing-line.ts'

interface TestRun {
  /** Undefined if vitest ended before it could count. */
  readonly counts: Counts | undefined
  readonly timedOut: boolean
}

/** A bug may make a loop endless, which no timeout inside vitest can stop. */
const LIMIT_MS = 300_000

/** Runs vitest in `folder` on `files` up to the first failure, without its output. */
export function runTestFiles(folder: string, files: readonly string[]): Promise<TestRun> {
  const countsFile = join(folder, 'counts.json')
  rmSync(countsFile, { force: true })
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', ...files], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, CLOSING_LINE_FILE: countsFile },
    detached: true,
  })
  return new Promise((resolve, reject) => {
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      // The negative id stands for the whole group: vitest runs the tests in processes of its own.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, LIMIT_MS)
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ counts: readCounts(countsFile), timedOut })
    })
  })
}
