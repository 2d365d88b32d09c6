import type { Ppm } from './ppm.ts'
import type { Price } from './price.ts'
import { MILLION, ONE } from './unit.ts'
import type { Value } from './value.ts'

/** Whether part / whole is above the share: by cross-multiplication, nothing is rounded. */
export function isShareAbove({
  part,
  whole,
  share,
}: {
  readonly part: Value
  readonly whole: Price
  readonly share: Ppm
}): boolean {
  return part * MILLION > whole * share
}

/** Whether a price lies within a share of a reference, either side, bounds included: exact. */
export function isWithinBand({
  price,
  reference,
  band,
}: {
  readonly price: Price
  readonly reference: Price
  readonly band: Ppm
}): boolean {
  const distance = price > reference ? price - reference : reference - price
  return distance * MILLION <= reference * band
}

/** Where a share of the mark of an option is less than a few ticks, so many ticks are its band: a mark may be an atom. */
const LEAST_BAND_TICKS = 10n

/** Whether an option's price lies within a share of its mark, or within ten ticks of it, bounds included: exact. */
export function isWithinOptionBand(trade: {
  readonly price: Price
  readonly reference: Price
  readonly band: Ppm
  readonly tick: Price
}): boolean {
  const { price, reference, tick } = trade
  const distance = price > reference ? price - reference : reference - price
  return distance <= LEAST_BAND_TICKS * tick || isWithinBand(trade)
}

/** Whether a price in quote units lies within a share of the ratio of two prices in USD: exact. */
export function isWithinRatioBand(trade: {
  readonly price: Price
  readonly base: Price
  readonly quote: Price
  readonly band: Ppm
}): boolean {
  const offered = trade.price * trade.quote
  const fair = trade.base * ONE
  const distance = offered > fair ? offered - fair : fair - offered
  return distance * MILLION <= fair * trade.band
}

/** Whether a half-width is larger than the price it surrounds. */
export function exceeds(halfWidth: Value, price: Price): boolean {
  return halfWidth > price
}
