import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type PriceTable, readPriceTable, type SkippedTable } from './price-table.ts'
import { folderWith } from './temp-tables.test-data.ts'

const DAY = Date.UTC(2022, 10, 6)
const NONE = Number.NaN
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function read(name: string, text: string, isFromFolder = false): Promise<PriceTable | SkippedTable> {
  const folder = await folderWith({ [name]: text })
  folders.push(folder)
  return readPriceTable({ path: join(folder, name), name, kind: 'spot', isFromFolder })
}

/** Asset: time in days, close, high, low, volume of each row. */
function shown(table: PriceTable | SkippedTable): unknown {
  if ('skipped' in table) return table.skipped
  return table.series.map(({ asset, bars: { count, time, close, high, low, volumeUsd } }) => [
    asset,
    ...Array.from({ length: count }, (_, row) => [
      ((time[row] ?? NONE) - DAY) / 86_400_000,
      ...[close, high, low, volumeUsd].map((figures) => figures[row]),
    ]),
  ])
}

const OHLC = ['BTC', [0, 3, 4, 1, 30]]
const CLOSE = ['BTC', [0, 3, NONE, NONE, NONE]]
const shapes: [name: string, file: string, text: string, want: unknown][] = [
  ['long, by symbol', 'x.csv', `ts,symbol,open,high,low,close,volume\n${DAY},BTCUSDT,2,4,1,3,10\n`, [OHLC]],
  ['long, by base', 'x.csv', 'date,base,open,high,low,close,volume\n2022-11-06,BTC,2,4,1,3,10\n', [OHLC]],
  ['long, by asset, volume in USD', 'x.csv', 'date,asset,high,low,close,volume_usd\n2022-11-06,BTC,4,1,3,30\n', [OHLC]],
  [
    'long, by pair, volume twice',
    'x.csv',
    'date,pair,high,low,close,volume,quote_volume\n2022-11-06,BTC/USDT,4,1,3,9,30\n',
    [OHLC],
  ],
  ['long, by ticker, closes only', 'x.csv', 'time,ticker,close\n2022-11-06T00:00Z,BTC-USD,3\n', [CLOSE]],
  [
    'long, two assets in turn',
    'x.csv',
    'date,symbol,close\n2022-11-06,BTCUSDT,3\n2022-11-06,ETHUSDT,1\n2022-11-07,BTCUSDT,4\n',
    [
      ['BTC', [0, 3, NONE, NONE, NONE], [1, 4, NONE, NONE, NONE]],
      ['ETH', [0, 1, NONE, NONE, NONE]],
    ],
  ],
  [
    'wide, an empty cell is no price',
    'x.csv',
    'date,BTCUSDT,comment,ETH-USD\n2022-11-06,3,hi,\n2022-11-07,4,,1e-5\n',
    [
      ['BTC', [0, 3, NONE, NONE, NONE], [1, 4, NONE, NONE, NONE]],
      ['ETH', [1, 0.00001, NONE, NONE, NONE]],
    ],
  ],
  ['of one asset', 'BTCUSDT_1h.csv', `ts,open,high,low,close,volume\n${DAY},2,4,1,3,10\n`, [OHLC]],
  [
    'of one asset, seconds, in another order',
    'BTC.csv',
    `Close,Volume,Low,High,Unix\n3,10,1,4,${DAY / 1000}\n`,
    [OHLC],
  ],
  ['of one asset, closes only', 'BTC.csv', `ts,close\n${DAY},3\n`, [CLOSE]],
  ['of points in USD', 'BTC_hourly.csv', `ts,price_usd\n${DAY},3\n`, [CLOSE]],
  ['of points', 'BTC_hourly.csv', `ts_s,price\n${DAY / 1000},3\n`, [CLOSE]],
  ['with cells that are not known', 'BTC.csv', `ts,high,low,close,volume\n${DAY},,,3,\n`, [CLOSE]],
  ['with half a range', 'BTC.csv', `ts,high,low,close\n${DAY},4,,3\n`, [CLOSE]],
]
test.each(shapes)('reads a table %s', async (_name, file, text, want) => {
  expect(shown(await read(file, text))).toEqual(want)
})

