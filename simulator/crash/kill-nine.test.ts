import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { genesis } from '../../src/core/clearing/state.ts'
import { readJournal } from '../../src/journal/read-journal.ts'
import { verifyJournal } from '../../src/journal/redecide.ts'
import { stateHash } from '../../src/journal/state-codec.ts'
import { createJournal } from '../../src/journal/sqlite-journal.ts'
import { createSequencer } from '../../src/runtime/sequencer.ts'
import { createSweep } from '../../src/runtime/sweep.ts'
import { watchEveryone } from '../../src/runtime/watch.ts'
import { encodeJson } from '../../src/wire/encode.ts'
import { below, splitmix64 } from '../workload/prng.ts'
import { type Recorded, recordReplay } from '../workload/recorded.ts'

const ROUNDS = 50
const CLI = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-kill-'))
let commands: readonly Recorded[] = []
let lines: readonly string[] = []

beforeAll(async () => {
  // The worst hours of the tape: liquidations, insurance and deficits happen while the process is being killed.
  commands = await recordReplay({ accounts: 40, mode: 'isolated', skip: 54, bars: 20 })
  lines = commands.map(({ time, envelope }) => `${encodeJson({ time, ...envelope })}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(`INV-JOURNAL-1: killed ${ROUNDS} times at random moments, it loses no command it acknowledged`, async () => {
  const prng = splitmix64(2022_11_08n)
  const file = join(folder, 'killed.db')
  const acknowledged = new Map<number, string>()
  let rounds = 0
  let sent = 0
  while (rounds < ROUNDS) {
    rounds += 1
    // Goes on a little before where it stopped, as a sender does that cannot know what got through.
    const from = Math.max(0, sent - 1 - below(prng, 30))
    const answers = await killedRun(file, lines.slice(from), below(prng, 60))
    for (const [sequence, answer] of answers) {
      expect(acknowledged.get(sequence) ?? answer).toBe(answer)
      acknowledged.set(sequence, answer)
    }
    sent = Math.min(
      lines.length,
      from + answers.length + answers.filter(([, text]) => text.includes('"repeated"')).length,
    )
    checkJournal(file, acknowledged)
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS)
}, 300_000)

test('INV-JOURNAL-2: a journal that was killed and continued has the state of one that never was', async () => {
  const file = join(folder, 'continued.db')
  await killedRun(file, lines, 10)
  const whole = await completeRun(file, lines)
  expect(whole).toBe(0)
  const straight = runHere(join(folder, 'straight.db'))
  expect(verified(file)).toBe(straight)
}, 60_000)

type Acknowledged = readonly (readonly [sequence: number, decision: string])[]

/** Runs `apply` on the commands and kills it with SIGKILL after so many answers. Returns the answers that arrived. */
async function killedRun(file: string, input: readonly string[], killAfter: number): Promise<Acknowledged> {
  const child = start(file)
  const answers: (readonly [number, string])[] = []
  const answersRead = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  answersRead.on('line', (line) => {
    const { sequence, repeated, ...decision } = JSON.parse(line) as { sequence: number; repeated?: boolean }
    answers.push([sequence, repeated === true ? '' : JSON.stringify(decision)])
    if (answers.length >= killAfter) child.kill('SIGKILL')
  })
  feed(child, input)
  await Promise.all([exited(child), new Promise((resolve) => answersRead.once('close', resolve))])
  return answers.filter(([, decision]) => decision !== '')
}

async function completeRun(file: string, input: readonly string[]): Promise<number | null> {
  const child = start(file)
  child.stdout?.resume()
  feed(child, input)
  return exited(child)
}

function start(file: string): ChildProcess {
  return spawn(process.execPath, [CLI, 'apply', '-', '--json', '--journal', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** A few lines at a time, so that batches are small and many. */
function feed(child: ChildProcess, input: readonly string[]): void {
  child.stdin?.on('error', () => undefined)
  let next = 0
  const more = () => {
    while (next < input.length) {
      const chunk = input.slice(next, next + 7).join('')
      next += 7
      if (child.stdin?.write(chunk) === false) return void child.stdin.once('drain', more)
    }
    child.stdin?.end()
  }
  more()
}

async function exited(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

/** Every acknowledged command is in the journal with the decision that was acknowledged, and the whole re-decides. */
function checkJournal(file: string, acknowledged: ReadonlyMap<number, string>): void {
  const reader = readJournal(file)
  try {
    const found = new Map(
      [...reader.rows(0)].map(({ sequence, decision }) => [sequence, JSON.stringify(JSON.parse(decision))]),
    )
    for (const [sequence, decision] of acknowledged) expect(found.get(sequence)).toBe(decision)
    verifyJournal(reader, { beforeRow: () => undefined })
  } finally {
    reader.close()
  }
}

function verified(file: string): string {
  const reader = readJournal(file)
  try {
    return verifyJournal(reader, { beforeRow: () => undefined }).stateHash
  } finally {
    reader.close()
  }
}

function runHere(file: string): string {
  const state = genesis()
  const journal = createJournal(file)
  const [first] = commands
  let now = first?.time ?? state.time
  const sequencer = createSequencer({
    state,
    journal,
    clock: { now: () => now },
    watch: watchEveryone,
    sweep: createSweep(),
  })
  for (const { time, envelope } of commands) {
    now = time
    sequencer.submit([envelope])
  }
  journal.close()
  return stateHash(state)
}
