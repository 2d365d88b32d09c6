import type { MarketId } from '../../src/core/instrument/identifier.ts'
import { quoteAsset } from '../../src/core/instrument/market.ts'
import { requireMarket } from '../../src/core/clearing/state.ts'
import { evolve } from '../../src/core/clearing/evolve.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import type { Desk } from './desk.ts'
import { at, usd } from './world.ts'

/** Gives an option a certain mark as a repricing would: for tests of what a mark of a round figure leads to. */
export function markOption(desk: Desk, market: MarketId, mark: string): void {
  const { terms } = requireMarket(desk.state, market)
  const index = terms.kind === 'option' ? desk.state.assets.get(terms.underlying)?.index : undefined
  if (terms.kind !== 'option' || index === undefined)
    throw new RangeError(`${market} in ${quoteAsset(terms)} is no option`)
  const quality = { halfWidth: usd('0'), guarded: false, observedAt: desk.now() }
  const priced = { market, forward: index.price, volatility: rate(6n * 10n ** 17n), mark: at(mark), ...quality }
  const { underlying } = terms
  const time = desk.now()
  evolve(desk.state, { type: 'Repriced', underlying, index: index.price, time, marks: [priced], unpriced: [] })
}
