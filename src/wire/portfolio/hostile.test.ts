import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePortfolio, decodePortfolioTable } from './decode-portfolio.ts'
import { encodePortfolio } from './encode-portfolio.ts'
import { openPortfolioLines } from './portfolio-lines.ts'
import { printProblems } from './problem.ts'
import { documentDrawn } from './random-portfolio.test-data.ts'

const DOCUMENT = fc.array(fc.nat(), { minLength: 0, maxLength: 1_500, size: 'max' }).map(documentDrawn)
const ALONE = { asOf: undefined, prices: [], readFile: () => ({ ok: false, reason: 'no such file' }) as const }
const MEGA = 1_000_000

function decode(text: string) {
  return decodePortfolio({ name: 'a.json', text }, ALONE)
}

/** A file that is right but for what stands in one place. */
function withText(place: 'name' | 'key' | 'amount' | 'format' | 'market', raw: string): string {
  const at = (here: string, otherwise: string) => (here === place ? raw : otherwise)
  return `{"format":${at('format', '"plimsoll portfolio v1"')},"name":${at('name', '"n"')},"asOf":0,
    "balances":{"USD":${at('amount', '"1"')}},"prices":{${at('key', '"ETH"')}:"2000"},
    "positions":[{"market":${at('market', '"ETH-PERP"')},"quantity":"1"}]}`
}

test('the file that the others are changed from is right', () => {
  expect(decode(withText('name', '"n"')).ok).toBe(true)
})

describe('a string of ten megabytes is refused, quickly and with a short message:', () => {
  const long = 'x'.repeat(10 * MEGA)
  const cases: [name: string, text: string, code: string][] = [
    ['as a name', withText('name', `"${long}"`), 'WrongType'],
    ['as the format', withText('format', `"${long}"`), 'WrongFormat'],
    ['as an amount', withText('amount', `"${'9'.repeat(10 * MEGA)}"`), 'BadDecimal'],
    ['as an amount with a fraction', withText('amount', `"0.${'0'.repeat(10 * MEGA)}1"`), 'BadDecimal'],
    ['as an amount of separators', withText('amount', `"1${',000'.repeat(2.5 * MEGA)}"`), 'BadDecimal'],
    ['as a number', withText('amount', '9'.repeat(10 * MEGA)), 'NotDecimalString'],
    ['as a key', withText('key', `"${long}"`), 'BadName'],
    ['as a market', withText('market', `"${'-'.repeat(10 * MEGA)}"`), 'BadName'],
    ['as an unknown field', `{"format":"plimsoll portfolio v1","balances":{},"${long}":1}`, 'UnknownField'],
    ['as a word', withText('amount', long), 'JsonSyntax'],
    ['as blanks and nothing else', ' '.repeat(10 * MEGA), 'JsonSyntax'],
    ['without its end', withText('name', `"${long}`), 'JsonSyntax'],
  ]
  test.each(cases)('%s', (_name, text, code) => {
    const before = performance.now()
    const decoded = decode(text)
    expect(performance.now() - before).toBeLessThan(5_000)
    if (decoded.ok) throw new Error('it was accepted')
    expect(decoded.problems.kept.map((problem) => problem.code)).toContain(code)
    expect(printProblems(decoded.problems).length).toBeLessThan(2_000)
  })
})

test('brackets a million deep are refused', () => {
  for (const deep of ['['.repeat(MEGA), '{"a":'.repeat(MEGA), withText('amount', '[{"a":'.repeat(MEGA))]) {
    expect(decode(deep)).toMatchObject({ ok: false, problems: { kept: [{ code: 'JsonSyntax' }] } })
  }
})

test('of a file of a million faults a thousand are kept and the rest counted', () => {
  const decoded = decode(`{"format":"plimsoll portfolio v1","positions":[${'0,'.repeat(MEGA)}0]}`)
  if (decoded.ok) throw new Error('it was accepted')
  expect(decoded.problems.kept).toHaveLength(1_000)
  expect(decoded.problems.more).toBe(MEGA + 1 - 1_000)
  expect(printProblems(decoded.problems)).toMatch(/… and 999981 more$/)
})

