import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findCoreFaults } from './core-faults.ts'
import type { Finding } from './finding.ts'
import { findTextFaults } from './text-faults.ts'

const units = `
declare const unit: unique symbol
export type Price = bigint & { readonly [unit]: 'Price' }
export type Count = number & { readonly [unit]: 'Count' }
`
const use = `import type { Price, Count } from '../quantity/units.ts'\n`

const faulty: [name: string, code: string, want: string][] = [
  ['the clock', 'export const now = new Date()', 'Date is banned'],
  ['float arithmetic', 'export const root = Math.sqrt(2)', 'Math is banned'],
  ['number conversion', 'export const n = Number(1n)', 'Number is banned'],
  ['not a number', 'export const n = NaN', 'NaN is banned'],
  ['infinity', 'export const n = Infinity', 'Infinity is banned'],
  ['float parsing', `export const n = parseFloat('1')`, 'parseFloat is banned'],
  ['integer parsing', `export const n = parseInt('1')`, 'parseInt is banned'],
  ['float arrays', 'export const a = new Float64Array(1)', 'Float64Array is banned'],
  ['promises', 'export const p = Promise.resolve()', 'Promise is banned'],
  ['promise types', 'export type P = Promise<void>', 'Promise is banned'],
  ['locale', 'export const f = new Intl.NumberFormat()', 'Intl is banned'],
  ['garbage collection', 'export const w = new WeakRef({})', 'WeakRef is banned'],
  ['the global object', 'export const g = globalThis', 'globalThis is banned'],
  ['locale order', `export const o = 'a'.localeCompare('b')`, 'localeCompare is banned'],
  ['locale format', 'export const s = (1n).toLocaleString()', 'toLocaleString is banned'],
  ['async functions', 'export async function f() {}', 'async and await are banned'],
  ['async arrows', 'export const f = async () => {}', 'async and await are banned'],
  ['await', 'export const a = await f()\nfunction f() {}', 'async and await are banned'],
  ['for await', 'export {}\nfor await (const _ of []) {}', 'async and await are banned'],
  ['async iteration', 'export const s = Symbol.asyncIterator', 'asyncIterator is banned'],
  ['a fraction', 'export const half = 0.5', 'float literal'],
  ['a small exponent', 'export const small = 1e-18', 'float literal'],
  ['an integer too large for a number', 'export const large = 1e18', 'float literal'],
  ['module state', 'export let count = 0', 'mutable state of a module'],
  ['adding units', `${use}export const f = (a: Price, b: Price) => a + b`, 'operator +'],
  ['comparing units', `${use}export const f = (a: Price, b: Price) => a < b`, 'operator <'],
  ['scaling a unit from the left', `${use}export const f = (a: Price) => 2n * a`, 'operator *'],
  ['dividing a unit', `${use}export const f = (a: Price) => a / 2n`, 'operator /'],
  ['a power of a unit', `${use}export const f = (a: Price) => a ** 2n`, 'operator **'],
  ['accumulating into a unit', `${use}export function f(a: bigint, b: Price) { a += b }`, 'operator +='],
  ['negating a unit', `${use}export const f = (a: Price) => -a`, 'operator -'],
  ['a unit that may be absent', `${use}export const f = (a: Price | undefined, b: bigint) => b + a!`, 'operator +'],
  ['a cast to a unit', `${use}export const f = (a: bigint) => a as Price`, 'cast to a unit'],
]

const clean: [name: string, code: string][] = [
  ['bigint arithmetic without units', 'export const f = (a: bigint) => (a + 1n) * -a'],
  ['equality of units', `${use}export const f = (a: Price, b: Price) => a === b`],
  ['order of counts', `${use}export const f = (a: Count, b: Count) => a < b`],
  ['a member called Date', 'export const f = (a: { readonly Date: bigint }) => ({ Date: a.Date })'],
  ['integer literals', 'export const n = 1_000_000'],
  ['constants of a module', 'export const n = 1n'],
]

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-tidy-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Findings per case, from one program over all of them: a program takes a second to make. */
const findings: ReadonlyMap<string, readonly Finding[]> = findInCases([...faulty, ...clean])

