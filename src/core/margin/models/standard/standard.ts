import type { MarketView } from '../../../market/listing.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import type { MarginModel, MarketDataKey } from '../../model.ts'
import { initial, maintenance } from './assess.ts'
import { completed } from './completed.ts'
import { explainInitial, explainMaintenance } from './explain.ts'
import { decodeStandard, type StandardParameters } from './parameters.ts'

/** Haircut collateral, weighted debts, tiered contracts, each on its own: see the README beside this file. */
export const standard: MarginModel<StandardParameters> = {
  id: 'standard',
  decodeParameters: decodeStandard,
  requires,
  maintenance,
  initial,
  explainMaintenance,
  explainInitial,
  completed,
}

function requires(portfolio: Portfolio, market: MarketView): readonly MarketDataKey[] {
  const keys: MarketDataKey[] = portfolio.holdings.map(({ asset }) => ({ kind: 'index', asset }))
  for (const position of portfolio.positions) {
    keys.push({ kind: 'mark', market: position.market })
    const terms = market.markets.get(position.market)?.terms
    if (terms !== undefined && terms.kind !== 'spot') keys.push({ kind: 'index', asset: terms.settlement })
    if (terms?.kind === 'option') keys.push({ kind: 'index', asset: terms.underlying })
  }
  return keys
}
