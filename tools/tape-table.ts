/** Where the figures of one series are found and how they become rows. Files are relative to the data folder. */
export type SeriesSource =
  /** OHLC bars by opening time (column `ts`, milliseconds): carried as they are. */
  | { readonly take: 'bars'; readonly file: string }
  /** Bars or closes by opening time of which only the close is carried; `pair` selects rows by column `symbol`. */
  | { readonly take: 'closes'; readonly file: string; readonly pair?: string }
  /** Irregular observations (`ts`, `price_usd`): the last one after the hour's start and not after its end. */
  | { readonly take: 'observations'; readonly file: string }
  /** Pool tick on the hour (`ts_s`, seconds): the close is 1.0001^tick at the hour's end, rounded to 6 decimals. */
  | { readonly take: 'ticks'; readonly file: string }
  /** Funding rates (`ts`, `venue`, `asset`, `funding_rate`) of Binance. */
  | { readonly take: 'funding'; readonly file: string }

export interface Series {
  readonly kind: 'spot' | 'perp' | 'funding'
  readonly symbol: string
  readonly source: SeriesSource
  /** Narrower than the tape's window when a series is spliced. UTC, first included, last excluded. */
  readonly from?: string
  readonly until?: string
}

export interface TapePlan {
  readonly id: string
  readonly title: string
  /** UTC, first included, last excluded. */
  readonly from: string
  readonly until: string
  readonly sources: readonly string[]
  readonly notes: readonly string[]
  readonly series: readonly Series[]
}

const SPOT_BARS = 'prices_hourly/binance_spot_1h'
const PERP_BARS = 'prices_hourly/binance_perp_1h_2020_2024'
const SPOT_CLOSES = 'prices_hourly/binance_spot_1h_close_2017_2021.csv.gz'
const STETH = 'oracle/usd_prices_aave_compound/stETH_hourly_coingecko_2021_2023.csv.gz'
const USDC_POOL = 'prices_intraday_events/usdc_usdt_uniswap_v3_hourly_tick_2022_2026.csv.gz'
const FUNDING = 'funding_oi/funding_btc_eth_7venues_2020_2023.csv.gz'

const FROM_SPOT_BARS = 'Binance spot 1h bars, via github misrori/binance_startegy@dbfa7fe7 (data/*USDT_1h.csv)'
const FROM_PERP_BARS =
  'Binance USDT perpetual 1h bars, via github PixelAlpha-ai/MarketTrend@b29ecb07 (data/crypto/*_1h.csv)'
const FROM_SPOT_CLOSES = 'Binance spot 1h closes, via github kamsec/crypto-bot@4d247efe (data/Binance_*_1h.csv)'
const FROM_COINGECKO = 'stETH: CoinGecko hourly USD price, via github bhemen/aave-data@bb4b9c93 (data/usd_prices)'
const FROM_POOL =
  'Uniswap v3 USDC/USDT pool, tick at each hour, via github QuantLet/onchain-insights@bc8cbe43' +
  ' (2. Curve liquidity pools/hourly_pool_state_full.parquet)'
const FROM_FUNDING =
  'Binance funding rates of BTC and ETH, via github supervik/historical-funding-rates-fetcher@66a085bc' +
  ' (data/**/*_funding_history.csv)'

const COMMON_NOTES = [
  'time is the OPEN of the bar, UTC; a close is known at the end of its bar',
  "each bar is one price command for all assets; where high and low are known it is four (open; then each asset's own" +
    ' low and high, the one farther from its close first; close), at 0, 1/3, 2/3 and the end of the bar',
  'a missing bar is a gap, not a zero: the price goes stale; nothing is filled in',
  'quotes in USDT are taken as 1 USD; the tape has no USDT series, since USDT at its own USD price beside assets quoted' +
    ' in USDT would count its discount twice',
  "a funding row is the rate for the 8 h up to its time, positive = longs pay; it falls due before that hour's open",
  'where there is no perp series the mark is the index',
  'figures of more than 15 digits are binary noise of the sources and are rounded to 15',
]
const STETH_NOTE =
  "stETH is a USD price, carried close only: the last observation at or before the hour's end. CoinGecko" +
  ' observes some minutes past each hour, so a close is up to an hour old and in a fast market' +
  ' trails ETH, by a tenth in the worst hours: most of that is delay, the discount itself was some 2-5%'

