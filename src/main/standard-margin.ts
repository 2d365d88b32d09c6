import { assetId } from '../core/instrument/identifier.ts'
import { type Book, grossOf } from '../estimate/backtest/book.ts'
import { assetFigures, tiersOf } from '../replay/run/standard-section.ts'

/** What a replay's contracts settle in: nothing is asked for it. */
const SETTLEMENT = assetId('USDT')

/**
 * Maintenance requirement of a small book under model `standard` with the figures of the replays, share of its gross worth: haircuts on
 * what is held, weights on what is owed, the first rate of contracts; no netting but within one asset. It does not move with
 * the market.
 */
export function standardMargin(book: Book): number {
  const balances = new Map<string, number>()
  let required = 0
  for (const { line, worth } of book.legs) {
    if (line.id.endsWith(' perpetual'))
      required += Math.abs(worth) * share(tiersOf(assetId(line.underlying))[0]?.maintenancePpm)
    else balances.set(line.id, (balances.get(line.id) ?? 0) + worth)
  }
  for (const [asset, worth] of balances) {
    const { maintenanceHaircutPpm, maintenanceBorrowPpm } = assetFigures(assetId(asset), SETTLEMENT)
    required += Math.abs(worth) * share(worth > 0 ? maintenanceHaircutPpm : maintenanceBorrowPpm)
  }
  return required / grossOf(book)
}

function share(ppm = 1_000_000): number {
  return ppm / 1e6
}
