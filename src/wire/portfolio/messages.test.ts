import { describe, expect, test } from 'vitest'
import { decodePortfolio } from './decode-portfolio.ts'
import { printProblems } from './problem.ts'

/** Whole messages, to the letter: people read them, and they are part of the interface. */

const PRICES = `{
  "format": "plimsoll prices v1",
  "prices": { "DAI": "1.0002", "SOL": "150", "LINK": "18", "SOL-PERP": "150.2", "LINK-PERP": "18.01" }
}`

/** Line 4 holds the balances, line 6 and 7 the positions; `lines` replaces some by number and adds to the end. */
const GOOD: readonly string[] = [
  '{',
  '  "format": "plimsoll portfolio v1",',
  '  "asOf": "2026-01-02T00:00:00Z",',
  '  "balances": { "DAI": "900", "SOL": "12" },',
  '  "positions": [',
  '    { "market": "SOL-PERP", "quantity": "-10", "entryPrice": "149" },',
  '    { "market": "LINK-PERP", "quantity": "55", "entryPrice": "17.5" }',
  '  ],',
  '  "settlementAsset": "DAI",',
  '  "prices": "market.json"',
  '}',
]

function messages(changes: Readonly<Record<number, string>>): string {
  const text = GOOD.map((line, index) => changes[index + 1] ?? line).join('\n')
  const decoded = decodePortfolio(
    { name: 'book.json', text },
    {
      asOf: undefined,
      prices: [],
      readFile: (path) =>
        path === 'market.json'
          ? { ok: true, source: { name: path, text: PRICES } }
          : { ok: false, reason: 'no such file' },
    },
  )
  return decoded.ok ? 'none' : printProblems(decoded.problems)
}

/** A message as it is printed. */
function block(head: string, at: string, expected: string, got: string, remedy: string): string {
  return `error ${head}\n  at        ${at}\n  expected  ${expected}\n  got       ${got}\n  remedy    ${remedy}`
}

test('a file without fault has none', () => {
  expect(messages({})).toBe('none')
})

const oneMessage: [name: string, changes: Readonly<Record<number, string>>, message: string][] = [
  [
    'a number where a decimal string belongs',
    { 6: '    { "market": "SOL-PERP", "quantity": -10.5 },' },
    block(
      'NotDecimalString: book.json:6:41',
      '$.positions[0].quantity',
      'a decimal string that is not zero',
      'the number -10.5',
      'put quotes round it: "-10.5" (JSON numbers lose digits)',
    ),
  ],
  [
    'a thousands separator',
    { 4: '  "balances": { "DAI": "1,250,900.5", "SOL": "12" },' },
    block(
      'BadDecimal: book.json:4:24',
      '$.balances.DAI',
      'a decimal string such as "9000" or "-12.5"',
      '"1,250,900.5"',
      'leave the commas out: "1250900.5"',
    ),
  ],
  [
    'a negative price',
    { 10: '  "prices": { "DAI": "1", "SOL": "-150", "SOL-PERP": "1", "LINK-PERP": "1" }' },
    block(
      'NotPositive: book.json:10:34',
      '$.prices.SOL',
      'a decimal string above zero',
      '"-150"',
      'a price is above zero; leave the entry out if there is none',
    ),
  ],
  [
    'a line bucket without its line',
    { 8: '  ], "buckets": [{ "id": 3, "mode": "line" }],' },
    block(
      'MissingField: book.json:8:18',
      '$.buckets[0].line',
      'USD the pool answers for at most, e.g. "line": "50000"',
      'nothing',
      'add "line", or set "mode": "isolated" if the pool shall answer for nothing',
    ),
  ],
  [
    'a time without zone',
    { 3: '  "asOf": "2026-01-02T09:30",' },
    block(
      'BadTime: book.json:3:11',
      '$.asOf',
      'UTC time such as "2026-02-06T08:00:00Z", or milliseconds',
      '"2026-01-02T09:30"',
      'write "2026-01-02T09:30:00Z" if that was UTC',
    ),
  ],
  [
    'an option without strike',
    {
      9: '  "markets": { "SOL:MAR:PUT": { "kind": "option", "underlying": "SOL", "expiry": 1774598400000, "right": "put" } },',
    },
    block(
      'MissingField: book.json:9:31',
      '$.markets["SOL:MAR:PUT"].strike',
      'the strike, e.g. "strike": "2400"',
      'nothing',
      'add it',
    ),
  ],
  [
    'too many digits',
    { 4: '  "balances": { "DAI": "900", "SOL": "12.1234567890123456789" },' },
    block(
      'BadDecimal: book.json:4:38',
      '$.balances.SOL',
      'a decimal string such as "9000" or "-12.5"',
      '"12.1234567890123456789"',
      'at most 18 digits after the point; nothing is rounded silently',
    ),
  ],
  [
    'entry price and settled result together',
    { 7: '    { "market": "LINK-PERP", "quantity": "55", "unsettledPnl": "-3", "entryPrice": "17.5" }' },
    block(
      'FieldConflict: book.json:7:70',
      '$.positions[1].entryPrice',
      'entryPrice or unsettledPnl, not both',
      '"17.5"',
      'keep unsettledPnl if the venue has already settled part of the profit or loss',
    ),
  ],
  [
    'a version this program does not read, of whose fields nothing is said',
    { 2: '  "format": "plimsoll portfolio v3", "novelty": [],' },
    block(
      'WrongFormat: book.json:2:13',
      '$.format',
      '"plimsoll portfolio v1"',
      '"plimsoll portfolio v3"',
      'this program reads portfolio v1; `plimsoll --version` says what else it reads',
    ),
  ],
  [
    'NaN, of which every one is told',
    { 10: '  "prices": { "DAI": NaN, "SOL": -Infinity }' },
    [
      block(
        'JsonSyntax: book.json:10:22',
        '$.prices.DAI',
        'a JSON value',
        'NaN',
        'JSON has no NaN or infinity: leave the entry out if there is no price',
      ),
      block(
        'JsonSyntax: book.json:10:34',
        '$.prices.SOL',
        'a JSON value',
        '-Infinity',
        'JSON has no NaN or infinity: leave the entry out if there is no price',
      ),
    ].join('\n'),
  ],
  [
    'the same key twice, however it is written',
    { 4: '  "balances": { "DAI": "900",', 5: '  "\\u0044AI": "1" }, "positions": [' },
    block(
      'DuplicateKey: book.json:5:3',
      '$.balances.DAI',
      'each key once',
      'a second "DAI"; the first is on line 4',
      'keep one; add the amounts yourself if both were meant',
    ),
  ],
  [
    'a balance without price, and the ticker that may be meant',
    { 4: '  "balances": { "DAI": "900", "SLO": "12" },' },
    block(
      'MissingPrice: book.json:4:38',
      '$.balances.SLO',
      'a price for SLO',
      'prices for DAI, SOL, LINK',
      'did you mean "SOL"?',
    ),
  ],
  [
    'a contract that ends at the very moment of valuation',
    { 3: '  "asOf": 1767340800000,', 7: '    { "market": "SOL-2JAN26", "quantity": "55" }' },
    block(
      'Expired: book.json:7:17',
      '$.positions[1].market',
      'a contract that is live at 2026-01-02T08:00:00Z',
      'SOL-2JAN26, expired 2026-01-02T08:00:00Z',
      'drop it, or book its settlement into balances',
    ),
  ],
  [
    'a crossed quote',
    {
      10: '  "prices": { "DAI": "1", "SOL": "150", "LINK": "18", "SOL-PERP": { "mark": "5", "bid": "5.10", "ask": "5.05" } }',
    },
    block(
      'CrossedQuote: book.json:10:67',
      '$.prices["SOL-PERP"]',
      'bid at or below ask',
      'bid 5.1 above ask 5.05',
      'swap them, or leave both out: the mark is enough',
    ),
  ],
  [
    'a missing file',
    { 10: '  "prices": "markt.json"' },
    block(
      'FileNotFound: book.json:10:13',
      '$.prices',
      'a readable file',
      'markt.json: no such file',
      'paths are relative to the portfolio file; or pass --prices FILE',
    ),
  ],
]
test.each(oneMessage)('%s', (_name, changes, message) => {
  expect(messages(changes)).toBe(message)
})

