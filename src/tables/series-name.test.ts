import { expect, test } from 'vitest'
import { isCsvName, seriesName } from './series-name.ts'

const names: [file: string, symbol: string, quote: string | undefined][] = [
  ['BTCUSDT.csv.gz', 'BTC', 'USDT'],
  ['BTCUSDT_1h.csv', 'BTC', 'USDT'],
  ['btcusdt-1h-2022-11.csv', 'BTC', 'USDT'],
  ['BTC-USD.csv', 'BTC', 'USD'],
  ['BTC_USDT.csv', 'BTC', 'USDT'],
  ['BTC_USDT_USDT-1h-futures.csv', 'BTC', 'USDT'],
  ['BTC.csv', 'BTC', undefined],
  ['BTC_1h.csv', 'BTC', undefined],
  ['Binance_BTCUSDT_1h.csv', 'BTC', 'USDT'],
  ['USDCUSDT_1h.csv.gz', 'USDC', 'USDT'],
  ['USDTUSD.csv', 'USDT', 'USD'],
  ['USDT.csv', 'USDT', undefined],
  ['BUSDUSDT.csv', 'BUSD', 'USDT'],
  ['BTCBUSD.csv', 'BTC', 'BUSD'],
  ['TUSD.csv', 'TUSD', undefined],
  ['FDUSD_1h.csv', 'FDUSD', undefined],
  ['OPUSD.csv', 'OP', 'USD'],
  ['WUSDT.csv', 'W', 'USDT'],
  ['1000SHIBUSDT.csv', '1000SHIB', 'USDT'],
  ['stETH_hourly_coingecko.csv.gz', 'stETH', undefined],
  ['wstETHUSDT.csv', 'wstETH', 'USDT'],
]
test.each(names)('%s is %s', (file, symbol, quote) => {
  expect(seriesName(file)).toEqual({ symbol, quote })
})

test('a file name without a name in it tells nothing', () => {
  expect([seriesName('.csv'), seriesName('é.csv')]).toEqual([undefined, undefined])
})

test('tables of bars end in .csv or .csv.gz, in any case', () => {
  const files = ['a.csv', 'a.CSV', 'a.csv.gz', 'a.gz', 'a.csv.bak', 'README.md']
  expect(files.filter(isCsvName)).toEqual(['a.csv', 'a.CSV', 'a.csv.gz'])
})
