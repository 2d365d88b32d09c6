import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TapeStep } from './bar.ts'
import { TableError } from '../../tables/table-error.ts'
import { openTapeFile } from './tape-file.ts'

const ONE = 10n ** 18n
const MIDNIGHT = Date.UTC(2022, 10, 6)
const HEADER = `# plimsoll tape v1
# id: made
# title: Made by hand
# settlement: USDT
# interval: 3600000
# spot: BTC,stETH
# perp: BTC
# source: this test
# note: first
# note: second
kind,symbol,time,open,high,low,close
`
const ROWS = `spot,BTC,2022-11-06T00:00Z,100.5,120,90,110
spot,stETH,2022-11-06T00:00Z,,,,7
perp,BTC,2022-11-06T00:00Z,100,119,89,109
funding,BTC,2022-11-06T00:00Z,,,,-0.0001
spot,BTC,2022-11-06T02:00Z,110,110,110,110
`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-tape-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: string | Uint8Array, name = 'made.csv'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function stepsOf(path: string): Promise<readonly TapeStep[]> {
  return allOf((await openTapeFile(path)).steps)
}

/** The message a broken file gives, without the folder it is in. */
async function messageOf(content: string | Uint8Array, name = 'made.csv'): Promise<string> {
  const path = await fileOf(content, name)
  const problem = await stepsOf(path).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(problem instanceof TableError)) throw new Error(`no TableError but ${String(problem)}`)
  return problem.message.replaceAll(`${folder}/`, '')
}

const WANTED_STEPS = [
  {
    time: MIDNIGHT,
    bars: [
      {
        kind: 'spot',
        symbol: 'BTC',
        time: MIDNIGHT,
        prices: { shape: 'ohlc', open: (1005n * ONE) / 10n, high: 120n * ONE, low: 90n * ONE, close: 110n * ONE },
      },
      { kind: 'spot', symbol: 'stETH', time: MIDNIGHT, prices: { shape: 'close', close: 7n * ONE } },
      {
        kind: 'perp',
        symbol: 'BTC',
        time: MIDNIGHT,
        prices: { shape: 'ohlc', open: 100n * ONE, high: 119n * ONE, low: 89n * ONE, close: 109n * ONE },
      },
    ],
    funding: [{ symbol: 'BTC', time: MIDNIGHT, rate: -ONE / 10_000n }],
  },
  {
    time: MIDNIGHT + 2 * 3_600_000,
    bars: [
      {
        kind: 'spot',
        symbol: 'BTC',
        time: MIDNIGHT + 2 * 3_600_000,
        prices: { shape: 'ohlc', open: 110n * ONE, high: 110n * ONE, low: 110n * ONE, close: 110n * ONE },
      },
    ],
    funding: [],
  },
]

test('reads the header', async () => {
  const { header } = await openTapeFile(await fileOf(HEADER + ROWS))
  expect(header).toEqual({
    id: 'made',
    title: 'Made by hand',
    settlement: 'USDT',
    intervalMs: 3_600_000,
    spot: ['BTC', 'stETH'],
    perpetualMarks: ['BTC'],
    sources: ['this test'],
    notes: ['first', 'second'],
  })
})

test('gathers the rows of one time into a step and leaves a missing hour out', async () => {
  expect(await stepsOf(await fileOf(HEADER + ROWS))).toEqual(WANTED_STEPS)
})

const sameTape: [name: string, content: string | Uint8Array, fileName: string][] = [
  ['line ends of Windows', (HEADER + ROWS).replaceAll('\n', '\r\n'), 'made.csv'],
  ['a byte order mark', `\uFEFF${HEADER}${ROWS}`, 'made.csv'],
  ['no line end after the last row', (HEADER + ROWS).trimEnd(), 'made.csv'],
  ['blank lines', `${HEADER}\n\n${ROWS}\n`, 'made.csv'],
  ['gzip', gzipSync(HEADER + ROWS), 'made.csv.gz'],
]
test.each(sameTape)('reads the same tape from a file with %s', async (_name, content, fileName) => {
  expect(await stepsOf(await fileOf(content, fileName))).toEqual(WANTED_STEPS)
})

