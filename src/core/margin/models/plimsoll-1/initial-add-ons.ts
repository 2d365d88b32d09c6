import { absolute, add, isLess, isNegative, larger, smaller } from '../../../quantity/arithmetic.ts'
import { crowdedShareUp } from '../../../quantity/concentration.ts'
import { type Ppm, remainderOf, WHOLE } from '../../../quantity/ppm.ts'
import { cashFlowOf, narrowShareUp, shareOf, worthOf } from '../../../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import { NO_VALUE, NO_WIDE_VALUE, type Value, type WideValue } from '../../../quantity/value.ts'
import type { AssetId, MarketId } from '../../../instrument/identifier.ts'
import type { MarketView } from '../../../market/listing.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import type { InitialInput } from '../../model.ts'
import { initialCharge, type ItemCharge, keeperNotional, shortOptionMinimumUp } from './add-on.ts'
import { keeperFeeUp } from './keeper.ts'
import type { OrderFlow } from './order-flow.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { OptionItem, RiskItem } from './risk-item.ts'
import type { RiskBook } from './risk-book.ts'
import { type ItemRange, itemRanges } from './item-range.ts'

/** Charges of one asset or market at their worst. */
export interface RangeCharge extends ItemCharge {
  readonly item: RiskItem
}

/** Add-ons of the initial side, each at its worst over what open orders may fill; USD, >= 0. */
export interface InitialAddOns {
  readonly charges: readonly RangeCharge[]
  readonly liquidity: Value
  readonly inFull: Value
  readonly keeper: Value
  readonly shortOptionMinimum: Value
  readonly concentration: Value
  readonly oracle: Value
}

export function initialAddOns(
  input: InitialInput<PreparedEpoch>,
  book: RiskBook,
  flows: readonly OrderFlow[],
): InitialAddOns {
  const { parameters: epoch, elsewhere } = input
  const others = sizesElsewhere(elsewhere.others())
  const charges: RangeCharge[] = []
  let [liquidity, inFull, concentration] = [NO_VALUE, NO_VALUE, NO_VALUE]
  let [notional, doubted] = [NO_WIDE_VALUE, NO_WIDE_VALUE]
  const mostShort: OptionItem[] = []
  for (const range of itemRanges(input, book, flows)) {
    const charge = worstCharge(range, others)
    charges.push({ ...charge, item: range.held })
    liquidity = add(liquidity, charge.closing)
    inFull = add(inFull, charge.inFull)
    notional = add(notional, largestOf(range, keeperNotional))
    doubted = add(
      doubted,
      largestOf(range, (item) => doubtedShare(item, input)),
    )
    concentration = add(concentration, crowdingOf(range, input))
    if (range.least.kind === 'option') mostShort.push(range.least)
  }
  const keeper = keeperFeeUp(notional, epoch.parameters.keeper)
  const shortOptionMinimum = shortOptionMinimumUp(mostShort)
  return { charges, liquidity, inFull, keeper, shortOptionMinimum, concentration, oracle: narrowShareUp(doubted) }
}

function itemsOf({ held, least, most }: ItemRange): readonly RiskItem[] {
  return least === held && most === held ? [held] : [held, least, most]
}

function largestOf(range: ItemRange, worth: (item: RiskItem) => WideValue): WideValue {
  return itemsOf(range).map(worth).reduce(larger)
}

/** The item among those of the range that costs most to close. */
function worstCharge(range: ItemRange, others: SizesElsewhere): ItemCharge {
  const charges = itemsOf(range).map((item) => initialCharge(item, elsewhereOnSide(item, others)))
  const whole = ({ closing, inFull }: ItemCharge) => add(closing, inFull)
  return charges.reduce((worst, one) => (isLess(whole(worst), whole(one)) ? one : worst))
}

/** What the owner has in other netting sets, long and short apart, by asset or market. */
interface SizesElsewhere {
  readonly long: Map<AssetId | MarketId, Quantity>
  readonly short: Map<AssetId | MarketId, Quantity>
}

function sizesElsewhere(others: readonly Portfolio[]): SizesElsewhere {
  const sizes: SizesElsewhere = { long: new Map(), short: new Map() }
  const plus = (id: AssetId | MarketId, quantity: Quantity) => {
    const side = isNegative(quantity) ? sizes.short : sizes.long
    side.set(id, add(side.get(id) ?? NO_QUANTITY, absolute(quantity)))
  }
  for (const { holdings, positions } of others) {
    for (const { asset, quantity } of holdings) plus(asset, quantity)
    for (const { market, quantity } of positions) plus(market, quantity)
  }
  return sizes
}

/** On the item's side of zero. */
function elsewhereOnSide(item: RiskItem, { long, short }: SizesElsewhere): Quantity {
  const isShort = 'open' in item && (item.kind === 'debt' || isNegative(item.open.size))
  return (isShort ? short : long).get(item.id) ?? NO_QUANTITY
}

/** What lacks certainty of a price below the threshold, as `shareOf`: the whole exposure times what is missing. */
function doubtedShare(item: RiskItem, { market, parameters }: InitialInput<PreparedEpoch>): WideValue {
  const { confidenceThreshold } = parameters.parameters
  const confidence = confidenceOf(item, market)
  if (!isLess(confidence, confidenceThreshold)) return NO_WIDE_VALUE
  return shareOf(sizeOf(item), remainderOf(confidence))
}

/** Of the price of an asset; of a contract the lower of its mark's and its underlying's. */
function confidenceOf(item: RiskItem, view: MarketView): Ppm {
  if (!('terms' in item)) return view.assets.get(item.id as AssetId)?.index?.confidence ?? WHOLE
  const mark = view.markets.get(item.id)?.mark?.confidence ?? WHOLE
  const index = view.assets.get(item.terms.underlying)?.index?.confidence ?? WHOLE
  return smaller(mark, index)
}

function sizeOf(item: RiskItem): WideValue {
  switch (item.kind) {
    case 'owned':
      return worthOf(cashFlowOf(item.owned.balance), item.owned.price)
    case 'debt':
    case 'contract':
      return absolute(item.open.worth)
    case 'option':
    case 'unmeasured':
      return absolute(item.notional)
    case 'cash':
      return absolute(item.worth)
    default:
      return item satisfies never
  }
}

/** What the venue holds too much of is charged to who owns it. */
function crowdingOf({ most }: ItemRange, { parameters, elsewhere }: InitialInput<PreparedEpoch>): Value {
  if (most.kind !== 'owned') return NO_VALUE
  const concentration = parameters.parameters.assets.get(most.id)?.concentration
  if (concentration === undefined) return NO_VALUE
  const held = larger(elsewhere.venueHolding(most.id), most.owned.balance)
  return crowdedShareUp(sizeOf(most), concentration.surcharge, { free: concentration.freeUnits, held })
}
