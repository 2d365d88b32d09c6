import { describe, expect, test } from 'vitest'
import { value } from '../../core/quantity/value.ts'
import { bucketOption } from './bucket-option.ts'
import { decodePortfolio, decodePortfolioTable, type DecodedPortfolio } from './decode-portfolio.ts'
import { encodePortfolio } from './encode-portfolio.ts'
import type { FileBucketMode } from './portfolio-file.ts'
import { printProblems } from './problem.ts'

const ONE = 10n ** 18n
const PRICES = [{ name: 'p.csv', text: 'instrument,mark\nUSDC,1\nETH,2000\nETH-PERP,2001\nSOL-PERP,150\n' }]
const AROUND = { asOf: undefined, prices: PRICES, readFile: () => ({ ok: false, reason: 'no such file' }) as const }

function decode(text: string, buckets: readonly (readonly [string, FileBucketMode])[] = []): DecodedPortfolio {
  return decodePortfolioTable({ name: 'book.csv', text }, { buckets: new Map(buckets) }, AROUND)
}

function good(decoded: DecodedPortfolio) {
  if (!decoded.ok) throw new Error(printProblems(decoded.problems))
  return decoded.portfolio
}

test('a table says the same as the short form', () => {
  const table = good(decode('instrument,quantity,entryPrice\nUSDC,2500,\nETH,1.5,\nETH-PERP,-12,2050\n'))
  const short = {
    format: 'plimsoll portfolio v1',
    balances: { USDC: '2500', ETH: '1.5' },
    positions: [{ market: 'ETH-PERP', quantity: '-12', entryPrice: '2050' }],
  }
  const json = good(decodePortfolio({ name: 'a.json', text: JSON.stringify(short) }, AROUND))
  expect(encodePortfolio(table)).toBe(encodePortfolio(json))
})

test('columns stand in any order, cells in quotes or blanks, lines end either way', () => {
  const plain = good(decode('instrument,quantity,entryPrice\nETH-PERP,-12,2050\n'))
  const fancy = good(decode('\uFEFF entryPrice , "quantity",instrument\r\n\r\n2050," -12 ",ETH-PERP'))
  expect(fancy).toEqual(plain)
})

test('buckets go by number or name, names take the lowest free numbers in order of their rows', () => {
  const rows = ['x,two,USDC,1', 'x,2,USDC,2', 'x,,USDC,3', 'x,0,ETH,4', 'x,one,USDC,5', 'y,one,USDC,6', 'x,two,ETH,7']
  const line: FileBucketMode = { kind: 'line', line: value(25_000n * ONE) }
  const { accounts } = good(
    decode(['account,bucket,instrument,quantity', ...rows].join('\n'), [
      ['one', line],
      ['2', { kind: 'isolated' }],
    ]),
  )
  const seen = accounts.map(({ id, pool, buckets }) => [
    id,
    [...pool.balances],
    buckets.map(({ id, name, mode, content }) => [id, name, mode.kind, [...content.balances]]),
  ])
  expect(seen).toEqual([
    [
      'x',
      [
        ['USDC', 3n * ONE],
        ['ETH', 4n * ONE],
      ],
      [
        [
          1,
          'two',
          'cross',
          [
            ['USDC', ONE],
            ['ETH', 7n * ONE],
          ],
        ],
        [2, undefined, 'isolated', [['USDC', 2n * ONE]]],
        [3, 'one', 'line', [['USDC', 5n * ONE]]],
      ],
    ],
    ['y', [], [[1, 'one', 'line', [['USDC', 6n * ONE]]]]],
  ])
})

test('defaults are told with line and column name', () => {
  const decoded = decode('instrument,quantity,bucket\nETH-PERP,1,vol\n')
  if (!decoded.ok) throw new Error(printProblems(decoded.problems))
  expect(decoded.assumptions.map(({ path, message }) => `${path}: ${message}`)).toEqual(
    expect.arrayContaining([
      'book.csv:2, bucket: cross',
      'book.csv:2, entryPrice: the mark: no profit or loss is unsettled',
      'book.csv, settlementAsset: USD itself: price 1, no peg risk',
    ]),
  )
})