export const TAPES: readonly TapePlan[] = [
  {
    id: '2022-11-ftx',
    title: 'FTX and FTT collapse, November 2022',
    from: '2022-11-06',
    until: '2022-11-13',
    sources: [FROM_SPOT_BARS, FROM_PERP_BARS, FROM_COINGECKO, `USDC: ${FROM_POOL}`, FROM_FUNDING],
    notes: [
      ...COMMON_NOTES,
      STETH_NOTE,
      "USDC is 1.0001^tick of the pool at the hour's end, in USDT, rounded to 6 decimals: Binance had no USDC/USDT market",
      "SOL's perpetual closed up to 24% under its spot price on 9 November; its funding is not in the sources",
    ],
    series: [
      ...bars('spot', ['AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'FTT', 'LINK', 'SOL']),
      ...bars('perp', ['BTC', 'ETH', 'SOL']),
      { kind: 'spot', symbol: 'stETH', source: { take: 'observations', file: STETH } },
      { kind: 'spot', symbol: 'USDC', source: { take: 'ticks', file: USDC_POOL } },
      ...funding(),
    ],
  },
  {
    id: '2022-05-luna',
    title: 'LUNA and UST collapse, May 2022',
    from: '2022-05-07',
    until: '2022-05-14',
    sources: [FROM_SPOT_BARS, FROM_PERP_BARS, FROM_COINGECKO, FROM_FUNDING],
    notes: [
      ...COMMON_NOTES,
      STETH_NOTE,
      "USDC is Binance's close only, to save figures; it ran up to 1.05 on 12 May, when USDT itself wavered",
      'Binance halted LUNA and UST on 2022-05-13 in the first hour: its bar is the last, then there is a gap to the end',
    ],
    series: [
      ...bars('spot', ['AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'LUNA', 'SOL', 'UST']),
      ...bars('perp', ['BTC', 'ETH', 'SOL']),
      { kind: 'spot', symbol: 'stETH', source: { take: 'observations', file: STETH } },
      ...closes(['USDC']),
      ...funding(),
    ],
  },
  {
    id: '2023-03-usdc',
    title: 'USDC de-peg, March 2023',
    from: '2023-03-09',
    until: '2023-03-16',
    sources: [FROM_SPOT_BARS, FROM_PERP_BARS, `USDC to 2023-03-11T14:00Z: ${FROM_POOL}`, FROM_FUNDING],
    notes: [
      ...COMMON_NOTES,
      "USDC up to the bar of 2023-03-11T14:00Z is 1.0001^tick of the pool at the hour's end, in USDT, rounded to 6" +
        " decimals; from 15:00 on it is Binance's bars. Binance relisted it at 14:00: that bar opened at 1 while the" +
        ' market stood at 0.91 (low 0.882, close 0.9129) and is left out',
      "BETH (Binance's staked ETH, thinly traded) and BUSD are closes only",
    ],
    series: [
      ...bars('spot', ['AVAX', 'BNB', 'BTC', 'DOGE', 'ETH', 'LINK', 'SOL', 'XRP']),
      ...bars('perp', ['BTC', 'ETH']),
      ...closes(['BETH', 'BUSD']),
      { kind: 'spot', symbol: 'USDC', source: { take: 'ticks', file: USDC_POOL }, until: '2023-03-11T15:00Z' },
      { kind: 'spot', symbol: 'USDC', source: barsOf('spot', 'USDC'), from: '2023-03-11T15:00Z' },
      ...funding(),
    ],
  },
  {
    id: '2020-03-black-thursday',
    title: 'Black Thursday, March 2020',
    from: '2020-03-08',
    until: '2020-03-19',
    sources: [FROM_SPOT_CLOSES, FROM_PERP_BARS, FROM_FUNDING],
    notes: [
      ...COMMON_NOTES,
      'spot is known by hourly closes only, perpetuals by whole bars: within an hour the mark moves while the index waits',
      'LINK has a perpetual series and no spot series: its mark is its index',
    ],
    series: [
      ...['ADA', 'BCH', 'BNB', 'BTC', 'DOGE', 'ETH', 'LTC', 'XLM', 'XMR'].map((symbol): Series => ({
        kind: 'spot',
        symbol,
        source: { take: 'closes', file: SPOT_CLOSES, pair: `${symbol}USDT` },
      })),
      ...bars('perp', ['BNB', 'BTC', 'ETH', 'LINK']),
      ...funding(),
    ],
  },
]

function barsOf(kind: 'spot' | 'perp', symbol: string): SeriesSource {
  return { take: 'bars', file: `${kind === 'spot' ? SPOT_BARS : PERP_BARS}/${symbol}USDT.csv.gz` }
}

function bars(kind: 'spot' | 'perp', symbols: readonly string[]): readonly Series[] {
  return symbols.map((symbol) => ({ kind, symbol, source: barsOf(kind, symbol) }))
}

function closes(symbols: readonly string[]): readonly Series[] {
  return symbols.map((symbol) => ({
    kind: 'spot',
    symbol,
    source: { take: 'closes', file: `${SPOT_BARS}/${symbol}USDT.csv.gz` },
  }))
}

function funding(): readonly Series[] {
  return ['BTC', 'ETH'].map((symbol) => ({ kind: 'funding', symbol, source: { take: 'funding', file: FUNDING } }))
}