test('can be read twice: each iteration starts at the first step', async () => {
  const { steps } = await openTapeFile(await fileOf(HEADER + ROWS))
  for await (const step of steps) {
    expect(step.time).toBe(MIDNIGHT)
    break
  }
  expect(await allOf(steps)).toEqual(WANTED_STEPS)
})

const row = 'spot,BTC,2022-11-06T00:00Z,'
const brokenRows: [name: string, rows: string, code: string, line: number, column: number, field: string][] = [
  ['NaN', `${row}1,1,1,NaN`, 'BadDecimal', 12, 34, 'close'],
  ['an exponent', `${row}1,1,1,1e-5`, 'BadDecimal', 12, 34, 'close'],
  ['an empty close', `${row},,,`, 'BadDecimal', 12, 31, 'close'],
  ['a high without the others', `${row},2,,1`, 'BadDecimal', 12, 28, 'open'],
  ['a zero', `${row}1,1,0,1`, 'NotPositive', 12, 32, 'low'],
  ['a negative price', `${row}1,1,-1,1`, 'NotPositive', 12, 32, 'low'],
  ['a price of 1e12', `${row}1,1000000000000,1,1`, 'OutOfRange', 12, 30, 'high'],
  ['19 decimals', `${row}1,1,1,1.0000000000000000001`, 'BadDecimal', 12, 34, 'close'],
  ['a thousands separator in quotes', `${row}1,1,1,"1,234.5"`, 'BadDecimal', 12, 34, 'close'],
  ['a thousands separator', `${row}1,1,1,1,234.5`, 'WrongColumnCount', 12, 1, 'row'],
  ['a cell too few', `${row}1,1,1`, 'WrongColumnCount', 12, 1, 'row'],
  ['high below low', `${row}10,9,11,10`, 'CrossedBar', 12, 31, 'high'],
  ['the open above the high', `${row}10,9,8,9`, 'CrossedBar', 12, 31, 'high'],
  ['the close below the low', `${row}10,11,9,8`, 'CrossedBar', 12, 34, 'low'],
  ['an unknown kind', 'mark,BTC,2022-11-06T00:00Z,1,1,1,1', 'UnknownKind', 12, 1, 'kind'],
  ['a series the header does not name', 'perp,stETH,2022-11-06T00:00Z,,,,1', 'UnknownSeries', 12, 6, 'symbol'],
  ['something that is no name', 'spot,B?,2022-11-06T00:00Z,,,,1', 'BadSymbol', 12, 6, 'symbol'],
  ['a time without zone', 'spot,BTC,2022-11-06 00:00,,,,1', 'BadTime', 12, 10, 'time'],
  ['30 February', 'spot,BTC,2022-02-30T00:00Z,,,,1', 'BadTime', 12, 10, 'time'],
  ['a range on a funding row', 'funding,BTC,2022-11-06T00:00Z,1,,,1', 'BadDecimal', 12, 31, 'open'],
  ['a second bar of one series', `${row},,,1\n${row},,,1`, 'DuplicateBar', 13, 6, 'symbol'],
  ['time running backwards', `${row},,,1\nspot,BTC,2022-11-05T23:00Z,,,,1`, 'TimeBackwards', 13, 10, 'time'],
  ['bars that overlap', `${row},,,1\nspot,BTC,2022-11-06T00:59Z,,,,1`, 'BarsOverlap', 13, 10, 'time'],
  ['a control character', `${row},,,1\u0000`, 'NotText', 12, 32, 'line'],
]
test.each(brokenRows)('refuses %s and says where', async (_name, rows, code, line, column, field) => {
  const [first, at] = (await messageOf(HEADER + rows)).split('\n')
  expect([first, at]).toEqual([`error ${code}: made.csv:${line}:${column}`, `  at        ${field}`])
})

