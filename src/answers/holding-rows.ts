import { absolute, add, isNegative, isPositive, negate, subtract } from '../core/quantity/arithmetic.ts'
import { allocate } from '../core/quantity/allocation.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { WHOLE } from '../core/quantity/ppm.ts'
import { cashFlowOf, costOf, narrowDown, narrowUp, shareOf, worthOf } from '../core/quantity/product.ts'
import { millionthsUp } from '../core/quantity/ratio.ts'
import { NO_WIDE_VALUE, type Value, type WideValue } from '../core/quantity/value.ts'
import type { Holding } from '../core/portfolio/portfolio.ts'
import { claimsOf, worthOfClaims } from '../core/portfolio/claims.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { Price } from '../core/quantity/price.ts'
import { type ValuedContract, valuedContract } from '../core/market/listing.ts'
import type { OpenPosition } from '../core/portfolio/portfolio.ts'
import { unsettledCash, unsettledFunding } from '../core/ledger/position.ts'
import type { FilePosition } from '../wire/portfolio/portfolio-file.ts'
import type { BorrowRow, CollateralRow, PositionRow } from '../wire/margin-report.ts'
import { maintenanceInput, type Valuation } from './assess.ts'
import type { NettingSet } from './netting-sets.ts'
import { ratioText } from './ratio-text.ts'

/** What a netting set has and owes: values add up to its net liquidation value to the last unit. */
export interface HoldingRows {
  readonly netLiquidationValue: Value
  readonly collateral: readonly CollateralRow[]
  readonly borrows: readonly BorrowRow[]
  readonly positions: readonly PositionRow[]
}

/** A position of one bucket beside what the file says of it; several entries of one market are one position. */
interface BucketPosition {
  readonly bucket: number
  readonly position: OpenPosition
  readonly contract: ValuedContract
  readonly said: readonly FilePosition[]
}

/** Every row is worth its exact share of the net liquidation value, which is rounded down once; the rest goes to the largest remainders. */
export function holdingRows(
  set: NettingSet,
  under: Valuation,
  saidIn: (bucket: number) => readonly FilePosition[],
): HoldingRows {
  const claims = claimsOf(set.portfolio, under.market)
  const prices = new Map(claims.map(({ asset, price }) => [asset, price]))
  const holdings = set.portfolio.holdings.flatMap((holding) => {
    const price = prices.get(holding.asset)
    return price === undefined ? [] : [{ holding, price }]
  })
  const positions = bucketPositions(set, under, saidIn)
  const worth: WideValue[] = [
    ...holdings.map(({ holding, price }) => worthOf(cashFlowOf(holding.quantity), price)),
    ...positions.map((position) => worthOfPosition(position, prices)),
  ]
  const total = narrowDown(worthOfClaims(claims))
  const values = allocate(
    total,
    worth.map((exact) => shareOf(exact, WHOLE)),
  )
  const rows = holdings.map(({ holding, price }, i) => holdingRow(holding, price, values[i] ?? total, under))
  return {
    netLiquidationValue: total,
    collateral: rows.filter((row) => 'haircut' in row),
    borrows: rows.filter((row) => !('haircut' in row)),
    positions: positions.map((position, i) => positionRow(position, values[holdings.length + i] ?? total, prices)),
  }
}

/** Gross contract notional of the netting set, buckets that net merged, rounded up. */
export function grossNotional({ portfolio }: NettingSet, { market }: Valuation): Value {
  let gross = NO_WIDE_VALUE
  for (const { market: id, quantity } of portfolio.positions) {
    const contract = valuedContract(market, id)
    if (contract === undefined) continue
    gross = add(gross, worthOf(costOf(absolute(quantity), contract.mark), contract.settlementPrice))
  }
  return narrowUp(gross)
}

function bucketPositions(
  { buckets }: NettingSet,
  { market }: Valuation,
  saidIn: (bucket: number) => readonly FilePosition[],
): readonly BucketPosition[] {
  return buckets.flatMap(({ number, bucket }) => {
    const said = saidIn(number)
    return [...bucket.positions].flatMap(([id, position]) => {
      const contract = valuedContract(market, id)
      if (contract === undefined) return []
      const own = said.filter((entry) => entry.market === id)
      return [{ bucket: number, position: { market: id, ...position }, contract, said: own }]
    })
  })
}

/** At the price its settlement asset is claimed at. */
function worthOfPosition({ position, contract }: BucketPosition, prices: ReadonlyMap<AssetId, Price>): WideValue {
  const flow = unsettledCash(position, { price: contract.mark, fundingIndex: contract.fundingIndex })
  return worthOf(flow, prices.get(contract.terms.settlement) ?? contract.settlementPrice)
}

function holdingRow(holding: Holding, price: Price, value: Value, under: Valuation): CollateralRow | BorrowRow {
  const { asset, quantity } = holding
  const row = {
    asset,
    quantity: formatDecimal18(quantity),
    price: formatDecimal18(price),
    value: formatDecimal18(value),
  }
  if (isNegative(quantity)) return row
  const haircut = haircutOf(holding, under)
  return {
    ...row,
    weight: haircut === undefined ? null : ratioText(1_000_000n - haircut),
    haircut: haircut === undefined ? null : ratioText(haircut),
  }
}

/** Millionths of its value that holding an asset alone requires; undefined for a value of nothing. */
function haircutOf(holding: Holding, under: Valuation): bigint | undefined {
  const { value, requirement } = under.model.maintenance(
    maintenanceInput({ holdings: [holding], positions: [] }, under),
  )
  return isPositive(value) ? millionthsUp({ part: requirement, whole: value }) : undefined
}

function positionRow(entry: BucketPosition, value: Value, prices: ReadonlyMap<AssetId, Price>): PositionRow {
  const { bucket, position, contract, said } = entry
  const settlementPrice = prices.get(contract.terms.settlement) ?? contract.settlementPrice
  const notional = worthOf(costOf(position.quantity, contract.mark), settlementPrice)
  const funding = narrowDown(worthOf(unsettledFunding(position, contract.fundingIndex), settlementPrice))
  return {
    market: position.market,
    bucket,
    quantity: formatDecimal18(contractsOf(said)),
    entryPrice: entryOf(said),
    markPrice: formatDecimal18(contract.mark),
    notional: formatDecimal18(isNegative(notional) ? negate(narrowUp(negate(notional))) : narrowUp(notional)),
    unrealizedPnl: formatDecimal18(subtract(value, funding)),
    accruedFunding: formatDecimal18(funding),
    value: formatDecimal18(value),
  }
}

function contractsOf(said: readonly FilePosition[]): bigint {
  return said.reduce((sum, { quantity }) => sum + quantity, 0n)
}

/** As the file gives it; entries that were put together have none. */
function entryOf(said: readonly FilePosition[]): string | null {
  const only = said.length === 1 ? said[0] : undefined
  return only?.unsettled.kind === 'entryPrice' ? formatDecimal18(only.unsettled.price) : null
}
