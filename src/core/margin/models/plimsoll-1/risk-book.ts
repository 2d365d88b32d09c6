import { narrowDown } from '../../../quantity/product.ts'
import type { Value } from '../../../quantity/value.ts'
import type { MarketView } from '../../../market/listing.ts'
import {
  type Claim,
  claimsWith,
  type ValuedPosition,
  valuedPositions,
  worthOfClaims,
} from '../../../portfolio/claims.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import { optionGroups } from './option-group.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { RiskLine } from './risk-line.ts'
import { assetItem, contractItem, type OptionItem, type RiskItem } from './risk-item.ts'
import type { Measured } from './measured.ts'

/** A netting set as the model measures it. */
export interface RiskBook {
  /** NLV, rounded down once. */
  readonly value: Value
  readonly claims: readonly Claim[]
  readonly positions: readonly ValuedPosition[]
  /** Claims first, then contracts. */
  readonly items: readonly RiskItem[]
}

/** What has no price counts as nothing (METHODOLOGY 1b) and is no item. */
export function riskBook(portfolio: Portfolio, market: MarketView, epoch: PreparedEpoch): RiskBook {
  const positions = valuedPositions(portfolio, market)
  const claims = claimsWith(portfolio, positions, market)
  const assets = claims.map((claim) => assetItem(claim, epoch))
  const contracts = positions.map(({ position, contract }) => contractItem(position.quantity, contract, market, epoch))
  return { value: narrowDown(worthOfClaims(claims)), claims, positions, items: [...assets, ...contracts] }
}

/** What of the items moves with factors. */
export function measuredOf(items: readonly RiskItem[], epoch: PreparedEpoch): Measured {
  const lines: RiskLine[] = []
  for (const item of items) if ('line' in item) lines.push(item.line)
  return { lines, options: optionGroups(optionItems(items), epoch) }
}

export function optionItems(items: readonly RiskItem[]): readonly OptionItem[] {
  return items.filter((item) => item.kind === 'option')
}
