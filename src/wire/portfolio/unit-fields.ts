import { isPrice, type Price, price } from '../../core/quantity/price.ts'
import { isQuantity, type Quantity, quantity } from '../../core/quantity/quantity.ts'
import { type Rate, rate } from '../../core/quantity/rate.ts'
import { type Value, value, VALUE_BOUND } from '../../core/quantity/value.ts'
import { decimal } from './decimal-field.ts'

/** Decimals of each unit, by the side of zero they may be on. */

const quantityOf = { make: quantity, isInBounds: isQuantity, bounds: 'below 1000000000000000000 units' }
const priceOf = { make: price, isInBounds: isPrice, bounds: 'below 1000000000000' }
const valueOf = {
  make: value,
  isInBounds: (atoms: bigint) => atoms < VALUE_BOUND && atoms > -VALUE_BOUND,
  bounds: 'below 1000000000000000 USD',
}
const rateOf = { make: rate, isInBounds: () => true, bounds: '' }
const KEEP_NOT_NEGATIVE = 'an amount here is zero or above; leave the field out if it is not known'

export const QUANTITY = decimal<Quantity>({ ...quantityOf, sign: 'any', signRemedy: '' })
export const TRADED_QUANTITY = decimal<Quantity>({
  ...quantityOf,
  sign: 'notZero',
  signRemedy: 'leave the entry out if nothing is left of it',
})
export const POSITIVE_QUANTITY = decimal<Quantity>({
  ...quantityOf,
  sign: 'aboveZero',
  signRemedy: 'a size is above zero; leave the field out for its default',
})
export const AMOUNT = decimal<Quantity>({ ...quantityOf, sign: 'notNegative', signRemedy: KEEP_NOT_NEGATIVE })
export const PRICE = decimal<Price>({
  ...priceOf,
  sign: 'aboveZero',
  signRemedy: 'a price is above zero; leave the entry out if there is none',
})
export const POSITIVE_VALUE = decimal<Value>({
  ...valueOf,
  sign: 'aboveZero',
  signRemedy: 'an amount of USD above zero, or leave the field out',
})
export const NON_NEGATIVE_VALUE = decimal<Value>({ ...valueOf, sign: 'notNegative', signRemedy: KEEP_NOT_NEGATIVE })
export const RATE = decimal<Rate>({ ...rateOf, sign: 'any', signRemedy: '' })
export const POSITIVE_RATE = decimal<Rate>({
  ...rateOf,
  sign: 'aboveZero',
  signRemedy: 'leave the field out if it is not known',
})
export const NON_NEGATIVE_RATE = decimal<Rate>({ ...rateOf, sign: 'notNegative', signRemedy: KEEP_NOT_NEGATIVE })
export const FRACTION = decimal<Rate>({
  ...rateOf,
  sign: 'fraction',
  signRemedy: 'fractions, never percent: 5 % is "0.05"',
})
export const DELTA = decimal<Rate>({
  ...rateOf,
  sign: 'delta',
  signRemedy: 'a call delta is above zero, a put delta below',
})
