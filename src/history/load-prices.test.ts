import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { type LoadedPrices, loadPrices, type LoadProgress } from './load-prices.ts'
import { folderWith } from './temp-tables.test-data.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2022, 10, 6)
const NONE = Number.NaN
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

type Files = Readonly<Record<string, string | Uint8Array>>

async function folderOf(files: Files): Promise<string> {
  const folder = await folderWith(files)
  folders.push(folder)
  return folder
}

async function load(
  files: Files,
  names: readonly string[],
  request: { stepMs?: number; from?: number; to?: number } = {},
) {
  const folder = await folderOf(files)
  const loaded = await loadPrices({ stepMs: HOUR, ...request, paths: names.map((name) => join(folder, name)) })
  return { ...loaded, notes: loaded.notes.map((note) => note.replaceAll(folder, '').replace(/^\//, '')) }
}

/** Hours after START and closes of each series. */
function closes({ panel }: Pick<LoadedPrices, 'panel'>): unknown {
  return [
    panel.times.map((time) => (time - START) / HOUR),
    ...panel.series.map(({ asset, kind, close }) => [`${kind} ${asset}`, ...close]),
  ]
}

/** A table of hourly closes: of each hour after START. */
function hourly(rows: readonly (readonly [hour: number, close: number])[]): string {
  return ['ts,close', ...rows.map(([hour, close]) => `${START + hour * HOUR},${close}`)].join('\n')
}

test('brings tables of all shapes to one grid, sorted by asset, spot before perpetual', async () => {
  const files = {
    'long.csv.gz': gzipSync(`ts,symbol,close\n${START},ETHUSDT,10\n${START + HOUR},ETHUSDT,11\n`),
    'wide.csv': `ts,BTCUSDT,ADAUSDT\n${START},1000,\n${START + HOUR},1001,5\n`,
    'perp/BTCUSDT.csv': hourly([
      [1, 1002],
      [2, 1003],
    ]),
    'points/stETH_hourly.csv': `ts,price_usd\n${START + HOUR - 1},9\n${START + 2 * HOUR},8\n`,
  }
  expect(closes(await load(files, ['long.csv.gz', 'wide.csv', 'perp', 'points']))).toEqual([
    [1, 2, 3],
    ['spot ADA', NONE, 5, NONE],
    ['spot BTC', 1000, 1001, NONE],
    ['perpetual BTC', NONE, 1002, 1003],
    ['spot ETH', 10, 11, NONE],
    ['spot stETH', 9, 8, NONE],
  ])
})

test('a day closes at the next midnight; hours of it are brought to it', async () => {
  const files = {
    'days.csv': 'date,base,high,low,close,volume\n2022-11-06,BTC,12,8,10,7\n2022-11-07,BTC,13,9,11,8\n',
    // Closes at 22:00, 23:00 and 24:00; the last close counts, range and volume are of all three.
    'ETHUSDT.csv': `ts,high,low,close,volume\n${[21, 22, 23].map((h) => `${START + h * HOUR},${h + 2},${h - 1},${h},2`).join('\n')}`,
  }
  const { panel } = await load(files, ['days.csv', 'ETHUSDT.csv'], { stepMs: DAY })
  expect(panel).toMatchObject({ stepMs: DAY, times: [START + DAY, START + 2 * DAY] })
  expect(panel.series.map(({ asset, close, high, low, volumeUsd }) => [asset, close, high, low, volumeUsd])).toEqual([
    ['BTC', Float64Array.of(10, 11), Float64Array.of(12, 13), Float64Array.of(8, 9), Float64Array.of(70, 88)],
    [
      'ETH',
      Float64Array.of(23, NONE),
      Float64Array.of(25, NONE),
      Float64Array.of(20, NONE),
      Float64Array.of(132, NONE),
    ],
  ])
})

test('the earlier file counts where it has a price, later ones fill its gaps', async () => {
  const files = {
    'BTCUSDT.csv': hourly([
      [0, 1],
      [1, 2],
      [3, 4],
    ]),
    'BTC-USD.csv': hourly([
      [1, 20],
      [2, 30],
      [3, 40],
      [4, 50],
    ]),
    'BTCBUSD.csv': hourly([
      [1, 200],
      [2, 300],
    ]),
  }
  const loaded = await load(files, ['BTCUSDT.csv', 'BTC-USD.csv', 'BTCBUSD.csv'])
  // The third adds nothing to the panel, and is a source of the asset all the same.
  const sources = [...(loaded.filesOf.get('BTC') ?? [])].map((path) => path.split('/').at(-1))
  expect(sources).toEqual(['BTCUSDT.csv', 'BTC-USD.csv', 'BTCBUSD.csv'])
  expect(closes(loaded)).toEqual([
    [1, 2, 3, 4, 5],
    ['spot BTC', 1, 2, 30, 4, 50],
  ])
  const folder = folders[0] ?? ''
  expect(loaded.panel.series[0]?.sources).toEqual([join(folder, 'BTCUSDT.csv'), join(folder, 'BTC-USD.csv')])
  expect(loaded.notes).toEqual([
    'BTC-USD.csv: 2 steps filled that earlier files lack: BTC',
    'BTCBUSD.csv: nothing to add to earlier files: BTC',
  ])
})

test('two quotes of one asset in one table: the first counts', async () => {
  const loaded = await load({ 'wide.csv': `ts,BTCUSDT,BTCUSDC\n${START},1,9\n${START + HOUR},,8\n` }, ['wide.csv'])
  expect(closes(loaded)).toEqual([
    [1, 2],
    ['spot BTC', 1, 8],
  ])
})

test('says what was left out', async () => {
  const files = {
    'data/A.csv': `ts,high,low,close\n${START},1,2,1\n${START + HOUR},3,1,2\n${START},3,1,2\n${START + 2 * HOUR},3,1,9\n`,
    'data/B.csv': hourly([
      [4, 1],
      [0, 2],
      [8, 3],
    ]),
    'data/C.csv': hourly([[0, 1]]),
    'data/D.csv': 'a,b\n1,2\n',
    'data/late/E.csv': hourly([
      [100, 1],
      [101, 1],
    ]),
  }
  const loaded = await load(files, ['data'], { to: START + DAY })
  expect(loaded.notes).toEqual([
    'data/D.csv: skipped, no column ts, ts_s, timestamp, time, unix, open_time or date',
    'data/A.csv: 1 row of a time that an earlier row has, left out: A',
    'data/A.csv: 2 bars with high below low or close outside, their range left out: A',
    'data/B.csv: left out, bars of 4 h are longer than the step of 1 h: B',
    'data/C.csv: left out, one row alone tells no interval: C',
    'data/late/E.csv: left out, no price between the times asked for: E',
  ])
  expect(closes(loaded)).toEqual([
    [1, 2, 3],
    ['spot A', 1, 2, 9],
  ])
})

test('notes of many files of a folder are one sentence', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
  const hours = (open: number) => hourly([0, 1, 2].map((n) => [open * n, 1] as const))
  const coarse = Object.fromEntries(names.map((name) => [`data/${name}.csv`, hours(4)]))
  const { notes } = await load({ ...coarse, 'data/Z.csv': hours(1) }, ['data'])
  expect(notes).toEqual([
    'data (8 files): left out, bars of 4 h are longer than the step of 1 h: A, B, C, D, E, F and 2 more',
  ])
})

test('keeps to the times asked for, both included', async () => {
  const files = { 'BTC.csv': hourly([0, 1, 2, 3, 4, 5].map((hour) => [hour, hour + 1] as const)) }
  expect(closes(await load(files, ['BTC.csv'], { from: START + 2 * HOUR, to: START + 4 * HOUR }))).toEqual([
    [2, 3, 4],
    ['spot BTC', 2, 3, 4],
  ])
})

test('INV-HISTORY-1: a file whose later prices differ gives the same panel up to there', async () => {
  const table = (later: number) =>
    ['ts,symbol,high,low,close,volume']
      .concat(
        Array.from({ length: 48 }, (_, quarter) => {
          const price = quarter < 24 ? 100 + quarter : later + quarter
          const range = quarter < 24 || later < 500 ? `${price + 1},${price - 1}` : `1,2`
          return `${START + (quarter * HOUR) / 4},BTC,${range},${price},3`
        }),
      )
      .join('\n')
  // Quarter 23 closes at 6 h: up to there both tables say the same.
  const [one, other] = [await load({ 'x.csv': table(200) }, ['x.csv']), await load({ 'x.csv': table(900) }, ['x.csv'])]
  const upToSix = ({ panel }: LoadedPrices) =>
    panel.series.map(({ close, high, low, volumeUsd }) => [close, high, low, volumeUsd].map((all) => all.slice(0, 6)))
  expect(upToSix(one)).toEqual(upToSix(other))
  expect(one.panel.series[0]?.close[6]).not.toBe(other.panel.series[0]?.close[6])
})

test('lists its sources, with what they say, in the order read', async () => {
  const files = {
    'wide.csv': 'date,BTCUSDT,ETHUSDT\n2022-11-06,1,\n2022-11-07,1,2\n2022-11-08,1,2\n',
    'BTC.csv': hourly([
      [3, 1],
      [4, 1],
    ]),
  }
  const { sources } = await load(files, ['wide.csv', 'BTC.csv'], { stepMs: DAY })
  const path = (name: string) => join(folders[0] ?? '', name)
  expect(sources).toEqual([
    { path: path('wide.csv'), series: 2, from: '2022-11-07T00:00Z', to: '2022-11-09T00:00Z', rows: 3 },
    { path: path('BTC.csv'), series: 1, from: '2022-11-06T04:00Z', to: '2022-11-06T05:00Z', rows: 2 },
  ])
})

test('the hash is of the bytes and names of the files, wherever they lie and in whatever order they are given', async () => {
  const [a, b] = [
    hourly([
      [0, 1],
      [1, 2],
    ]),
    hourly([
      [0, 3],
      [1, 4],
    ]),
  ]
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const want = sha256(`${sha256(a)}  A.csv\n${sha256(b)}  B.csv\n`)
  const hashes = [
    await load({ 'A.csv': a, 'B.csv': b }, ['A.csv', 'B.csv']),
    await load({ 'one/B.csv': b, 'two/deep/A.csv': a, 'two/not-prices.csv': 'x,y\n' }, ['one', 'two']),
  ].map(({ inputsHash }) => inputsHash)
  expect(hashes).toEqual([want, want])
  const other = await load({ 'A.csv': a, 'B.csv': `${b}\n` }, ['A.csv', 'B.csv'])
  expect(other.inputsHash).not.toBe(want)
})

test('tells each file before it is read', async () => {
  const folder = await folderOf({
    'A.csv': hourly([
      [0, 1],
      [1, 2],
    ]),
    'B.csv': 'x,y\n',
  })
  const seen: LoadProgress[] = []
  await loadPrices({ paths: [folder], stepMs: HOUR, onProgress: (progress) => seen.push(progress) })
  expect(seen).toEqual([
    { fileIndex: 0, fileCount: 2, name: 'A.csv' },
    { fileIndex: 1, fileCount: 2, name: 'B.csv' },
  ])
})

test('refuses files that leave no price, with the reason', async () => {
  const folder = await folderOf({
    'A.csv': hourly([
      [0, 1],
      [4, 2],
    ]),
  })
  await expect(loadPrices({ paths: [folder], stepMs: HOUR })).rejects.toThrow(
    [
      `error NoRows: ${folder}`,
      '  at        prices',
      '  expected  a price on the grid, between the first and the last time asked for',
      `  got       none; ${join(folder, 'A.csv')}: left out, bars of 4 h are longer than the step of 1 h: A`,
      '  remedy    check the paths, the times and the step',
    ].join('\n'),
  )
})

test.each([0, -1, 0.5, NONE])('a step of %s ms is a bug of the caller', async (stepMs) => {
  await expect(loadPrices({ paths: [], stepMs })).rejects.toThrow(RangeError)
})

const data = process.env['PLIMSOLL_DATA'] ?? join(import.meta.dirname, '../../../shared/data')
const daily = join(data, 'prices_daily')
const reason = 'needs PLIMSOLL_DATA, or ../shared/data beside the project'

test.skipIf(!existsSync(daily))(`reads recorded days of 239 assets (${reason})`, async () => {
  const path = join(daily, 'binance_spot_daily_close_2021_2025_wide.csv.gz')
  const { panel, notes } = await loadPrices({ paths: [path], stepMs: DAY })
  const closeOf = (asset: string, day: number) => {
    return panel.series.find((series) => series.asset === asset)?.close[panel.times.indexOf(day + DAY)]
  }
  expect([panel.series.length, panel.times.length, notes]).toEqual([239, 1_624, []])
  // The figures that the data's own README has.
  expect(closeOf('BTC', Date.UTC(2021, 4, 19))).toBeCloseTo(36_690, -1)
  expect(closeOf('LUNA', Date.UTC(2022, 4, 12))).toBeCloseTo(0.00032, 5)
  expect(closeOf('FTT', Date.UTC(2022, 10, 9))).toBeCloseTo(2.27, 1)
})

test.skipIf(!existsSync(daily))(
  `reads recorded days of perpetuals, long, with range and volume (${reason})`,
  async () => {
    const path = join(daily, 'binance_perp_daily_top120_2024_2026.csv.gz')
    const { panel, notes } = await loadPrices({ paths: [path], stepMs: DAY })
    const bitcoin = panel.series.find(({ asset }) => asset === 'BTC')
    expect([panel.series.length, bitcoin?.kind, notes]).toEqual([120, 'perpetual', []])
    const first = panel.times.indexOf(Date.UTC(2024, 0, 11))
    expect([bitcoin?.close[first], bitcoin?.high[first], bitcoin?.low[first]]).toEqual([46_662.9, 47_699.3, 44_291.5])
    expect(bitcoin?.volumeUsd[first]).toBeCloseTo(30_628_280_360.85, 0)
  },
)