describe('is refused with line, column and column name:', () => {
  const head = 'account,bucket,instrument,quantity,entryPrice,unsettledPnl,accruedFunding'
  const table: [name: string, text: string, problem: string][] = [
    ['a thousands separator in quotes', `${head}\n,,USDC,"2,500",,,`, 'BadDecimal book.csv:2:8 book.csv:2, quantity'],
    ['one without quotes', `${head}\n,,USDC,2,500,,,`, 'CsvSyntax book.csv:2:1 book.csv:2'],
    ['too few cells', `${head}\n,,USDC,2`, 'CsvSyntax book.csv:2:1 book.csv:2'],
    ['a quote that is not closed', `${head}\n,,USDC,"2,,,`, 'CsvSyntax book.csv:2:1 book.csv:2'],
    ['no quantity of a balance', `${head}\n,,USDC,,,,`, 'MissingField book.csv:2:1 book.csv:2, quantity'],
    ['no quantity of a position', `${head}\n,,ETH-PERP,,,,`, 'MissingField book.csv:2:1 book.csv:2, quantity'],
    ['no instrument', `${head}\n,,,5,,,`, 'BadName book.csv:2:1 book.csv:2, instrument'],
    ['a position of nothing', `${head}\n,,ETH-PERP,0,,,`, 'BadDecimal book.csv:2:12 book.csv:2, quantity'],
    ['a price below zero', `${head}\n,,ETH-PERP,1,-5,,`, 'NotPositive book.csv:2:14 book.csv:2, entryPrice'],
    ['entry price and profit', `${head}\n,,ETH-PERP,1,5,6,`, 'FieldConflict book.csv:2:14 book.csv:2, entryPrice'],
    ['an entry price of a balance', `${head}\n,,ETH,1,5,,`, 'FieldConflict book.csv:2:9 book.csv:2, entryPrice'],
    ['one row twice', `${head}\n,,ETH,1,,,\n\n,0,ETH,2,,,`, 'DuplicateKey book.csv:4:4 book.csv:4, instrument'],
    ['a bucket above 255', `${head}\n,256,ETH,1,,,`, 'BadName book.csv:2:2 book.csv:2, bucket'],
    ['an account of two words', `${head}\na b,,ETH,1,,,`, 'BadName book.csv:2:1 book.csv:2, account'],
    ['a balance without price', `${head}\n,,BTC,1,,,`, 'MissingPrice book.csv:2:3 book.csv:2, instrument'],
    ['a market that nobody knows', `${head}\n,,ETH:X,1,,,`, 'UnknownMarket book.csv:2:3 book.csv:2, instrument'],
    ['a column of another name', 'symbol,quantity\nETH,1', 'UnknownField book.csv:1:1 book.csv:1, symbol'],
    ['a column twice', 'instrument,quantity,quantity\nETH,1,1', 'DuplicateKey book.csv:1:21 book.csv:1, quantity'],
    ['a column that is missing', 'instrument,entryPrice\nETH,1', 'MissingField book.csv:1:1 book.csv:1, quantity'],
    ['semicolons', 'instrument;quantity\nETH;1', 'UnknownField book.csv:1:1 book.csv:1, instrument;quantity'],
    ['an empty file', '', 'MissingField book.csv:1:1 book.csv:1, instrument'],
    ['a header alone', 'instrument,quantity\n', 'MissingField book.csv:1:1 book.csv, instrument'],
  ]
  test.each(table)('%s', (_name, text, problem) => {
    const decoded = decode(text)
    const [first] = decoded.ok ? [] : decoded.problems.kept
    expect(`${first?.code} ${first?.file}:${first?.line}:${first?.column} ${first?.path}`).toBe(problem)
  })
})

test('a column of another system is renamed', () => {
  const decoded = decode('symbol,qty\nETH,1')
  expect(decoded.ok ? '' : printProblems(decoded.problems)).toContain('remedy    rename it to "quantity"')
})

describe('a bucket on the command line', () => {
  test('has a mode, and its line', () => {
    expect(bucketOption('eth-vol=line:25000')).toMatchObject({
      ok: true,
      bucket: 'eth-vol',
      mode: { kind: 'line', line: 25_000n * ONE },
    })
    expect(bucketOption('2=isolated')).toMatchObject({ ok: true, bucket: '2', mode: { kind: 'isolated' } })
    expect(bucketOption('a=cross')).toMatchObject({ ok: true, bucket: 'a', mode: { kind: 'cross' } })
  })
  const refused: [text: string, code: string][] = [
    ['', 'NotOneOf'],
    ['a', 'NotOneOf'],
    ['a=line', 'NotOneOf'],
    ['a=cross:5', 'NotOneOf'],
    ['=cross', 'NotOneOf'],
    ['a=line:0', 'NotPositive'],
    ['a=line:5k', 'BadDecimal'],
  ]
  test.each(refused)('%j is refused', (text, code) => {
    expect(bucketOption(text)).toMatchObject({ ok: false, problems: { kept: [{ code, file: '--bucket' }] } })
  })
})

describe('prices of a table', () => {
  function prices(text: string) {
    return decodePortfolio(
      { name: 'a.json', text: '{"format":"plimsoll portfolio v1","asOf":9000,"balances":{"ETH":"1"}}' },
      { ...AROUND, prices: [{ name: 'p.csv', text }] },
    )
  }
  test('have all that prices of an object have', () => {
    const text =
      'instrument,mark,index,bid,ask,at,ageMs,confidence,sources\nETH,5,4,4.5,5.5,1000,,0.9,3\nBTC,1,,,,1970-01-01T00:00:02Z,,,\nSOL,1,,,,,7,,\n'
    const { assetPrices } = good(prices(text))
    expect([...assetPrices.values()].map(({ observed }) => observed)).toEqual([
      { kind: 'at', at: 1000 },
      { kind: 'at', at: 2000 },
      { kind: 'age', ageMs: 7 },
    ])
    expect([...assetPrices.values()][0]).toMatchObject({ mark: 5n * ONE, bid: (45n * ONE) / 10n, sources: 3 })
  })
  const refused: [text: string, problem: string][] = [
    ['instrument,mark\nETH,0', 'NotPositive p.csv:2, mark'],
    ['instrument,mark\nETH,', 'MissingField p.csv:2, mark'],
    ['instrument,mark\nETH,1\nETH,2', 'DuplicateKey p.csv:3, instrument'],
    ['instrument,mark,sources\nETH,1,two', 'WrongType p.csv:2, sources'],
    ['instrument,mark,bid,ask\nETH,1,2,1', 'CrossedQuote p.csv:2, instrument'],
    ['date,close\n2026-01-01,5', 'UnknownField p.csv:1, date'],
  ]
  test.each(refused)('%j is refused', (text, problem) => {
    const decoded = prices(text)
    const [first] = decoded.ok ? [] : decoded.problems.kept
    expect(`${first?.code} ${first?.path}`).toBe(problem)
  })
})
