import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TapeStep } from './bar.ts'
import { openCsvFile, openCsvFolder } from './csv-folder.ts'

const ONE = 10n ** 18n
const HOUR = 3_600_000
const START = Date.UTC(2022, 10, 6)

let root = ''
let count = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'plimsoll-csv-'))
})
afterAll(() => rm(root, { recursive: true }))

type Files = Readonly<Record<string, string | Uint8Array>>

async function folderOf(files: Files): Promise<string> {
  count += 1
  const folder = join(root, `folder-${count}`)
  await mkdir(folder)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

async function stepsOf(files: Files): Promise<readonly TapeStep[]> {
  return allOf((await openCsvFolder(await folderOf(files))).steps)
}

/** Hours after START and close of every bar, by series. */
function shown(steps: readonly TapeStep[]): readonly string[] {
  return steps.map(({ time, bars }) => {
    const cells = bars.map(({ kind, symbol, prices }) => `${kind} ${symbol} ${prices.close / ONE}`)
    return `${(time - START) / HOUR}: ${cells.join(', ')}`
  })
}

function closes(hours: readonly number[], first = 1): string {
  return ['ts,close', ...hours.map((hour, index) => `${START + hour * HOUR},${first + index}`)].join('\n')
}

test('merges files in time order; marks come from the subfolder perp, gaps stay gaps', async () => {
  const steps = await stepsOf({
    'ETHUSDT_1h.csv': closes([1, 2, 4], 10),
    'BTCUSDT_1h.csv.gz': gzipSync(closes([0, 1, 2], 20)),
    'perp/BTCUSDT.csv': closes([1, 2], 30),
    'README.md': 'not a table',
  })
  expect(shown(steps)).toEqual([
    '0: spot BTC 20',
    '1: spot BTC 21, spot ETH 10, perp BTC 30',
    '2: spot BTC 22, spot ETH 11, perp BTC 31',
    '4: spot ETH 12',
  ])
})

test('says in the header what the file names tell', async () => {
  const folder = await folderOf({
    'ETHUSDT_1h.csv': closes([0, 1]),
    'BTCUSDT_1h.csv': closes([0, 1]),
    'perp/BTCUSDT.csv': closes([0, 1]),
  })
  const { header } = await openCsvFolder(folder)
  expect(header).toMatchObject({
    id: `folder-${count}`,
    settlement: 'USDT',
    intervalMs: HOUR,
    spot: ['BTC', 'ETH'],
    perpetualMarks: ['BTC'],
    sources: ['BTCUSDT_1h.csv', 'ETHUSDT_1h.csv', 'BTCUSDT.csv'],
  })
})

test('the settlement asset is USD where file names differ in their quote', async () => {
  const { header } = await openCsvFolder(await folderOf({ 'A-USDC.csv': closes([0, 1]), 'B-USDT.csv': closes([0, 1]) }))
  expect(header.settlement).toBe('USD')
})

test('the interval is the most common spacing, not the first', async () => {
  const { header } = await openCsvFolder(await folderOf({ 'BTC.csv': closes([0, 5, 6, 7]), 'ETH.csv': closes([3]) }))
  expect(header.intervalMs).toBe(HOUR)
})

const tables: [name: string, text: string][] = [
  ['milliseconds and volume', `ts,open,high,low,close,volume\n${START},2,4,1,3,9\n`],
  ['seconds, in another order and case', `Close,Low,High,Open,Unix\n3,1,4,2,${START / 1000}\n`],
  ['days', 'date,open,high,low,close\n2022-11-06,2,4,1,3\n'],
  ['names and figures in quotes', `"Open time","open","high","low","close"\n"${START}","2","4","1","3"\n`],
  ['blanks after commas', `time, open, high, low, close\n${START}, 2, 4, 1, 3\n`],
]
test.each(tables)('reads a table with %s', async (_name, text) => {
  const [first] = await stepsOf({ 'BTC.csv': text, 'ETH.csv': closes([0, 24]) })
  const prices = { shape: 'ohlc', open: 2n * ONE, high: 4n * ONE, low: ONE, close: 3n * ONE }
  expect(first?.bars[0]).toEqual({ kind: 'spot', symbol: 'BTC', time: START, prices })
})

test.each(['price', 'close', 'price_usd'])('reads a table that has only the column %s', async (name) => {
  const [step] = await stepsOf({ 'BTC.csv': `ts,${name}\n${START},3\n${START + HOUR},4\n` })
  expect(step?.bars[0]?.prices).toEqual({ shape: 'close', close: 3n * ONE })
})

test('one file is a tape of one asset', async () => {
  const folder = await folderOf({ 'BTCUSDT_1h.csv': closes([0, 1], 7) })
  const { header, steps } = await openCsvFile(join(folder, 'BTCUSDT_1h.csv'))
  expect(header).toMatchObject({ settlement: 'USDT', spot: ['BTC'], perpetualMarks: [] })
  expect(shown(await allOf(steps))).toEqual(['0: spot BTC 7', '1: spot BTC 8'])
})

const broken: [name: string, files: Files, error: RegExp][] = [
  [
    'two files of one series, naming both',
    { 'BTCUSDT.csv': closes([0, 1]), 'BTC-USD.csv': closes([0, 1]) },
    /^error DuplicateSeries: .*BTCUSDT\.csv\n.*\n.*one file for spot BTC\n.*BTC-USD\.csv and .*BTCUSDT\.csv\n/,
  ],
  [
    'intervals that differ',
    { 'A.csv': closes([0, 1, 2]), 'B.csv': closes([0, 4, 8]) },
    /^error IntervalDiffers: .*B\.csv\n/,
  ],
  ['one bar only', { 'A.csv': closes([0]) }, /^error NoInterval: /],
  [
    'bars that start apart',
    { 'A.csv': closes([0, 1, 2]), 'B.csv': closes([0.5, 1.5]) },
    /^error BarsOverlap: .*B\.csv\n/,
  ],
  ['a folder without tables', { 'README.md': 'x' }, /^error NoCsv: .*\n.*\n.*\n {2}got {7}none\n/],
  [
    'tables in subfolders',
    { 'b/A.csv': 'x', 'a/A.csv': 'x' },
    /^error NoCsv: .*\n.*\n.*\n {2}got {7}none; subfolders a, b\n/,
  ],
  ['a file without a name', { '.csv': closes([0, 1]) }, /^error BadSymbol: /],
  ['an empty table', { 'A.csv': '' }, /^error EmptyFile: .*A\.csv\n/],
  ['column names only', { 'A.csv': 'ts,close\n' }, /^error NoRows: .*A\.csv\n/],
  ['no column of time', { 'A.csv': 'close\n1\n' }, /^error MissingColumn: .*A\.csv:1:1\n {2}at {8}ts\n/],
  ['no column of closes', { 'A.csv': 'ts,open,high,low,price\n' }, /^error MissingColumn: .*\n {2}at {8}close\n/],
  ['no column of lows', { 'A.csv': 'ts,open,high,close\n' }, /^error MissingColumn: .*\n {2}at {8}low\n/],
  ['semicolons', { 'A.csv': 'ts;close\n1;2\n' }, /^error MissingColumn: .*A\.csv:1:1\n/],
  ['rows newest first', { 'A.csv': closes([1, 0]) }, /^error TimeBackwards: .*A\.csv:3:1\n/],
  ['a bar twice', { 'A.csv': closes([1, 1]) }, /^error DuplicateBar: .*A\.csv:3:1\n/],
  ['a zero', { 'A.csv': closes([0, 1], 0) }, /^error NotPositive: .*A\.csv:2:15\n/],
  [
    'a truncated gzip',
    { 'A.csv.gz': gzipSync(closes([0, 1, 2])).subarray(0, 30) },
    /^error TruncatedGzip: .*A\.csv\.gz\n/,
  ],
]
test.each(broken)('refuses %s', async (_name, files, error) => {
  await expect(stepsOf(files)).rejects.toThrow(error)
})

test('the merge is that of the sorted union of all bars', async () => {
  const hours = fc
    .uniqueArray(fc.nat({ max: 40 }), { minLength: 2, maxLength: 20 })
    .map((list) => list.toSorted((a, b) => a - b))
  await fc.assert(
    fc.asyncProperty(hours, hours, async (a, b) => {
      // An hour in a row three times makes the interval an hour for both.
      const [left, right] = [
        [...a, 50, 51, 52, ...rest(53)],
        [...b, 50, 51, 52, ...rest(53)],
      ]
      const steps = await stepsOf({ 'A.csv': closes(left), 'B.csv': closes(right) })
      const union = [...new Set([...left, ...right])].toSorted((x, y) => x - y)
      expect(steps.map(({ time }) => (time - START) / HOUR)).toEqual(union)
      expect(steps.flatMap(({ bars }) => bars)).toHaveLength(left.length + right.length)
    }),
    { numRuns: 20 },
  )
})

/** Enough consecutive hours that one hour is the most common spacing whatever came before. */
function rest(from: number): readonly number[] {
  return Array.from({ length: 40 }, (_, index) => from + index)
}
