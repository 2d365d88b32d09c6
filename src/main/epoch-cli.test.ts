import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { encodeJson } from '../wire/encode.ts'
import { PROJECT_ROOT } from './project.ts'

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-epoch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PROVISIONAL = join(PROJECT_ROOT, 'epochs', 'provisional-2026-11.json')
const README = readFileSync(join(PROJECT_ROOT, 'epochs', 'README.md'), 'utf8')
const HASH = /sha256:[0-9a-f]{64}/.exec(README)?.[0] ?? ''

function plimsoll(...args: readonly string[]) {
  const done = spawnSync(join(PROJECT_ROOT, 'bin', 'plimsoll'), args, { cwd: folder, encoding: 'utf8' })
  return { code: done.status, out: done.stdout, error: done.stderr }
}

/** Writes the provisional epoch after a change of it. */
function write(name: string, change: (document: ReturnType<typeof parsed>) => void): void {
  const document = parsed()
  change(document)
  writeFileSync(join(folder, name), JSON.stringify(document))
}

function parsed() {
  return JSON.parse(readFileSync(PROVISIONAL, 'utf8'))
}

write('raised.json', (document) => {
  // SOL weighs 222755 ppm: a fifth more are 267306.
  document.id = 'raised'
  document.sections['plimsoll-1'].factors.SOL.riskWeightPpm = 267_306
})
write('unknown.json', (document) => Object.assign(document.sections['plimsoll-1'], { surprise: 1 }))
write('origin.json', (document) => Object.assign(document, { provenance: { asOf: '2026-11-01', notes: 'by hand' } }))
writeFileSync(join(folder, 'canonical.json'), encodeJson(parsed()))
writeFileSync(join(folder, 'broken.json'), '{ "id": ')

function isAscii(text: string): boolean {
  return /^[\x20-\x7e\n]*$/.test(text)
}

test('--help says what both do and how they end', () => {
  const all = plimsoll('epoch', '--help')
  expect([all.code, /verify .*\n(.*\n)*.*diff /.test(all.out)]).toEqual([0, true])
  const verify = plimsoll('epoch', 'verify', '--help')
  expect([verify.code, /--hash <hash>/.test(verify.out), /exit 1/.test(verify.out)]).toEqual([0, true, true])
  expect(plimsoll('epoch', 'diff', '--help').out).toMatch(/<old> <new>/)
})

describe('epoch verify', () => {
  test('the epoch of the repository verifies by its published hash, in 80 columns', () => {
    const { code, out, error } = plimsoll('epoch', 'verify', PROVISIONAL, '--hash', HASH)
    expect([code, error]).toEqual([0, ''])
    expect(out).toMatch(/VERIFIED {3}its models read it, and [\d,]+ figures follow from the others/)
    expect(out).toContain(`  hash   ${HASH}\n`)
    expect(out).toMatch(/Windows +1,500 +of 26 factors/)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(isAscii(plimsoll('epoch', 'verify', PROVISIONAL, '--ascii').out)).toBe(true)
  })

  test('its JSON is one object and nothing else', () => {
    const { code, out } = plimsoll('epoch', 'verify', 'canonical.json', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ verified: true, hash: HASH, canonicalText: true, provenance: null })
    expect(plimsoll('epoch', 'verify', 'canonical.json').out).toContain('sha256sum prints the same digits')
  })

  test('figures that no longer follow end with 1 and are named', () => {
    const { code, out, error } = plimsoll('epoch', 'verify', 'raised.json')
    expect([code, error]).toEqual([1, ''])
    expect(out).toMatch(/BROKEN {3}[\d,]+ of [\d,]+ figures do not follow from the others/)
    expect(out).toMatch(/at {5}\$\.sections\["plimsoll-1"\]\.contracts\.SOL\.option\.grid\.priceMovesPpm\[0\]/)
    const json = JSON.parse(plimsoll('epoch', 'verify', 'raised.json', '--json').out)
    expect(json.verified).toBe(false)
  })

  test('another hash than the one asked for ends with 1', () => {
    const other = `sha256:${'0'.repeat(64)}`
    const { code, out } = plimsoll('epoch', 'verify', PROVISIONAL, '--hash', other)
    expect([code, /ANOTHER {3}not the epoch that was asked for/.test(out)]).toEqual([1, true])
    expect(out).toContain(`  needs  ${other}\n  got    ${HASH}\n`)
  })

  test('provenance is shown, and part of the hash', () => {
    const { code, out } = plimsoll('epoch', 'verify', 'origin.json')
    expect([code, out.includes('provenance: asOf, notes; part of the hash')]).toEqual([0, true])
    expect(out).not.toContain(HASH)
  })
})

