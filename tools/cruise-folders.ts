import { spawnSync } from 'node:child_process'
import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The part of dependency-cruiser's JSON report that is read here. */
export interface Report {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[]
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

const COMMAND = join(import.meta.dirname, '../node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const CONFIG = join(import.meta.dirname, 'dependency-cruiser.cjs')

/** What dependency-cruiser reports of `roots`, folders of `base`. Throws if it could not run. */
export function cruiseFolders(base: string, roots: readonly string[]): Report {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-cruise-'))
  const file = join(folder, 'report.json')
  try {
    const command = [COMMAND, '--config', CONFIG, '--output-type', 'json', '--output-to', file, ...roots]
    const done = spawnSync(process.execPath, command, { cwd: base, encoding: 'utf8' })
    if (done.status === null || done.stderr !== '') throw new Error(`dependency-cruiser failed: ${done.stderr}`)
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } finally {
    rmSync(folder, { recursive: true })
  }
}
