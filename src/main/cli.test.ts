import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CALL = join(PROJECT_ROOT, 'examples', 'margin-call.jsonl')

/** Runs the command line as a person would, from a folder that is not the project's. */
function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

describe('exit codes', () => {
  const table: [args: readonly string[], code: number, says: RegExp][] = [
    [['--help'], 0, /Exit codes: 0 done, 1 the answer is no/],
    [['replay', '--help'], 0, /--accounts <n>/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [[], 2, /Usage: plimsoll/],
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
    [['replay'], 2, /missing required argument 'tape'/],
    [['replay', 'nothing-of-that-name'], 2, /error TapeNotFound: .*\n(.*\n)*.*2022-11-ftx/],
    [['replay', '2022-11-ftx', '--accounts', '1e3'], 2, /a whole number from 1 to 1000000/],
    [['replay', '2022-11-ftx', '--html', 'nowhere/page.html'], 2, /FolderNotFound: --html nowhere\/page.html/],
    [['margin', 'nothing.json', '--html', 'nowhere/page.html'], 2, /FolderNotFound: --html nowhere\/page.html/],
    [['replay', '2022-11-ftx', '--journal', 'nowhere/j.db', '--accounts', '1'], 2, /BadJournal: nowhere\/j.db/],
    [['journal', 'verify', 'nothing.db'], 2, /BadJournal: nothing.db: expected a readable file/],
    [['apply', 'nothing.jsonl', '--journal', 'j.db'], 2, /BadCommand: nothing.jsonl/],
  ]
  test.each(table)('plimsoll %s ends with %i', (args, code, says) => {
    const done = plimsoll(...args)
    expect(`${done.out}${done.error}`).toMatch(says)
    expect(done.code).toBe(code)
  })
})

test('commands go into a journal, are continued, verified, exported; a forged one is the answer no', () => {
  const applied = plimsoll('apply', CALL, '--journal', 'call.db')
  expect([applied.code, applied.out]).toEqual([0, '12 accepted, 0 rejected, 0 repeated, 0 stale; journal call.db\n'])
  const again = plimsoll('apply', CALL, '--journal', 'call.db')
  expect([again.code, again.out]).toEqual([0, '0 accepted, 0 rejected, 12 repeated, 0 stale; journal call.db\n'])
  const sound = plimsoll('journal', 'verify', 'call.db', '--json')
  expect(sound.code).toBe(0)
  expect(JSON.parse(sound.out)).toMatchObject({ journal: 'call.db', ok: true, rows: 13 })
  const lines = plimsoll('journal', 'export', 'call.db', '--from', '13').out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { sequence: 13, sender: 'engine-keeper', command: { type: 'liquidate' } },
  ])
  const database = new DatabaseSync(join(folder, 'call.db'))
  database.exec('UPDATE journal SET command = replace(command, \'"2"\', \'"3"\') WHERE sequence = 8')
  database.close()
  const forged = plimsoll('journal', 'verify', 'call.db', '--json')
  expect(forged.code).toBe(1)
  expect(JSON.parse(forged.out)).toMatchObject({ ok: false, sequence: 8 })
})

test('a line that is no command is named with its number and field; what came before it is done', () => {
  const file = join(folder, 'half.jsonl')
  const open = (counter: number, account: string) =>
    JSON.stringify({ sender: 'v', role: 'venue', counter, command: { type: 'openAccount', account } })
  writeFileSync(file, `${open(1, 'a')}\n\n${open(2, 'b b')}\n${open(3, 'c')}\n`)
  const done = plimsoll('apply', file, '--journal', 'half.db')
  expect(done.code).toBe(2)
  expect(done.error).toMatch(/half.jsonl:3\n {2}at {8}\$.command.account\n {2}expected {2}a name/)
  expect(JSON.parse(plimsoll('journal', 'verify', 'half.db', '--json').out)).toMatchObject({ ok: true, rows: 1 })
})

test('a replay as JSON has every field of its contract, and the same seed the same state hash', () => {
  const once = plimsoll('replay', '2022-11-ftx', '--accounts', '8', '--mode', 'cross', '--journal', 'one.db', '--json')
  const twice = plimsoll('replay', '2022-11-ftx', '--accounts', '8', '--mode', 'cross', '--journal', 'two.db', '--json')
  const [a, b] = [JSON.parse(once.out), JSON.parse(twice.out)]
  expect(once.code).toBe(0)
  expect(a).toMatchObject({
    tape: '2022-11-ftx',
    accounts: 8,
    seed: 7,
    model: 'standard',
    mode: 'cross',
    conservation: { ok: true },
  })
  for (const money of ['notionalClosed', 'penalties', 'insuranceDrawn', 'deficit'])
    expect(a[money]).toMatch(/^\d+(\.\d+)?$/)
  for (const count of ['liquidated', 'commands', 'commandsPerSecond']) expect(typeof a[count]).toBe('number')
  expect(a.journal).toBe('one.db')
  expect(a.stateHash).toMatch(/^[0-9a-f]{64}$/)
  expect(b.stateHash).toBe(a.stateHash)
})

test.each(['margin', 'explain'])('%s writes a page beside its report, which stays one object', (command) => {
  const file = join(PROJECT_ROOT, 'examples', 'portfolio', 'basis-trade.json')
  const done = plimsoll(command, file, '--json', '--html', `${command}.html`)
  expect(done.code).toBe(0)
  expect(JSON.parse(done.out)).toMatchObject({ format: 'plimsoll margin report v1' })
  const page = readFileSync(join(folder, `${command}.html`))
  expect(done.error).toBe(`page ${command}.html, ${Math.ceil(page.length / 1_000)} kB\n`)
  expect(page.toString()).toContain(`plimsoll ${command} ${file} --html ${command}.html`)
})