describe('epoch diff', () => {
  test('says what changed and whom it touches, and ends with 0', () => {
    const { code, out, error } = plimsoll('epoch', 'diff', PROVISIONAL, 'raised.json')
    expect([code, error]).toEqual([0, ''])
    expect(out).toMatch(/TIGHTER {3}1 of 56 risk weights rises, at most by 20\.0 %/)
    expect(out).toContain('whoever holds SOL long or short: risk weight 22.3 % → 26.7 % (+20.0 %)')
    expect(out).toMatch(/SOL +22\.3 % +26\.7 % +\+20\.0 % {2}tighter/)
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(isAscii(plimsoll('epoch', 'diff', PROVISIONAL, 'raised.json', '--ascii').out)).toBe(true)
  })

  test('its JSON has everything', () => {
    const { code, out } = plimsoll('epoch', 'diff', PROVISIONAL, 'raised.json', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'tighter',
      before: { id: 'provisional-2026-11', hash: HASH },
      after: { id: 'raised' },
      figures: [{ id: 'SOL', relative: 0.2, touches: 'whoever holds SOL long or short' }],
      others: [{ field: '$.id' }],
    })
  })

  test('the same document in another layout is the same', () => {
    const { code, out } = plimsoll('epoch', 'diff', PROVISIONAL, 'canonical.json')
    expect([code, /SAME {3}both documents say the same/.test(out)]).toEqual([0, true])
  })
})

const refused: [args: readonly string[], says: RegExp][] = [
  [['verify', 'nothing.json'], /error FileNotFound: nothing\.json:1:1\n {2}at {8}<file>\n(.*\n)+ {2}remedy/],
  [['verify', 'broken.json'], /error JsonSyntax: broken\.json:1:9\n/],
  [
    ['verify', 'unknown.json'],
    /error UnknownField: unknown\.json:1:\d+\n {2}at {8}\$\.sections\["plimsoll-1"\]\.surprise\n {2}expected {2}one of: source, .*\n {2}got {7}"surprise"\n {2}remedy/,
  ],
  [['verify', PROVISIONAL, '--hash', 'abc'], /error WrongFormat: --hash.*\n(.*\n)+ {2}got {7}"abc"/],
  [['verify'], /missing required argument 'file'/],
  [['diff', 'raised.json'], /missing required argument 'new'/],
  [['diff', 'nothing.json', 'broken.json'], /FileNotFound: nothing\.json(.*\n)+error JsonSyntax: broken\.json/],
  [['frobnicate'], /unknown command 'frobnicate'/],
]
test.each(refused)('epoch %j is refused', (args, says) => {
  const { code, error, out } = plimsoll('epoch', ...args)
  expect([code, out]).toEqual([2, ''])
  expect(error).toMatch(says)
})

test('what is refused is told as JSON too', () => {
  const { code, out } = plimsoll('epoch', 'verify', 'unknown.json', '--json')
  expect(code).toBe(2)
  expect(JSON.parse(out)).toMatchObject({ errors: [{ code: 'UnknownField', file: 'unknown.json', got: '"surprise"' }] })
})
