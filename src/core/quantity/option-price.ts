import { type Price, PRICE_BOUND, price } from './price.ts'
import { divCeil, divFloor } from './rounding.ts'
import { ONE } from './unit.ts'
import { type Value, value } from './value.ts'

/** A forward in USD moved as far as an index has moved, in units of another asset: rounded down once, within the bounds of a price. */
export function movedForwardDown(moved: {
  readonly forward: Price
  readonly from: Price
  readonly to: Price
  readonly quote: Price
}): Price {
  const { forward, from, to, quote } = moved
  return bounded(divFloor(forward * to * ONE, from * quote))
}

/** A strike in units of an asset in USD, at that asset's price: rounded down, within the bounds of a price. */
export function strikeInUsdDown(strike: Price, quote: Price): Price {
  return bounded(divFloor(strike * quote, ONE))
}

/** The middle of what is known of a value, rounded down: a price of at least one atom. Both ends are below 1e12. */
export function middleDown({ low, high }: { readonly low: Value; readonly high: Value }): Price {
  return bounded(divFloor(low + high, 2n))
}

/** A half-width in USD in units of another asset, rounded up, at most the price it surrounds. */
export function halfWidthInUp(
  halfWidth: Value,
  { quote, around }: { readonly quote: Price; readonly around: Price },
): Value {
  const inQuote = divCeil(halfWidth * ONE, quote)
  return value(inQuote < around ? inQuote : around)
}

function bounded(atoms: bigint): Price {
  return price(atoms < 1n ? 1n : atoms < PRICE_BOUND ? atoms : PRICE_BOUND - 1n)
}
