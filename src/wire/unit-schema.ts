import { z } from 'zod'
import { type DecimalProblem, parseDecimal18 } from '../core/quantity/decimal.ts'
import { ppm, type Ppm } from '../core/quantity/ppm.ts'
import { isPrice, price, type Price } from '../core/quantity/price.ts'
import { isQuantity, quantity, type Quantity } from '../core/quantity/quantity.ts'
import { rate, type Rate } from '../core/quantity/rate.ts'
import { isTimestamp, timestamp, type Timestamp } from '../core/quantity/timestamp.ts'
import { value, type Value, VALUE_BOUND } from '../core/quantity/value.ts'
import {
  type AccountId,
  accountId,
  type AssetId,
  assetId,
  isName,
  type MarketId,
  marketId,
  type OrderId,
  orderId,
  type SenderId,
  senderId,
} from '../core/instrument/identifier.ts'

/** Schemas of the units: decimal strings and whole numbers in, branded values out. */

const ADVICE: { readonly [problem in DecimalProblem]: string } = {
  empty: 'a decimal string such as "9000" or "-12.5", not an empty one',
  thousandsSeparator: 'a decimal string without thousands separators',
  exponent: 'a decimal string without exponent',
  tooManyDigits: 'at most 18 digits after the point: nothing is rounded silently',
  notDecimal: 'a decimal string such as "9000" or "-12.5"',
}

function decimal<Unit>(isValid: (atoms: bigint) => boolean, make: (atoms: bigint) => Unit, bounds: string) {
  return z.string({ error: () => `a decimal string ${bounds}` }).transform((text, context): Unit => {
    const parsed = parseDecimal18(text)
    if (parsed.ok && isValid(parsed.atoms)) return make(parsed.atoms)
    context.addIssue({ code: 'custom', message: parsed.ok ? `a decimal string ${bounds}` : ADVICE[parsed.problem] })
    return z.NEVER
  })
}

function name<Id>(make: (text: string) => Id) {
  const expected = 'a name of 1 to 64 letters, digits and . _ : / -, starting with a letter or digit'
  return z.string({ error: () => expected }).transform((text, context): Id => {
    if (isName(text)) return make(text)
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}

export const QUANTITY = decimal<Quantity>(isQuantity, quantity, 'between -1e18 and 1e18')
export const PRICE = decimal<Price>(isPrice, price, 'above 0 and below 1e12')
export const VALUE = decimal<Value>((atoms) => atoms < VALUE_BOUND && atoms > -VALUE_BOUND, value, 'within 1e15')
export const RATE = decimal<Rate>((atoms) => atoms < 10n ** 20n && atoms > -(10n ** 20n), rate, 'within 100')
export const PPM = z
  .int({ error: () => 'a whole number of ppm from 0 to 1000000' })
  .min(0)
  .max(1_000_000)
  .transform((parts): Ppm => ppm(BigInt(parts)))
export const TIMESTAMP = z
  .number({ error: () => 'milliseconds since 1970, a whole number' })
  .refine(isTimestamp, { error: () => 'milliseconds since 1970, a whole number' })
  .transform((ms): Timestamp => timestamp(ms))
export const WHOLE_NUMBER = z.int({ error: () => 'a whole number >= 0' }).min(0)
export const ACCOUNT = name<AccountId>(accountId)
export const ASSET = name<AssetId>(assetId)
export const MARKET = name<MarketId>(marketId)
export const ORDER = name<OrderId>(orderId)
export const SENDER = name<SenderId>(senderId)
