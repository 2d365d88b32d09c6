// Checks who imports whom, and that the checker works. Usage: node tools/structure.ts
//
// dependency-cruiser beside a TypeScript it cannot use sees no module, finds no violation and succeeds. So this file
// counts the source files itself, and plants a violation of every rule in a scratch folder to see each one found.
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cruiseFolders, type Report } from './cruise-folders.ts'
import { plantViolations } from './planted-violations.ts'

const ROOTS = ['src', 'simulator', 'bench', 'tools', 'dashboard']

const complaints = [...violations(), ...rulesThatDoNotBite()]
if (complaints.length > 0) {
  console.error(complaints.join('\n'))
  process.exitCode = 1
}

function violations(): string[] {
  const roots = ROOTS.filter((root) => existsSync(root))
  const { modules, summary }: Report = cruiseFolders(process.cwd(), roots)
  const seen = new Set(modules.map(({ source }) => source))
  const unseen = sourceFiles(roots).filter((file) => !seen.has(file))
  const own = modules.filter(({ source }) => roots.some((root) => source.startsWith(`${root}/`)))
  const dependencies = own.reduce((sum, module) => sum + module.dependencies.length, 0)
  if (unseen.length === 0 && summary.violations.length === 0) {
    console.log(`${own.length} modules, ${dependencies} dependencies, no violation`)
  }
  return [
    ...unseen.map((file) => `${file}: dependency-cruiser did not see it, so nothing is known of its imports`),
    ...summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}${explain(rule.name)}`),
  ]
}

/** Every TypeScript file under the roots, found without dependency-cruiser, in the form it writes paths. */
function sourceFiles(roots: readonly string[]): string[] {
  const folders = ['node_modules', 'dist', 'out', 'coverage']
  const isSource = (file: string) => !file.endsWith('.d.ts') && !file.split('/').some((part) => folders.includes(part))
  return roots
    .flatMap((root) => globSync(`${root}/**/*.ts`))
    .map((file) => file.replaceAll('\\', '/'))
    .filter(isSource)
}

function rulesThatDoNotBite(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-structure-'))
  try {
    plantViolations(folder)
    const { summary } = cruiseFolders(folder, ['src', 'dashboard'])
    const found = new Set(summary.violations.map(({ rule }) => rule.name))
    return rules()
      .filter(({ name }) => !found.has(name))
      .map(({ name }) => `rule ${name} did not find its planted violation (tools/planted-violations.ts)`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function explain(ruleName: string): string {
  const comment = rules().find(({ name }) => name === ruleName)?.comment
  return comment === undefined ? '' : ` (${comment})`
}

function rules(): readonly { readonly name: string; readonly comment?: string }[] {
  return createRequire(import.meta.url)('./dependency-cruiser.cjs').forbidden
}
