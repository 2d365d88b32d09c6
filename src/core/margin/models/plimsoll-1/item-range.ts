import { add, negate, subtract } from '../../../quantity/arithmetic.ts'
import { type CashFlow, NO_CASH_FLOW } from '../../../quantity/cash-flow.ts'
import { ONE_DOLLAR } from '../../../quantity/price.ts'
import { cashFlowOf, payableForUp, valueUp } from '../../../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../../../quantity/quantity.ts'
import type { AssetId, MarketId } from '../../../instrument/identifier.ts'
import type { ListedAsset, MarketView, ValuedContract } from '../../../market/listing.ts'
import { sidedPriceOf } from '../../../market/redemption.ts'
import type { InitialInput } from '../../model.ts'
import type { OrderFlow } from './order-flow.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { RiskBook } from './risk-book.ts'
import { assetItem, contractItem, type RiskItem } from './risk-item.ts'

/** One asset or market as it is held, and at both ends of what open orders may make of it. */
export interface ItemRange {
  readonly held: RiskItem
  readonly least: RiskItem
  readonly most: RiskItem
}

/** Of everything held, then of what orders alone would bring. */
export function itemRanges(
  { market, parameters: epoch }: InitialInput<PreparedEpoch>,
  { items, claims, positions }: RiskBook,
  flows: readonly OrderFlow[],
): readonly ItemRange[] {
  if (flows.length === 0) return items.map((held) => ({ held, least: held, most: held }))
  const drawn = assetFlows(flows)
  const ranges: ItemRange[] = []
  for (const { asset, listed, flow } of claims) {
    const { inward, outward } = drawn.get(asset) ?? NO_FLOW
    const at = (moved: CashFlow) => assetAt(asset, listed, moved, market, epoch)
    ranges.push({ held: at(flow), least: at(subtract(flow, outward)), most: at(add(flow, inward)) })
    drawn.delete(asset)
  }
  for (const [asset, { inward, outward }] of drawn) {
    const listed = market.assets.get(asset)
    if (listed?.index === undefined) continue
    const at = (flow: CashFlow) => assetAt(asset, listed, flow, market, epoch)
    ranges.push({ held: at(NO_CASH_FLOW), least: at(negate(outward)), most: at(inward) })
  }
  return [...ranges, ...contractRanges(market, epoch, positions, flows)]
}

/** A claim is worth one price owned and another owed. */
function assetAt(
  asset: AssetId,
  listed: ListedAsset,
  flow: CashFlow,
  market: MarketView,
  epoch: PreparedEpoch,
): RiskItem {
  const price = listed.index === undefined ? ONE_DOLLAR : sidedPriceOf(market, listed, listed.index.price, flow)
  return assetItem({ asset, listed, flow, price }, epoch)
}

function contractRanges(
  market: MarketView,
  epoch: PreparedEpoch,
  positions: RiskBook['positions'],
  flows: readonly OrderFlow[],
): readonly ItemRange[] {
  const contracts = new Map<MarketId, ContractFlow>()
  for (const { position, contract } of positions)
    contracts.set(contract.terms.id, { contract, held: position.quantity, bought: NO_QUANTITY, sold: NO_QUANTITY })
  for (const { traded, bought, sold } of flows) {
    if (traded.kind !== 'contract') continue
    const { contract } = traded
    const held = contracts.get(contract.terms.id)?.held ?? NO_QUANTITY
    contracts.set(contract.terms.id, { contract, held, bought, sold })
  }
  return [...contracts.values()].map(({ contract, held, bought, sold }) => {
    const at = (quantity: Quantity) => contractItem(quantity, contract, market, epoch)
    return { held: at(held), least: at(subtract(held, sold)), most: at(add(held, bought)) }
  })
}

interface ContractFlow {
  readonly contract: ValuedContract
  readonly held: Quantity
  readonly bought: Quantity
  readonly sold: Quantity
}

interface AssetFlow {
  readonly inward: CashFlow
  readonly outward: CashFlow
}

const NO_FLOW: AssetFlow = { inward: NO_CASH_FLOW, outward: NO_CASH_FLOW }

/** What spot orders may bring of each asset and take away, at the prices of now. */
function assetFlows(flows: readonly OrderFlow[]): Map<AssetId, AssetFlow> {
  const drawn = new Map<AssetId, AssetFlow>()
  const plus = (asset: AssetId, inward: Quantity, outward: Quantity) => {
    const before = drawn.get(asset) ?? NO_FLOW
    drawn.set(asset, {
      inward: add(before.inward, cashFlowOf(inward)),
      outward: add(before.outward, cashFlowOf(outward)),
    })
  }
  for (const { traded, bought, sold } of flows) {
    if (traded.kind !== 'spot') continue
    const { terms, basePrice, quotePrice } = traded
    const paidFor = (quantity: Quantity) => payableForUp(valueUp(quantity, basePrice), quotePrice)
    plus(terms.base, bought, sold)
    plus(terms.quote, paidFor(sold), paidFor(bought))
  }
  return drawn
}
