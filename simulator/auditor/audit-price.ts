import type { AuditAsset, AuditBooks, AuditQuote } from './audit-books.ts'

const ONE = 10n ** 18n
const MILLION = 1_000_000n

/** USD (1e-18) of one unit that is owned: no more than a redeemable claim redeems for. Zero: it never had a price. */
export function ownedAt(books: AuditBooks, asset: string): bigint {
  const row = books.assets.get(asset)
  const market = row?.quote?.price ?? 0n
  const redeemed = redemption(books, row)
  return redeemed === undefined ? market : least(market, redeemed.rate * redeemed.reference, ONE)
}

/** USD of one unit that is owed: no less than it redeems for. */
export function owedAt(books: AuditBooks, asset: string): bigint {
  const row = books.assets.get(asset)
  const market = row?.quote?.price ?? 0n
  const redeemed = redemption(books, row)
  if (redeemed === undefined || market === 0n) return market
  const up = ceiling(redeemed.rate * redeemed.reference, ONE)
  return up > market ? up : market
}

/**
 * Worst USD price (1e-18) of one unit to who holds it or owes it: of all its own quote says, and of a redeemable claim also of all
 * that its reference's quote says, at the rate.
 */
export function worstPrice(books: AuditBooks, asset: string, isHeld: boolean): bigint {
  const row = books.assets.get(asset)
  if (row?.quote === undefined) return 0n
  const own = worstQuote(books, row.quote, asset, isHeld)
  const redeemed = redemption(books, row)
  if (redeemed === undefined) return own
  const { rate, reference, row: of } = redeemed
  const worst = of?.quote === undefined ? reference : worstQuote(books, of.quote, of.terms.id, isHeld)
  const each = isHeld ? (rate * worst) / ONE : ceiling(rate * worst, ONE)
  return own < each === isHeld ? own : each
}

/** Of all a quote says the least to who holds it, the most to who owes it; its interval counts while it is fresh, unguarded and wide. */
export function worstQuote(books: AuditBooks, quote: AuditQuote, rulesOf: string, isHeld: boolean): bigint {
  const rules = books.assets.get(rulesOf)?.terms.priceRules
  const { price, halfWidth, smoothed, bid, ask } = quote
  const candidates = [price, smoothed ?? price, (isHeld ? bid : ask) ?? price]
  const isFresh = rules !== undefined && books.time - quote.observedAt <= rules.freshForMs && !quote.guarded
  if (isFresh && halfWidth * MILLION > price * rules.lowConfidencePpm)
    candidates.push(isHeld ? price - halfWidth : price + halfWidth)
  return candidates.reduce((a, b) => (isHeld === a < b ? a : b))
}

/** Rate and reference of a claim that can be redeemed; the unit of account is at 1, and so is its rate until one is told. */
function redemption(books: AuditBooks, row: AuditAsset | undefined) {
  const backing = row?.terms.backing
  if (row === undefined || backing?.redeemable !== true) return undefined
  if (backing.reference === undefined) return { rate: row.rate ?? ONE, reference: ONE, row: undefined }
  const reference = books.assets.get(backing.reference)
  if (row.rate === undefined || reference?.quote === undefined) return undefined
  return { rate: row.rate, reference: reference.quote.price, row: reference }
}

function least(market: bigint, product: bigint, scale: bigint): bigint {
  return market * scale < product ? market : product / scale
}

function ceiling(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor
}
