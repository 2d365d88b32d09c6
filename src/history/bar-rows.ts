/** A bar as a row of a table has it; NaN where the table says nothing. Plain numbers, USD, times in ms UTC. */
export interface BarRow {
  /** As labelled: the open of a bar, the time of a point. */
  readonly time: number
  readonly close: number
  readonly high: number
  readonly low: number
  readonly volumeUsd: number
}

type Column = keyof BarRow
type Columns = Record<Column, Float64Array>

/** Bars of one series in the order of their rows; arrays may be longer than `count`. Written by `pushBar` alone. */
export interface BarRows extends Readonly<Columns> {
  readonly count: number
}

interface GrowingBars extends Columns {
  count: number
}

const COLUMNS: readonly Column[] = ['time', 'close', 'high', 'low', 'volumeUsd']
const FIRST_CAPACITY = 256

export function noBars(): BarRows {
  return { count: 0, ...columnsOf(() => new Float64Array(FIRST_CAPACITY)) }
}

/** Adds a row in place. */
export function pushBar(bars: BarRows, row: BarRow): void {
  const growing = bars as GrowingBars
  const { count } = growing
  if (count === growing.time.length) {
    Object.assign(
      growing,
      columnsOf((column) => withRoom(growing[column])),
    )
  }
  growing.time[count] = row.time
  growing.close[count] = row.close
  growing.high[count] = row.high
  growing.low[count] = row.low
  growing.volumeUsd[count] = row.volumeUsd
  growing.count = count + 1
}

/** The same bars by time, each time once: of rows of one time the first. Arrays are exactly as long as `count`. */
export function sortedBars(bars: BarRows): BarRows {
  const { count, time } = bars
  if (isAscending(bars)) return { count, ...columnsOf((column) => bars[column].subarray(0, count)) }
  const order = Uint32Array.from({ length: count }, (_, row) => row)
  order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b)
  const kept = order.filter((row, at) => at === 0 || time[row] !== time[order[at - 1] ?? 0])
  return {
    count: kept.length,
    ...columnsOf((column) => Float64Array.from(kept, (row) => bars[column][row] ?? Number.NaN)),
  }
}

function isAscending({ count, time }: BarRows): boolean {
  for (let row = 1; row < count; row += 1) if ((time[row] ?? 0) <= (time[row - 1] ?? 0)) return false
  return true
}

function columnsOf(make: (column: Column) => Float64Array): Columns {
  return Object.fromEntries(COLUMNS.map((column) => [column, make(column)])) as Columns
}

function withRoom(figures: Float64Array): Float64Array {
  const larger = new Float64Array(figures.length * 2)
  larger.set(figures)
  return larger
}
