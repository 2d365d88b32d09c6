import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const CLI = join(import.meta.dirname, '..', '..', 'src', 'main', 'cli.ts')
const GIGABYTE = 10 ** 9
const MEMORY_LIMIT = 500 * 10 ** 6
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-flood-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const reason = 'takes a minute: set PLIMSOLL_SLOW=1'
const isSlowWanted = process.env['PLIMSOLL_SLOW'] === '1'

/** A batch of prices of two hundred assets, about 16 kB, sent again and again under one command id. */
function priceLine(): string {
  const assets = Array.from({ length: 200 }, (_, i) => ({
    asset: `ASSET-${i}`,
    price: `${i + 1}.123456789012345678`,
    halfWidth: '0',
    guarded: false,
  }))
  const command = { type: 'reportPrices', observedAt: 1_700_000_000_000, assets, marks: [] }
  return `${JSON.stringify({ sender: 'feed', role: 'oracle', counter: 1, command })}\n`
}

function start(journal: string): ChildProcess {
  const args = [CLI, 'apply', '-', '--journal', join(folder, journal)]
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Writes the chunk until so many bytes went out or the reader stopped reading. Returns what the process said and needed. */
async function flood(child: ChildProcess, chunk: Buffer, bytes: number) {
  const said = { out: '', error: '' }
  child.stdout?.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (said.error += data.toString()))
  let [sent, most, open] = [0, 0, true]
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.stdin?.on('error', () => (open = false))
  child.once('exit', () => (open = false))
  while (open && sent < bytes) {
    sent += chunk.length
    const isFull = child.stdin?.write(chunk) === false
    if (isFull) await Promise.race([new Promise((resolve) => child.stdin?.once('drain', resolve)), exit])
    most = Math.max(most, residentBytes(child.pid))
  }
  child.stdin?.end()
  return { exitCode: await exit, sent, most, ...said }
}

function residentBytes(pid: number | undefined): number {
  try {
    const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(pages?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}

test.skipIf(!isSlowWanted)(
  `a gigabyte of commands through a pipe leaves memory flat (${reason})`,
  async () => {
    const line = priceLine()
    const { exitCode, sent, most, out } = await flood(start('flood.db'), Buffer.from(line.repeat(64)), GIGABYTE)
    expect(sent).toBeGreaterThanOrEqual(GIGABYTE)
    expect(out).toContain(`0 accepted, 1 rejected, ${sent / line.length - 1} repeated`)
    expect(exitCode).toBe(1)
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(MEMORY_LIMIT)
  },
  300_000,
)

test('a line without end is refused early, and memory stays flat', async () => {
  const { exitCode, sent, most, error } = await flood(start('endless.db'), Buffer.alloc(2 ** 20, 0x20), GIGABYTE)
  expect(exitCode).toBe(2)
  expect(error).toMatch(/standard input:1\n.*\n {2}expected {2}a line of at most 1048576 characters/)
  expect(sent).toBeLessThan(GIGABYTE / 10)
  expect(most).toBeLessThan(MEMORY_LIMIT)
}, 60_000)