const labels: [name: string, text: string, isPoint: boolean, isDaily: boolean][] = [
  ['bars with a time', `ts,close\n${DAY},3\n`, false, false],
  ['points', `ts,price\n${DAY},3\n`, true, false],
  ['days', 'date,close\n2022-11-06,3\n', false, true],
  ['a price a day', 'date,price\n2022-11-06,3\n', true, true],
  ['a wide table', 'date,AUSDT,BUSDT\n2022-11-06,3,4\n', false, true],
]
test.each(labels)('tells the labels of %s', async (_name, text, isPoint, isDaily) => {
  expect(await read('BTC.csv', text)).toMatchObject({ isPoint, isDaily, rows: 1 })
})

const ranges: [name: string, cells: string, high: number, low: number, dropped: number][] = [
  ['a range that holds the close', '110,90,100', 110, 90, 0],
  ['high below low', '90,110,100', NONE, NONE, 1],
  ['a low of zero', '110,0,100', NONE, NONE, 1],
  ['a close 0.1% above high: the range is widened', '1000,900,1001', 1001, 900, 0],
  ['a close more than 0.1% above high', '1000,900,1001.1', NONE, NONE, 1],
  ['a close 0.1% below low: the range is widened', '1100,1000,999', 1100, 999, 0],
  ['a close more than 0.1% below low', '1100,1000,998.9', NONE, NONE, 1],
]
test.each(ranges)('%s', async (_name, cells, high, low, dropped) => {
  const table = await read('BTC.csv', `ts,high,low,close\n${DAY},${cells}\n`)
  if ('skipped' in table) throw new Error(table.skipped)
  expect(table.series[0]).toMatchObject({ droppedRanges: dropped })
  expect([table.series[0]?.bars.high[0], table.series[0]?.bars.low[0]]).toEqual([high, low])
  expect(table.series[0]?.bars.close[0]).toBe(Number(cells.split(',')[2]))
})

