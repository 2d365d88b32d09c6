import { compare, isPositive, isZero, smaller, subtract } from '../quantity/arithmetic.ts'
import type { Price } from '../quantity/price.ts'
import { valueUp } from '../quantity/product.ts'
import { NO_QUANTITY, type Quantity } from '../quantity/quantity.ts'
import { type AssetId, compareNames } from '../instrument/identifier.ts'
import { type MarketView, indexPrice } from '../market/listing.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { ReadonlyTable } from '../ledger/table.ts'
import { forcedExchange } from '../liquidation/forced-exchange.ts'

/** A debt left when a netting set has nothing more to give: > 0. */
export interface Shortfall {
  readonly bucket: number
  readonly asset: AssetId
  readonly quantity: Quantity
}

/** What the insurance fund pays of a debt in the debt's own asset, or gives up to the outside world to buy it. */
export type Cover =
  | { readonly kind: 'drawInsurance'; readonly bucket: number; readonly asset: AssetId; readonly quantity: Quantity }
  | {
      readonly kind: 'exchangeInsurance'
      readonly given: AssetId
      readonly givenQuantity: Quantity
      readonly got: AssetId
      readonly gotQuantity: Quantity
    }
  | { readonly kind: 'recordDeficit'; readonly bucket: number; readonly asset: AssetId; readonly quantity: Quantity }

/**
 * The waterfall's tranches in order: the insurance fund in the debt's own asset, then the fund's other assets sold for it,
 * the most valuable first, then an explicit deficit. Every debt ends at exactly zero.
 */
export function coverShortfall(
  shortfalls: readonly Shortfall[],
  books: ReadonlyTable<AssetId, AssetBook>,
  market: MarketView,
): readonly Cover[] {
  const fund = new Map([...books.entries()].map(([asset, { ledger }]) => [asset, ledger.insuranceFund]))
  return shortfalls.flatMap((shortfall) => coverOne(shortfall, fund, market))
}

function coverOne(
  { bucket, asset, quantity }: Shortfall,
  fund: Map<AssetId, Quantity>,
  market: MarketView,
): readonly Cover[] {
  const covers: Cover[] = []
  let left = quantity
  const draw = (available: Quantity) => {
    const drawn = smaller(left, available)
    if (!isPositive(drawn)) return
    covers.push({ kind: 'drawInsurance', bucket, asset, quantity: drawn })
    left = subtract(left, drawn)
  }
  const own = fund.get(asset) ?? NO_QUANTITY
  fund.set(asset, subtract(own, smaller(own, left)))
  draw(own)
  for (const source of sourcesByValue(fund, asset, market)) {
    if (isZero(left)) break
    const trade = buyWith(source, asset, left, market)
    if (trade === undefined) continue
    fund.set(source.asset, subtract(source.quantity, trade.givenQuantity))
    covers.push(trade)
    draw(trade.gotQuantity)
  }
  if (isPositive(left)) covers.push({ kind: 'recordDeficit', bucket, asset, quantity: left })
  return covers
}

interface Source {
  readonly asset: AssetId
  readonly quantity: Quantity
  readonly price: Price
}

function sourcesByValue(fund: ReadonlyMap<AssetId, Quantity>, except: AssetId, market: MarketView): readonly Source[] {
  const sources: Source[] = []
  for (const [asset, quantity] of fund) {
    const price = indexPrice(market, asset)
    if (asset !== except && price !== undefined && isPositive(quantity)) sources.push({ asset, quantity, price })
  }
  const value = ({ quantity, price }: Source) => valueUp(quantity, price)
  return sources.sort((a, b) => compare(value(b), value(a)) || compareNames(a.asset, b.asset))
}

function buyWith(
  source: Source,
  asset: AssetId,
  wanted: Quantity,
  market: MarketView,
): Extract<Cover, { kind: 'exchangeInsurance' }> | undefined {
  const bought = market.assets.get(asset)
  const sold = market.assets.get(source.asset)
  if (bought?.index === undefined || sold === undefined) return undefined
  const target = { price: bought.index.price, closeOutCost: bought.terms.closeOutCost }
  const trade = forcedExchange({ ...source, closeOutCost: sold.terms.closeOutCost }, target, wanted)
  if (trade === undefined) return undefined
  const { given: givenQuantity, got: gotQuantity } = trade
  return { kind: 'exchangeInsurance', given: source.asset, givenQuantity, got: asset, gotQuantity }
}
