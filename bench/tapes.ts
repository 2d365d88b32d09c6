import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CLI = join(import.meta.dirname, '..', 'src', 'main', 'cli.ts')

interface Replayed {
  readonly commands: number
  readonly liquidated: number
  readonly seconds: number
}

/** Wall time of the FTX tape, one mode, the journal on, without re-deciding it: whole process. */
export async function measureTapes(): Promise<readonly string[]> {
  const rows = [1_000, 20_000].map((accounts) => {
    const { liquidated, commands, seconds } = replay(accounts)
    const remargins = accounts * 4 * 168
    return `| ${accounts.toLocaleString('en')} | ${seconds.toFixed(1)} s | ${commands.toLocaleString('en')} | ${liquidated.toLocaleString('en')} | ${Math.round(remargins / seconds).toLocaleString('en')} |`
  })
  return [
    'Tape 2022-11-ftx, cross, journal on disk: 168 hourly bars of four prices, every account re-margined exactly after each',
    '| accounts | wall time | commands | liquidated | re-margins/s, everything included |',
    '| ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function replay(accounts: number): Replayed {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'))
  try {
    const journal = join(folder, 'journal.db')
    const started = performance.now()
    const args = [
      'replay',
      '2022-11-ftx',
      '--accounts',
      String(accounts),
      '--mode',
      'cross',
      '--journal',
      journal,
      '--no-verify',
      '--json',
    ]
    const done = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    if (done.status !== 0) throw new Error(`the replay ended with ${done.status}: ${done.stderr}`)
    return { ...(JSON.parse(done.stdout) as Replayed), seconds: (performance.now() - started) / 1_000 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