describe('names that objects have by birth', () => {
  const parentless: [text: string, code: string][] = [
    [withText('key', '"__proto__"'), 'BadName'],
    ['{"format":"plimsoll portfolio v1","balances":{},"__proto__":{"name":"x"}}', 'UnknownField'],
    ['{"__proto__":{"format":"plimsoll portfolio v1"},"balances":{}}', 'MissingField'],
    [withText('market', '{"__proto__":"ETH-PERP"}'), 'WrongType'],
    ['{"format":"plimsoll portfolio v1","balances":{},"constructor":1}', 'UnknownField'],
    ['{"format":"plimsoll portfolio v1","balances":{},"toString":1}', 'UnknownField'],
    ['{"format":"plimsoll portfolio v1","asOf":0,"balances":{"hasOwnProperty":"1"},"prices":{}}', 'MissingPrice'],
    ['{"format":"plimsoll portfolio v1","balances":{},"assets":{"ETH":{"kind":"toString"}}}', 'NotOneOf'],
  ]
  test.each(parentless)('%s is refused', (text, code) => {
    const decoded = decode(text)
    expect(decoded.ok || decoded.problems.kept.map((problem) => problem.code)).toContain(code)
    expect(({} as { name?: unknown }).name).toBeUndefined()
  })
  test('an asset may be called constructor, and has the price that is given', () => {
    const text = '{"format":"plimsoll portfolio v1","balances":{"constructor":"2"},"prices":{"constructor":"3"}}'
    const decoded = decode(text)
    expect(decoded.ok && encodePortfolio(decoded.portfolio)).toContain('"balances":{"constructor":"2"}')
  })
})

test('nothing of a message can act on a terminal', () => {
  const acting = '\\u001b[2J\\u009b31m\\u202e\\u2028\\u0007'
  for (const place of ['name', 'key', 'amount', 'format', 'market'] as const) {
    const decoded = decode(withText(place, `"${acting}"`))
    const printed = decoded.ok ? '' : printProblems(decoded.problems)
    // The name of a portfolio may be any text; whatever is refused is told of in escapes.
    // oxlint-disable-next-line no-control-regex
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/)
  }
})

test('halves of surrogate pairs are refused wherever they stand', () => {
  for (const half of ['\ud83d', '\udc00', '\\ud83d', '\\udc00\\ud83d']) {
    for (const place of ['name', 'key', 'amount', 'format', 'market'] as const)
      expect(decode(withText(place, `"${half}"`))).toMatchObject({
        ok: false,
        problems: { kept: [{ code: 'JsonSyntax' }] },
      })
  }
})

test('no text of any kind makes a decoder throw', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json(),
    fc
      .array(fc.constantFrom(...'instrument,quantity,"\n\r\t -1.5BTC-PERPUSDC;'.split('')), { maxLength: 60 })
      .map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (text) => {
      decode(text)
      decodePortfolioTable({ name: 'a.csv', text }, { buckets: new Map() }, ALONE)
      decodePortfolioTable({ name: 'a.csv', text: `instrument,quantity\n${text}` }, { buckets: new Map() }, ALONE)
      const lines = openPortfolioLines({ name: 'a.jsonl', text: '{"format":"plimsoll portfolio v1"}' }, ALONE)
      if (lines.ok) lines.account(text, 2)
    }),
    { numRuns: 2_000 },
  )
})

test('a file cut short anywhere, or with one character changed, is refused or still says something that can be written', () => {
  const sign = fc.constantFrom(...'{}[]",:0123456789.-eE \\nA/'.split(''))
  fc.assert(
    fc.property(
      DOCUMENT,
      fc.nat(),
      sign,
      fc.constantFrom('cut', 'changed', 'left out'),
      (document, where, put, how) => {
        const text = JSON.stringify(document)
        const at = where % text.length
        const rest = { cut: '', changed: put + text.slice(at + 1), 'left out': text.slice(at + 1) }[how]
        const decoded = decode(text.slice(0, at) + rest)
        if (how === 'cut') expect(decoded.ok).toBe(false)
        if (!decoded.ok) return
        const again = decode(encodePortfolio(decoded.portfolio))
        expect(again.ok && again.portfolio).toEqual(decoded.portfolio)
      },
    ),
    { numRuns: 1_000 },
  )
})
