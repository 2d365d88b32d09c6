import type { MarketView } from '../../../market/listing.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import type { DecodedParameters, MarginModel, MarketDataKey } from '../../model.ts'
import { initial, isSurelySufficient, maintenance } from './assess.ts'
import { decodePlimsoll1 } from './decode-parameters.ts'
import { explainInitial, explainMaintenance } from './explain.ts'
import { type PreparedEpoch, prepareEpoch } from './prepared-epoch.ts'

/** The house methodology: one requirement adjusted for correlation. See the README beside this file. */
export const plimsoll1: MarginModel<PreparedEpoch> = {
  id: 'plimsoll-1',
  decodeParameters,
  requires,
  isSurelySufficient,
  maintenance,
  initial,
  explainMaintenance,
  explainInitial,
}

function decodeParameters(section: unknown): DecodedParameters<PreparedEpoch> {
  const decoded = decodePlimsoll1(section)
  return decoded.ok ? { ok: true, parameters: prepareEpoch(decoded.parameters) } : decoded
}

function requires(portfolio: Portfolio, market: MarketView): readonly MarketDataKey[] {
  const keys: MarketDataKey[] = portfolio.holdings.map(({ asset }) => ({ kind: 'index', asset }))
  for (const position of portfolio.positions) {
    keys.push({ kind: 'mark', market: position.market })
    const terms = market.markets.get(position.market)?.terms
    if (terms === undefined || terms.kind === 'spot') continue
    keys.push({ kind: 'index', asset: terms.settlement })
    if (terms.kind === 'option') keys.push({ kind: 'index', asset: terms.underlying })
  }
  return keys
}
