import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { readOptionChains } from './read-option-chains.ts'
import { folderWith } from './temp-tables.test-data.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function read(files: Readonly<Record<string, string | Uint8Array>>, names = Object.keys(files)) {
  const folder = await folderWith(files)
  folders.push(folder)
  const loaded = await readOptionChains(names.map((name) => join(folder, name)))
  return { ...loaded, notes: loaded.notes.map((note) => note.replace(`${folder}/`, '')) }
}

const NAMES =
  'snapshot_utc,instrument_name,option_type,strike,expiry_utc,bid_price,mark_price,mark_iv,delta,underlying_price,index_price'
const CELLS = {
  time: '20260206T043012Z',
  name: 'BTC-27FEB26-66000-P',
  right: 'put',
  strike: '66000.0',
  expiry: '2026-02-27T08:00:00+00:00',
  bid: '',
  mark: '0.05',
  volatility: '0.6',
  delta: '-0.5',
  forward: '65000',
  index: '64800.5',
}

function row(over: Partial<typeof CELLS> = {}): string {
  return `${Object.values({ ...CELLS, ...over }).join(',')}\n`
}

const TIME = Date.UTC(2026, 1, 6, 4, 30, 12)
// 0.05 of a forward of 65,000 is 3,250.
const OPTION = {
  expiry: Date.UTC(2026, 1, 27, 8),
  strike: 66_000,
  right: 'put',
  forward: 65_000,
  volatility: 0.6,
  mark: 3_250,
}

test('reads snapshots by underlying, ascending, with marks in USD', async () => {
  const table = `${NAMES}\n${row({ time: '20260207T040000Z' })}${row({ name: 'ETH-27FEB26-66000-P' })}${row()}`
  const { chains, sources, notes } = await read({ 'chains.csv': table })
  const at = (time: number) => ({ time, indexPrice: 64_800.5, options: [OPTION] })
  expect([...chains]).toEqual([
    ['BTC', [at(TIME), at(Date.UTC(2026, 1, 7, 4))]],
    ['ETH', [at(TIME)]],
  ])
  expect(sources).toMatchObject([{ series: 2, from: '2026-02-06T04:30:12Z', to: '2026-02-07T04:00Z', rows: 3 }])
  expect(notes).toEqual([])
})

test('columns may stand in any order and case, beside others', async () => {
  const names = `venue,${NAMES.toUpperCase().split(',').toReversed().join(',')}`
  const cells = `deribit,${row().trim().split(',').toReversed().join(',')}`
  expect((await read({ 'a.csv': `${names}\n${cells}\n` })).chains.get('BTC')?.[0]?.options).toEqual([OPTION])
})

test('the index price of a snapshot is the median of its rows', async () => {
  const rows = ['1000', '1002', '1001'].map((index, i) => row({ index, strike: `${66_000 + i}` }))
  const { chains } = await read({ 'a.csv': `${NAMES}\n${rows.join('')}` })
  expect(chains.get('BTC')?.map(({ indexPrice, options }) => [indexPrice, options.length])).toEqual([[1_001, 3]])
})

test('a contract that comes twice at one time counts once, as it came first; a file twice is read once', async () => {
  const files = {
    'a.csv': `${NAMES}\n${row({ mark: '0' })}`,
    'b.csv.gz': gzipSync(`${NAMES}\n${row()}${row({ right: 'call' })}`),
  }
  const { chains, notes, sources } = await read(files, ['a.csv', 'b.csv.gz', 'a.csv'])
  expect(chains.get('BTC')?.[0]?.options.map(({ right, mark }) => [right, mark])).toEqual([
    ['put', 0],
    ['call', 3_250],
  ])
  expect(notes).toEqual(['b.csv.gz: 1 options that earlier rows have at the same time, left out'])
  expect(sources).toHaveLength(2)
})

test('what is no table of option chains is skipped in a folder', async () => {
  const files = {
    'data/chains.csv': `${NAMES}\n${row()}`,
    'data/empty.csv': '',
    'data/names.csv': `${NAMES}\n`,
    'data/BTCUSDT_1h.csv': 'ts,close\n1667692800,1\n',
  }
  const { chains, notes, sources } = await read(files, ['data'])
  expect([chains.size, sources.length]).toEqual([1, 1])
  expect(notes).toEqual([
    'data/BTCUSDT_1h.csv: skipped, no column snapshot_utc',
    'data/empty.csv: skipped, no options',
    'data/names.csv: skipped, no options',
  ])
})

test('the hash is of what was read', async () => {
  const chains = `${NAMES}\n${row()}`
  const [one, other] = [
    await read({ 'chains.csv': chains }),
    await read({ 'x/chains.csv': chains, 'x/other.csv': 'a,b\n' }, ['x']),
  ]
  expect(one.inputsHash).toBe(other.inputsHash)
  expect((await read({ 'chains.csv': `${chains}\n` })).inputsHash).not.toBe(one.inputsHash)
})

