import { UsageError } from '../cli/program.ts'
import { DAY_MS } from '../estimate/calibration/rules.ts'
import { type LoadedPrices, loadPrices, type LoadProgress } from '../history/load-prices.ts'
import { TableError } from '../tables/table-error.ts'
import { quoted } from '../wire/portfolio/source.ts'

export interface PricesRequest {
  readonly prices: readonly string[]
  readonly stepMs: number
  readonly onProgress: (progress: LoadProgress) => void
}

/**
 * The prices up to the end of a day, 00:00 UTC, that time included and nothing after it. Throws UsageError without paths, for a
 * text that is no day, and for a day at whose end there is no price; TableError for files that are not as they should be.
 */
export async function pricesAsOf(request: PricesRequest, asOf: string): Promise<LoadedPrices> {
  requirePaths(request.prices)
  const end = endOf(asOf)
  const loaded = await pricesUntil(request, end)
  if (loaded?.panel.times.at(-1) === end) return loaded
  throw outOfRange(asOf, await allPrices(request))
}

/** All there are. Throws UsageError without paths, TableError as above. */
export async function allPrices({ prices, stepMs, onProgress }: PricesRequest): Promise<LoadedPrices> {
  requirePaths(prices)
  return loadPrices({ paths: prices, stepMs, onProgress })
}

/** The last day at whose end at least half as many series have a price as at any other. */
export function lastWellKnownDay({ panel: { times, series } }: LoadedPrices): string {
  const known = times.map((_, at) => series.filter(({ close }) => !Number.isNaN(close[at] ?? Number.NaN)).length)
  const most = known.reduce((a, b) => Math.max(a, b), 0)
  return dayBefore(times[known.findLastIndex((count) => count * 2 >= most)] ?? 0)
}

/** Undefined where there is no price so early. */
async function pricesUntil(
  { prices, stepMs, onProgress }: PricesRequest,
  to: number,
): Promise<LoadedPrices | undefined> {
  try {
    return await loadPrices({ paths: prices, stepMs, to, onProgress })
  } catch (error) {
    if (error instanceof TableError && error.problem.code === 'NoRows') return undefined
    throw error
  }
}

function requirePaths(prices: readonly string[]): void {
  if (prices.length > 0) return
  throw new UsageError('MissingOption', {
    at: '--prices',
    expected: 'files or folders of prices',
    got: 'none',
    remedy: 'give them: --prices prices/btc.csv prices/daily',
  })
}

function endOf(asOf: string): number {
  const start = Date.parse(asOf)
  if (/^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(start) && new Date(start).toISOString().startsWith(asOf))
    return start + DAY_MS
  throw new UsageError('WrongFormat', {
    at: '--as-of',
    expected: 'a day, year first',
    got: quoted(asOf),
    remedy: 'write it as 2025-06-12',
  })
}

function outOfRange(asOf: string, { panel: { times } }: LoadedPrices): UsageError {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0]
  return new UsageError('NoPricesThen', {
    at: `--as-of ${asOf}`,
    expected: `a day at whose end there are prices, from ${dayBefore(Math.ceil(first / DAY_MS) * DAY_MS)} to ${dayBefore(last)}`,
    got: asOf,
    remedy: 'choose such a day, or give prices of this one as well',
  })
}

/** The day that ends at a time, or the last before it that has ended. */
function dayBefore(time: number): string {
  return new Date(Math.floor(time / DAY_MS) * DAY_MS - DAY_MS).toISOString().slice(0, 10)
}
