import { CLOSE_NAMES, columnKeys, firstColumn, TIME_NAMES } from '../tables/column-names.ts'
import { seriesName } from '../tables/series-name.ts'

/** Columns of one price: positions. */
export interface FigureColumns {
  readonly close: number
  readonly range: { readonly high: number; readonly low: number } | undefined
  readonly volume: VolumeColumn | undefined
}

/** What was traded: in units of the asset, or in USD. */
export type VolumeColumn = { readonly unit: 'units' | 'usd'; readonly column: number }

/** How a table holds its prices. */
export type TableShape =
  /** A row for each time and asset. */
  | {
      readonly shape: 'long'
      readonly time: number
      readonly symbol: number
      readonly figures: FigureColumns
      readonly isPoint: boolean
    }
  /** A row for each time, a column for each pair. */
  | { readonly shape: 'wide'; readonly time: number; readonly pairs: readonly PairColumn[] }
  /** A row for each time, of the asset that the file is named after. */
  | { readonly shape: 'single'; readonly time: number; readonly figures: FigureColumns; readonly isPoint: boolean }

export interface PairColumn {
  readonly column: number
  readonly asset: string
}

/** What a table lacks to be one of prices: any column of these names. */
export interface LackingColumn {
  readonly shape: 'none'
  readonly anyOf: readonly string[]
}

const SYMBOL_NAMES = ['symbol', 'base', 'asset', 'pair', 'ticker'] as const
const USD_VOLUME_NAMES = ['volume_usd', 'quote_volume', 'quote_asset_volume'] as const
/** A figure in USD, such as `debt_usd`: no pair, though its name could be that of one. */
const USD_FIGURE = /_usd$/
const FEWEST_PAIRS = 2

/**
 * How a table with these column names holds prices; names are taken in any case. `isPoint`: prices that are true at their time
 * (`price`, `price_usd`), not closes of bars labelled by their open.
 */
export function tableShape(columns: readonly string[]): TableShape | LackingColumn {
  const keys = columnKeys(columns)
  const time = firstColumn(keys, TIME_NAMES)
  if (time === undefined) return { shape: 'none', anyOf: TIME_NAMES }
  const close = firstColumn(keys, CLOSE_NAMES)
  if (close === undefined) {
    const pairs = columns.flatMap((name, column) => pairIn(name, column))
    return pairs.length < FEWEST_PAIRS ? { shape: 'none', anyOf: CLOSE_NAMES } : { shape: 'wide', time, pairs }
  }
  const figures = { close, range: rangeIn(keys), volume: volumeIn(keys) }
  const isPoint = keys[close] !== 'close'
  const symbol = firstColumn(keys, SYMBOL_NAMES)
  return symbol === undefined
    ? { shape: 'single', time, figures, isPoint }
    : { shape: 'long', time, symbol, figures, isPoint }
}

function pairIn(name: string, column: number): readonly PairColumn[] {
  const told = USD_FIGURE.test(name) ? undefined : seriesName(name)
  return told?.quote === undefined ? [] : [{ column, asset: told.symbol }]
}

function rangeIn(keys: readonly string[]): FigureColumns['range'] {
  const [high, low] = [keys.indexOf('high'), keys.indexOf('low')]
  return high < 0 || low < 0 ? undefined : { high, low }
}

function volumeIn(keys: readonly string[]): VolumeColumn | undefined {
  const usd = firstColumn(keys, USD_VOLUME_NAMES)
  if (usd !== undefined) return { unit: 'usd', column: usd }
  const units = firstColumn(keys, ['volume'])
  return units === undefined ? undefined : { unit: 'units', column: units }
}