function findInCases(cases: readonly (readonly [name: string, code: string, want?: string])[]) {
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  const compilerOptions = {
    strict: true,
    target: 'ES2024',
    lib: ['ES2024'],
    types: [],
    module: 'nodenext',
    allowImportingTsExtensions: true,
    noEmit: true,
  }
  write('package.json', '{ "type": "module" }')
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['.'] }))
  write('quantity/units.ts', `${units}export const add = (a: Price, b: Price) => (a + b) as Price\n`)
  for (const [index, [, code]] of cases.entries()) write(`ledger/case-${index}.ts`, code)
  const all = findCoreFaults(join(folder, 'tsconfig.json'))
  const found = new Map(
    cases.map(([name], index) => [name, all.filter(({ file }) => file.endsWith(`/case-${index}.ts`))]),
  )
  return found.set(
    'quantity',
    all.filter(({ file }) => file.endsWith('/quantity/units.ts')),
  )
}

describe('faults of core', () => {
  test.each(faulty)('finds %s', (name, _code, want) => {
    expect(findings.get(name)?.map(({ text }) => text)).toContainEqual(expect.stringContaining(want))
  })
  test.each(clean)('leaves %s alone', (name) => {
    expect(findings.get(name)).toEqual([])
  })
  test('lets core/quantity combine and cast units', () => {
    expect(findings.get('quantity')).toEqual([])
  })
})

describe('faults of every file', () => {
  const lines = (count: number, line: string) => `${line}\n`.repeat(count)
  const leftover = ['TO', 'DO'].join('')
  const table: [name: string, file: string, text: string, want: string[]][] = [
    ['a file of 400 lines', 'src/a.ts', lines(400, 'f()'), []],
    ['a file of 401 lines', 'src/a.ts', lines(401, 'f()'), ['file is 401 lines, limit 400']],
    ['a function of 70 lines', 'src/a.ts', `function f() {\n${lines(68, 'g()')}}`, []],
    ['a function of 71 lines', 'src/a.ts', `function f() {\n${lines(69, 'g()')}}`, ['function is 71 lines, limit 70']],
    ['an arrow of 71 lines', 'src/a.ts', `const f = () => {\n${lines(69, 'g()')}}`, ['function is 71 lines, limit 70']],
    ['a method of 71 lines', 'src/a.ts', `class A { f() {\n${lines(69, 'g()')}} }`, ['function is 71 lines, limit 70']],
    ['a long describe', 'src/a.test.ts', `describe('a', () => {\n${lines(80, 'g()')}})`, []],
    ['a long table test', 'src/a.test.ts', `test.each([1])('a', () => {\n${lines(80, 'g()')}})`, []],
    [
      'a long helper of a test',
      'src/a.test.ts',
      `function f() {\n${lines(69, 'g()')}}`,
      ['function is 71 lines, limit 70'],
    ],
    [
      'a long callback called test outside a test',
      'src/a.ts',
      `test(() => {\n${lines(69, 'g()')}})`,
      ['function is 71 lines, limit 70'],
    ],
    ['work left undone', 'src/a.ts', `// ${leftover}: later`, [`leftover ${leftover}`]],
    ['a word that contains it', 'src/a.ts', `// ${leftover}s`, []],
    ['a vague file name', 'src/cli/utils.ts', '', ['name the file after the one thing it holds']],
    ['a vague folder name', 'src/helpers/a.ts', '', ['name the file after the one thing it holds']],
    ['a name that contains a vague one', 'src/core/market/index-price.ts', '', []],
  ]
  test.each(table)('%s', (_name, file, text, want) => {
    expect(findTextFaults(file, text).map((finding) => finding.text)).toEqual(want)
  })
})