type Message = [code: string, place: string, at: string, expected: string, got: string, remedy: string]
const TIMES = 'ts, ts_s, timestamp, time, unix, open_time or date'
const NUMBER = 'write digits with a point, no separators'
const broken: [name: string, file: string, text: string, message: Message][] = [
  [
    'a price of zero',
    'BTC.csv',
    `ts,close\n${DAY},1\n${DAY + 1},0\n`,
    ['NotPositive', ':3:15', 'close', 'a price above zero', '"0"', 'leave out a price that is not known'],
  ],
  [
    'a price below zero',
    'x.csv',
    'date,AUSDT,BUSDT\n2022-11-06,1,-2\n',
    ['NotPositive', ':2:14', 'BUSDT', 'a price above zero', '"-2"', 'leave out a price that is not known'],
  ],
  [
    'a price beyond all numbers',
    'BTC.csv',
    `ts,close\n${DAY},1e999\n`,
    ['OutOfRange', ':2:15', 'close', 'a finite price', '"1e999"', 'check the figure'],
  ],
  [
    'a word for a price',
    'BTC.csv',
    `ts,close\n${DAY},Infinity\n`,
    ['BadDecimal', ':2:15', 'close', 'a decimal such as 21300.12', '"Infinity"', NUMBER],
  ],
  [
    'a hexadecimal price',
    'BTC.csv',
    `ts,close\n${DAY},0x10\n`,
    ['BadDecimal', ':2:15', 'close', 'a decimal such as 21300.12', '"0x10"', NUMBER],
  ],
  [
    'no price',
    'BTC.csv',
    `ts,close\n${DAY},\n`,
    ['BadDecimal', ':2:15', 'close', 'a decimal such as 21300.12', '""', 'leave the row out if there is no price'],
  ],
  [
    'a word for a high',
    'BTC.csv',
    `ts,high,low,close\n${DAY},x,1,1\n`,
    ['BadDecimal', ':2:15', 'high', 'a decimal such as 21300.12', '"x"', NUMBER],
  ],
  [
    'a volume below zero',
    'BTC.csv',
    `ts,close,volume\n${DAY},1,-1\n`,
    ['OutOfRange', ':2:17', 'volume', 'a volume of zero or more', '"-1"', 'leave the cell empty if it is not known'],
  ],
  [
    'a symbol that is none',
    'x.csv',
    `ts,symbol,close\n${DAY},€,1\n`,
    ['BadSymbol', ':2:15', 'symbol', 'an asset or a pair, such as BTC or BTCUSDT', '"€"', 'write the asset as "BTC"'],
  ],
  [
    'a time that is none',
    'BTC.csv',
    'ts,close\nsoon,1\n',
    [
      'BadTime',
      ':2:1',
      'ts',
      'UTC time such as 2022-11-06T00:00Z, or seconds or milliseconds since 1970',
      '"soon"',
      'write it in UTC with a Z at the end',
    ],
  ],
  [
    'a cell too many',
    'BTC.csv',
    `ts,close\n${DAY},1,2\n`,
    [
      'WrongColumnCount',
      ':2:1',
      'row',
      '2 cells: ts,close',
      `3 cells: "${DAY},1,2"`,
      'leave commas out of numbers: 21300.12',
    ],
  ],
  [
    'no column of times',
    'BTC.csv',
    'when,close\n',
    [
      'MissingColumn',
      ':1:1',
      'ts',
      `a column ${TIMES}`,
      '"when", "close"',
      'rename the column that has it; commas stand between columns',
    ],
  ],
  [
    'no column of prices',
    'BTC.csv',
    'ts,debt_usd,collateral_usd,AUSDT\n',
    [
      'MissingColumn',
      ':1:1',
      'close',
      'a column close, price or price_usd, or two of pairs such as BTCUSDT',
      '"ts", "debt_usd", "collateral_usd", "AUSDT"',
      'rename the column that has it; commas stand between columns',
    ],
  ],
  [
    'many columns, none of prices',
    'BTC.csv',
    `ts,${Array.from({ length: 20 }, (_, n) => `c${n}`).join(',')}\n`,
    [
      'MissingColumn',
      ':1:1',
      'close',
      'a column close, price or price_usd, or two of pairs such as BTCUSDT',
      '"ts", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10" and 9 more',
      'rename the column that has it; commas stand between columns',
    ],
  ],
  [
    'a file name without an asset',
    'é.csv',
    `ts,close\n${DAY},1\n`,
    [
      'BadSymbol',
      '',
      'file name',
      'a name that starts with the asset, e.g. BTCUSDT_1h.csv, or a column symbol',
      'é.csv',
      'rename the file after its asset',
    ],
  ],
  [
    'an empty file',
    'BTC.csv',
    '',
    [
      'EmptyFile',
      '',
      'file',
      'a line of column names, then a row for each bar',
      'an empty file',
      'download it again, or leave it out',
    ],
  ],
  [
    'column names only',
    'BTC.csv',
    'ts,close\n',
    [
      'NoRows',
      '',
      'file',
      'a line of column names, then a row for each bar',
      'the column names only',
      'download it again, or leave it out',
    ],
  ],
  [
    'a wide table without a price',
    'BTC.csv',
    'date,AUSDT,BUSDT\n2022-11-06,,\n',
    [
      'NoRows',
      '',
      'file',
      'a line of column names, then a row for each bar',
      'rows without a price',
      'download it again, or leave it out',
    ],
  ],
]
test.each(broken)('refuses %s', async (_name, file, text, [code, place, at, expected, got, remedy]) => {
  const error = await read(file, text).catch((problem: unknown) => problem)
  const message = error instanceof Error ? error.message : 'no error'
  expect(message.replace(folders.at(-1) ?? '', '').replace(' /', ' ')).toBe(
    [
      `error ${code}: ${file}${place}`,
      `  at        ${at}`,
      `  expected  ${expected}`,
      `  got       ${got}`,
      `  remedy    ${remedy}`,
    ].join('\n'),
  )
})

const skipped: [name: string, file: string, text: string, reason: string][] = [
  ['no column of times', 'BTC.csv', 'when,close\n', `no column ${TIMES}`],
  ['no column of prices', 'BTC.csv', 'ts,rate\n', 'no column close, price or price_usd'],
  ['no asset in its name', 'é.csv', `ts,close\n${DAY},1\n`, 'no asset in its name'],
  ['no rows', 'BTC.csv', 'ts,close\n', 'no prices'],
  ['nothing in it', 'BTC.csv', '', 'no prices'],
]
test.each(skipped)('skips a file of a folder with %s', async (_name, file, text, reason) => {
  expect(await read(file, text, true)).toEqual({ skipped: reason })
})

test('a broken cell is refused in a file of a folder too', async () => {
  await expect(read('BTC.csv', `ts,close\n${DAY},0\n`, true)).rejects.toThrow(/^error NotPositive: .*BTC\.csv:2:15\n/)
})
