import { add, isLess, isPositive, subtract } from '../core/quantity/arithmetic.ts'
import type { Quantity } from '../core/quantity/quantity.ts'
import type { Timestamp } from '../core/quantity/timestamp.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import { drawnInFull, exceedsGrant, grantLines, shortfallOf } from '../core/margin/lines.ts'
import type { Elsewhere, InitialInput, MarginInput, MarginModel, Side } from '../core/margin/model.ts'
import type { MarketView } from '../core/market/listing.ts'
import { netLiquidationValue } from '../core/portfolio/claims.ts'
import { hasLiability, type Portfolio } from '../core/portfolio/portfolio.ts'
import type { NettingSet, OwnedSets } from './netting-sets.ts'

/** A methodology with its parameters, and a market to judge by. Moved prices are another market and nothing else. */
export interface Valuation {
  readonly model: MarginModel<unknown>
  readonly parameters: unknown
  readonly market: MarketView
  readonly time: Timestamp
}

/** A netting set after its owner's lines were served: whether it is liquidated, and on what numbers. */
export interface AssessedSet {
  readonly set: NettingSet
  /** Whether it has a liability: who owes nothing is never liquidated. */
  readonly isOwing: boolean
  readonly maintenance: Side
  /** Of the pool, for a bucket with a line; nothing for any other. */
  readonly granted: Value
  readonly drawn: Value
  readonly liquidatable: boolean
}

/**
 * The comparison that decides liquidation of one netting set under a market, without its line: one call of the model and nothing
 * else, for searches that ask hundreds of times.
 */
export function assessNettingSet(set: NettingSet, under: Valuation): Side {
  return under.model.maintenance(maintenanceInput(set.portfolio, under))
}

/** Every netting set of an owner, lines served in the order of their buckets (METHODOLOGY 7). */
export function assessOwner({ sets }: OwnedSets, under: Valuation): readonly AssessedSet[] {
  const sides = sets.map((set) => ({ set, maintenance: assessNettingSet(set, under) }))
  const pool = sides.find(({ set }) => set.mode.kind === 'cross')
  const needs = sides.flatMap(({ set, maintenance }) => {
    const shortfall = hasLiability(set.portfolio, under.market) ? shortfallOf(maintenance) : NO_VALUE
    return set.mode.kind === 'line' ? [{ bucket: set.number, line: set.mode.line, shortfall }] : []
  })
  const grants = pool === undefined ? [] : grantLines(pool.maintenance, needs)
  return sides.map(({ set, maintenance }) => {
    const grant = grants.find(({ bucket }) => bucket === set.number)
    const [granted, drawn] = [grant?.granted ?? NO_VALUE, grant?.draw ?? NO_VALUE]
    const isOwing = hasLiability(set.portfolio, under.market)
    const isShort = isOwing && !maintenance.sufficient
    return {
      set,
      isOwing,
      maintenance,
      granted,
      drawn,
      liquidatable: isShort && (grant === undefined || exceedsGrant(maintenance, granted)),
    }
  })
}

/**
 * What decides new risk of one netting set. Amounts above the account's cap of an asset count as nothing: the requirement on the
 * rest, and what they are worth.
 */
export function initialSide(set: NettingSet, input: InitialInput<unknown>, { model }: Valuation): Side {
  const side = model.initial(input)
  const above = valueAboveCap(set, input.market)
  return isPositive(above)
    ? { ...side, value: add(side.value, above), requirement: add(side.requirement, above) }
    : side
}

/** Net liquidation value of a netting set less that without what lies above caps, USD, >= 0. */
export function valueAboveCap(set: NettingSet, market: MarketView): Value {
  if (set.aboveCap.size === 0) return NO_VALUE
  return subtract(netLiquidationValue(set.portfolio, market), netLiquidationValue(countedPortfolio(set), market))
}

/** The portfolio that the initial side looks at. */
function countedPortfolio({ portfolio, aboveCap }: NettingSet): Portfolio {
  if (aboveCap.size === 0) return portfolio
  const holdings = portfolio.holdings.flatMap(({ asset, quantity }) => {
    const above = aboveCap.get(asset)
    const counted = above === undefined ? quantity : subtract(quantity, above)
    return isPositive(counted) || above === undefined ? [{ asset, quantity: counted }] : []
  })
  return { ...portfolio, holdings }
}

export function maintenanceInput(portfolio: Portfolio, { parameters, market, time }: Valuation): MarginInput<unknown> {
  return { portfolio, orders: [], market, parameters, time }
}

/** What the initial side of a netting set sees: its open orders, its owner's other netting sets, the venue's holdings. */
export function initialInput(
  set: NettingSet,
  { sets }: OwnedSets,
  { under, venueHolding }: { readonly under: Valuation; readonly venueHolding: (asset: AssetId) => Quantity },
): InitialInput<unknown> {
  const others = sets.filter(({ number }) => number !== set.number).map(({ portfolio }) => portfolio)
  const elsewhere: Elsewhere = { others: () => others, venueHolding }
  return { ...maintenanceInput(countedPortfolio(set), under), orders: set.orders, elsewhere }
}

/**
 * Whether new risk is allowed as things stand (METHODOLOGY 7): a pool covers its own IM and what its lines would draw to cover
 * theirs; a bucket with a line lacks no more than the line, and its pool is covered.
 */
export function newRiskAllowed(
  assessed: readonly { readonly set: NettingSet; readonly initial: Side }[],
): readonly boolean[] {
  const pool = assessed.find(({ set }) => set.mode.kind === 'cross')
  const needs = assessed.flatMap(({ set, initial }) =>
    set.mode.kind === 'line' ? [{ bucket: set.number, line: set.mode.line, shortfall: shortfallOf(initial) }] : [],
  )
  const spare = pool === undefined ? NO_VALUE : subtract(pool.initial.value, pool.initial.requirement)
  const isPoolCovered = pool !== undefined && pool.initial.sufficient && !isLess(spare, drawnInFull(needs))
  return assessed.map(({ set, initial }) => {
    switch (set.mode.kind) {
      case 'cross':
        return isPoolCovered
      case 'isolated':
        return initial.sufficient
      case 'line':
        return isPoolCovered && !exceedsGrant(initial, set.mode.line)
      default:
        return set.mode satisfies never
    }
  })
}