const brokenFiles: [name: string, content: string | Uint8Array, fileName: string, first: string][] = [
  ['an empty file', '', 'made.csv', 'error EmptyFile: made.csv'],
  ['the first line only', '# plimsoll tape v1\n', 'made.csv', 'error NoRows: made.csv'],
  ['the header only', HEADER, 'made.csv', 'error NoRows: made.csv'],
  ['another version', HEADER.replace('v1', 'v2') + ROWS, 'made.csv', 'error WrongFormat: made.csv:1:1'],
  ['a table of bars', 'ts,close\n1,2\n', 'made.csv', 'error WrongFormat: made.csv:1:1'],
  ['a missing column', HEADER.replace(',low', '') + ROWS, 'made.csv', 'error MissingColumn: made.csv:11:1'],
  [
    'columns in another order',
    HEADER.replace('high,low', 'low,high') + ROWS,
    'made.csv',
    'error MissingColumn: made.csv:11:1',
  ],
  ['no interval', HEADER.replace('# interval: 3600000\n', '') + ROWS, 'made.csv', 'error MissingField: made.csv:10:1'],
  ['an interval of zero', HEADER.replace('3600000', '0') + ROWS, 'made.csv', 'error BadHeader: made.csv:5:1'],
  [
    'an unknown key',
    HEADER.replace('# id', '# colour: red\n# id') + ROWS,
    'made.csv',
    'error UnknownField: made.csv:2:1',
  ],
  [
    'a key twice',
    HEADER.replace('# title', '# id: two\n# title') + ROWS,
    'made.csv',
    'error DuplicateKey: made.csv:3:1',
  ],
  ['an asset twice', HEADER.replace('BTC,stETH', 'BTC,BTC') + ROWS, 'made.csv', 'error DuplicateSeries: made.csv:6:1'],
  ['no series', HEADER.replace(/# spot.*\n# perp.*\n/, '') + ROWS, 'made.csv', 'error MissingField: made.csv:9:1'],
  ['a header without end', HEADER.slice(0, 30) + '\n# note: x'.repeat(2000), 'made.csv', 'error BadHeader: made.csv'],
  ['truncated gzip', gzipSync(HEADER + ROWS).subarray(0, -20), 'made.csv.gz', 'error TruncatedGzip: made.csv.gz'],
  ['text named gzip', HEADER + ROWS, 'made.csv.gz', 'error BadGzip: made.csv.gz'],
  ['gzip named text', gzipSync(HEADER + ROWS), 'made.csv', 'error NotText: made.csv:1:2'],
  ['binary garbage', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]), 'made.csv', 'error NotText: made.csv:1:1'],
  ['text in Latin 1', Buffer.from(`${HEADER}# \xe9\n`, 'latin1'), 'made.csv', 'error NotText: made.csv:12:3'],
  [
    'a line of 64 KiB and a byte',
    `${HEADER}${'1'.repeat(65_537)}\n`,
    'made.csv',
    'error LineTooLong: made.csv:12:65537',
  ],
]
test.each(brokenFiles)('refuses %s', async (_name, content, fileName, first) => {
  expect((await messageOf(content, fileName)).split('\n')[0]).toBe(first)
})

test('says what is wrong with a figure in five lines', async () => {
  expect(await messageOf(`${HEADER}${row}1,1,1,"21,300.12"`)).toBe(`error BadDecimal: made.csv:12:34
  at        close
  expected  a decimal such as 21300.12
  got       "21,300.12"
  remedy    leave the separators out: 21300.12`)
})

test('names a file that does not exist', async () => {
  await expect(openTapeFile(join(folder, 'none.csv'))).rejects.toThrow(/^error FileNotFound: .*none\.csv/)
})

test('gives the steps before a bad row before it throws', async () => {
  const { steps } = await openTapeFile(await fileOf(`${HEADER}${ROWS}spot,BTC,2022-11-06T03:00Z,,,,0\n`))
  const seen: TapeStep[] = []
  const reading = (async () => {
    for await (const step of steps) seen.push(step)
  })()
  await expect(reading).rejects.toThrow('error NotPositive')
  expect(seen).toEqual(WANTED_STEPS)
})