test('field names of another system are translated, with the sign in the quantity', () => {
  const known = 'one of: market, quantity, entryPrice, unsettledPnl, accruedFunding'
  expect(messages({ 6: '    { "instId": "SOL-PERP", "posSide": "SHORT", "sz": "10" },' })).toBe(
    [
      block('UnknownField: book.json:6:7', '$.positions[0].instId', known, '"instId"', 'rename it to "market"'),
      block(
        'UnknownField: book.json:6:29',
        '$.positions[0].posSide',
        known,
        '"posSide"',
        'drop it and sign the quantity: "quantity": "-10"',
      ),
      block('UnknownField: book.json:6:49', '$.positions[0].sz', known, '"sz"', 'rename it to "quantity"'),
    ].join('\n'),
  )
})

test('both forms at once: what stands at the top is to be moved, long values are cut', () => {
  const expected = 'either "accounts", or balances and positions at the top, not both'
  expect(messages({ 9: '  "accounts": [{ "id": "b", "balances": { "DAI": "1" } }],' })).toBe(
    [
      block(
        'FieldConflict: book.json:4:3',
        '$.balances',
        expected,
        '{"DAI":"900","SOL":"12"}',
        'move balances into an account: { "id": "main", "balances": … }',
      ),
      block(
        'FieldConflict: book.json:5:3',
        '$.positions',
        expected,
        '[{"market":"SOL-PERP","quantity":"-10","entryPrice":"149"…',
        'move positions into an account: { "id": "main", "positions": … }',
      ),
    ].join('\n'),
  )
})

describe('layers', () => {
  test('of a text with a key twice the wrong values are not told of', () => {
    expect(messages({ 4: '  "balances": { "DAI": 900, "DAI": 1 },' })).toMatch(/^error DuplicateKey[^]*$/)
    expect(messages({ 4: '  "balances": { "DAI": 900, "DAI": 1 },' })).not.toMatch(/NotDecimalString/)
  })
  test('of a file with wrong values it is not told what has no price', () => {
    expect(messages({ 4: '  "balances": { "DAI": 900, "SLO": "1" },' })).not.toMatch(/MissingPrice/)
  })
  test('without the file of prices nothing is said of prices, but of all else', () => {
    const all = messages({ 7: '    { "market": "SOL-1JAN26", "quantity": "55" }', 10: '  "prices": "none.json"' })
    expect(all.match(/^error \w+/gm)).toEqual(['error Expired', 'error FileNotFound'])
  })
})

test('at most 20 are printed, and how many more there are', () => {
  const rows = Array.from({ length: 27 }, () => '{ "market": "SOL-PERP", "quantity": 1 }').join(', ')
  const all = messages({ 6: `${rows},` })
  expect(all.match(/^error /gm)).toHaveLength(20)
  expect(all.split('\n').at(-1)).toBe('… and 7 more')
})
