// Plants each bug of the tables of tools/mutants in a copy of the repository and expects a test to fail.
// Usage: node tools/mutants.ts [--only ID]...
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { mutants } from './mutant-table.ts'
import type { Mutant } from './mutants/mutant.ts'
import { runTestFiles } from './run-test-files.ts'

type Outcome =
  | { readonly kind: 'caught' }
  | { readonly kind: 'survived' }
  | { readonly kind: 'not run'; readonly because: string }

const NOT_COPIED = new Set(['node_modules', '.git', 'out', 'coverage'])

const root = join(import.meta.dirname, '..')
const chosen = chooseMutants()
const copy = copyRepository()
try {
  process.exitCode = (await testsPassUnchanged()) && (await allAreCaught()) ? 0 : 1
} finally {
  rmSync(copy, { recursive: true })
}

function chooseMutants(): readonly Mutant[] {
  const { only } = parseArgs({ options: { only: { type: 'string', multiple: true } } }).values
  const ids = mutants.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new Error(`two mutants are called ${twice}`)
  const unknown = only?.find((id) => !ids.includes(id))
  if (unknown !== undefined) throw new Error(`no mutant is called ${unknown}: see the tables of tools/mutants`)
  return only === undefined ? mutants : mutants.filter(({ id }) => only.includes(id))
}

/** A copy of the working tree that shares its node_modules, so that a planted bug never touches the original. */
function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-mutants-'))
  cpSync(root, folder, { recursive: true, filter: (source) => !NOT_COPIED.has(basename(source)) })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  return folder
}

/** A test that fails anyway catches nothing. */
async function testsPassUnchanged(): Promise<boolean> {
  const files = [...new Set(chosen.flatMap(testFiles))]
  if (files.length === 0) return true
  const { counts } = await runTestFiles(copy, files)
  if (counts !== undefined && counts.failed === 0) return true
  console.error(`The tests fail without any mutant, so nothing can be said. See: npx vitest run ${files.join(' ')}`)
  return false
}

async function allAreCaught(): Promise<boolean> {
  const width = Math.max(...chosen.map(({ id }) => id.length))
  const uncaught: string[] = []
  for (const mutant of chosen) {
    const start = performance.now()
    const outcome = await plant(mutant)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    const detail = outcome.kind === 'not run' ? outcome.because : mutant.why
    console.log(`${mutant.id.padEnd(width)}  ${outcome.kind.padEnd(8)}  ${seconds.padStart(5)} s  ${detail}`)
    if (outcome.kind !== 'caught') uncaught.push(mutant.id)
  }
  console.log(`${chosen.length - uncaught.length} of ${chosen.length} mutants caught`)
  if (uncaught.length > 0) console.error(`Not caught: ${uncaught.join(', ')}`)
  return uncaught.length === 0
}

async function plant(mutant: Mutant): Promise<Outcome> {
  const { file, find, replace } = mutant
  const files = testFiles(mutant)
  if (files.length === 0) return { kind: 'not run', because: `no test file matches ${mutant.tests.join(', ')}` }
  const path = join(copy, file)
  const original = readFileSync(path, 'utf8')
  const occurrences = original.split(find).length - 1
  if (occurrences !== 1) return { kind: 'not run', because: `"${find}" occurs ${occurrences} times in ${file}` }
  writeFileSync(
    path,
    original.replace(find, () => replace),
  )
  try {
    const { counts, timedOut } = await runTestFiles(copy, files)
    if (timedOut || (counts !== undefined && counts.failed > 0)) return { kind: 'caught' }
    return counts === undefined ? { kind: 'not run', because: 'vitest ended without counting' } : { kind: 'survived' }
  } finally {
    writeFileSync(path, original)
  }
}

function testFiles({ tests }: Mutant): string[] {
  return tests.flatMap((pattern) => globSync(pattern, { cwd: copy }))
}
