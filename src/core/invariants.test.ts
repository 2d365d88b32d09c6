import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const SELF = 'src/core/invariants.test.ts'
const doc = read('docs/invariants.md')

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

function filesOf(...patterns: readonly string[]): readonly string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  return found.map((file) => file.replaceAll('\\', '/')).filter((file) => file !== SELF)
}

function inOrder(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort()
}

function firstGroups(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '')
}

/** Functions of a file in which a rounding is called, as `quantity/growth.ts:growDown`; a definition is no call. */
function roundingSites(file: string): readonly string[] {
  const sites: string[] = []
  let name = ''
  for (const line of read(file).split('\n')) {
    const defined = /^(?:export )?(?:function|const) (\w+)/.exec(line)?.[1]
    if (defined !== undefined) name = defined
    const code = defined === undefined ? line : line.replace(`function ${defined}(`, '')
    if (/^\s*(\*|\/)/.test(line)) continue
    if (/\b(divFloor|divCeil|sqrtCeil|\w+(Down|Up))\(/.test(code))
      sites.push(`${file.replace('src/core/', '')}:${name}`)
  }
  return sites
}

test('docs/invariants.md has a row for every invariant of the code and its tests, and no other', () => {
  const found = filesOf('src/**/*.ts', 'simulator/**/*.ts').flatMap((file) => read(file).match(/INV-[A-Z]+-\d+/g) ?? [])
  expect(found.length).toBeGreaterThan(0)
  expect(inOrder(firstGroups(doc, /^\| (INV-[A-Z]+-\d+) \|/gm))).toEqual(inOrder(found))
})

test('docs/invariants.md has a row for every function of core that rounds, and no other', () => {
  const files = filesOf('src/core/**/*.ts').filter((file) => !/\.test\.ts$|quantity\/rounding\.ts$/.test(file))
  const found = files.flatMap(roundingSites)
  expect(found.length).toBeGreaterThan(0)
  expect(inOrder(firstGroups(doc, /^\| `([\w./-]+\.ts:\w+)` \|/gm))).toEqual(inOrder(found))
})

test('no row of docs/invariants.md is there twice, and the files it names exist', () => {
  const rows = firstGroups(doc, /^\| (INV-[A-Z]+-\d+|`[\w./-]+\.ts:\w+`) \|/gm)
  expect(rows).toHaveLength(new Set(rows).size)
  const files = filesOf('src/**/*.ts', 'simulator/**/*.ts')
  const named = firstGroups(doc, /`([\w./-]+\.ts)(?::\w+)?`/g).filter((file) => file !== SELF)
  expect(named.filter((file) => !files.includes(file) && !files.includes(`src/core/${file}`))).toEqual([])
})
