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

/** By how much what is owned (`owed`: owes) could be worse if every price of low confidence were at its worse bound. */
export function worseBy(books: AuditBooks, asset: string, isOwed: boolean): bigint {
  const row = books.assets.get(asset)
  if (row?.quote === undefined) return 0n
  const redeemed = redemption(books, row)
  const own = doubtOf(books, row.quote, row)
  if (redeemed === undefined) return own
  const reference = redeemed.row?.quote === undefined ? 0n : doubtOf(books, redeemed.row.quote, redeemed.row)
  if (own === 0n && reference === 0n) return 0n
  const widths = [
    own === 0n ? 0n : ceiling(own * ONE, row.quote.price),
    reference === 0n ? 0n : ceiling(reference * ONE, redeemed.reference),
  ] as const
  const product = redeemed.rate * redeemed.reference
  const values = [row.quote.price, isOwed ? ceiling(product, ONE) : product / ONE] as const
  const moved = values.map((at, i) => {
    const step = ceiling(at * (widths[i] ?? 0n), ONE)
    return isOwed ? at + step : at - step
  })
  const extreme = (list: readonly bigint[]) => list.reduce((a, b) => (a > b === isOwed ? a : b))
  const gap = extreme(moved) - extreme(values)
  return gap < 0n ? -gap : gap
}

/** Half-width (1e-18 USD) of a price of low confidence: neither stale nor guarded, but wide; else nothing. */
export function doubtOf(books: AuditBooks, quote: AuditQuote, { terms }: AuditAsset): bigint {
  if (quote.guarded || books.time - quote.observedAt > terms.priceRules.freshForMs) return 0n
  return quote.halfWidth * MILLION > quote.price * terms.priceRules.lowConfidencePpm ? quote.halfWidth : 0n
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