const broken: [name: string, over: Partial<typeof CELLS>, code: string][] = [
  ['a local time', { time: '2026-02-06 04:30:12' }, 'BadTime'],
  ['a day that is none', { time: '20260230T043012Z' }, 'BadTime'],
  ['a time with another offset', { expiry: '2026-02-27T08:00:00+01:00' }, 'BadTime'],
  ['an expiry that is over', { expiry: '2026-02-06T04:30:12Z' }, 'OutOfRange'],
  ['a contract without an underlying', { name: '-27FEB26' }, 'BadSymbol'],
  ['an asset for a contract', { name: 'BTC' }, 'BadSymbol'],
  ['neither call nor put', { right: 'P' }, 'UnknownKind'],
  ['a strike of zero', { strike: '0' }, 'NotPositive'],
  ['no mark', { mark: '' }, 'BadDecimal'],
  ['a mark below zero', { mark: '-1' }, 'OutOfRange'],
  ['a volatility in percent', { volatility: '60' }, 'OutOfRange'],
  ['a volatility of zero', { volatility: '0' }, 'NotPositive'],
  ['a forward of zero', { forward: '0' }, 'NotPositive'],
  ['a word for an index', { index: 'none' }, 'BadDecimal'],
]
test.each(broken)('refuses %s', async (_name, over, code) => {
  const cells = row(over).split(',')
  const place = Object.keys(CELLS).findIndex((name) => name in over)
  const column = cells.slice(0, place).join(',').length + (place === 0 ? 1 : 2)
  await expect(read({ 'a.csv': `${NAMES}\n${row()}${row(over)}` })).rejects.toMatchObject({
    problem: { code, place: { line: 3, column }, field: NAMES.split(',')[place] },
  })
})

const tables: [name: string, text: string, code: string][] = [
  ['a table of prices', 'ts,close\n1667692800,1\n', 'MissingColumn'],
  ['an empty file', '', 'EmptyFile'],
  ['column names alone', `${NAMES}\n`, 'NoRows'],
  ['a row that is cut short', `${NAMES}\n20260206T043012Z,BTC\n`, 'WrongColumnCount'],
]
test.each(tables)('refuses %s that was named', async (_name, text, code) => {
  await expect(read({ 'a.csv': text })).rejects.toMatchObject({ problem: { code } })
})

test('names the column that is missing', async () => {
  await expect(read({ 'a.csv': `${NAMES.replace('mark_iv', 'iv')}\n${row()}` })).rejects.toThrow(
    [
      '  at        mark_iv',
      '  expected  a column mark_iv, as tables of option chains have',
      '  got       "snapshot_utc", "instrument_name", "option_type", "strike", "expiry_utc", "bid_price", "mark_price", "iv", "delta", "underlying_price", "index_price"',
    ].join('\n'),
  )
})

test('refuses a path where nothing is, and a folder without options', async () => {
  await expect(readOptionChains(['no/such/place'])).rejects.toMatchObject({ problem: { code: 'FileNotFound' } })
  await expect(read({ 'data/a.csv': 'ts,close\n' }, ['data'])).rejects.toMatchObject({
    problem: { code: 'NoRows', field: 'options' },
  })
})

test('tells each file before it is read', async () => {
  const folder = await folderWith({ 'a.csv': `${NAMES}\n${row()}`, 'b.csv': 'a,b\n' })
  folders.push(folder)
  const seen: unknown[] = []
  await readOptionChains([folder], (progress) => seen.push(progress))
  expect(seen).toEqual([
    { fileIndex: 0, fileCount: 2, name: 'a.csv' },
    { fileIndex: 1, fileCount: 2, name: 'b.csv' },
  ])
})

const data = join(process.env['PLIMSOLL_DATA'] ?? join(import.meta.dirname, '../../../shared/data'), 'options_deribit')
const reason = 'needs PLIMSOLL_DATA, or ../shared/data beside the project'

test.skipIf(!existsSync(data))(`reads recorded chains of two underlyings (${reason})`, async () => {
  const { chains, sources, notes } = await readOptionChains([data])
  // 20, 42 and 4 snapshots in the three files: `zcat ... | cut -d, -f1 | sort -u | wc -l`, less the column names.
  expect([...chains].map(([underlying, snapshots]) => [underlying, snapshots.length])).toEqual([
    ['BTC', 66],
    ['ETH', 66],
  ])
  expect(sources.map(({ rows }) => rows)).toEqual([28_818, 69_314, 7_364])
  // Perpetuals, futures, and a chain of another venue's columns lie in the same folder.
  expect(notes).toHaveLength(3)
  const first = chains.get('BTC')?.[0]
  expect(first?.time).toBe(Date.UTC(2026, 0, 2, 9, 18, 9))
  // The file's first row: BTC-3JAN26-88000-C, marked 0.01469084 at a forward of 89029.42.
  const option = first?.options.find(({ strike, right }) => strike === 88_000 && right === 'call')
  expect(option?.mark).toBeCloseTo(0.01469084 * 89_029.42091675257, 6)
})
