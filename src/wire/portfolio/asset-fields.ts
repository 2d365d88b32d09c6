import type { AssetId } from '../../core/instrument/identifier.ts'
import { inJson } from './decimal-field.ts'
import { AMOUNT, FRACTION, NON_NEGATIVE_RATE, NON_NEGATIVE_VALUE, PRICE, RATE } from './unit-fields.ts'
import type { Claim, Depth, DepthLevel, Fees, FileAsset } from './file-terms.ts'
import type { Reader } from './findings.ts'
import { listOf, type ObjectFields, objectFields } from './object-fields.ts'
import { FLAG, oneOf, wholeNumber } from './plain-field.ts'
import { ASSET } from './name-field.ts'

const ASSET_FIELDS = [
  'kind',
  'reference',
  'exchangeRate',
  'redemptionDelayMs',
  'decimals',
  'collateral',
  'supplyCap',
  'accountCap',
  'borrowCap',
  'venueSupply',
  'venueBorrow',
  'depth',
]
const MOST_DECIMALS = 18

/** Terms of an asset under `assets`. */
export function assetTerms(id: AssetId): Reader<FileAsset> {
  return (at, findings) => {
    const fields = objectFields(at, ASSET_FIELDS, findings)
    if (fields === undefined) return undefined
    const claim = claimOf(fields)
    const decimals = fields.defaulted('decimals', wholeNumber({ least: 0, most: MOST_DECIMALS }), {
      value: MOST_DECIMALS,
      says: '18',
    })
    const isCollateral = fields.defaulted('collateral', FLAG, { value: true, says: 'true' })
    const amount = (name: string) => fields.optional(name, inJson(AMOUNT))
    const limits = { supplyCap: amount('supplyCap'), accountCap: amount('accountCap'), borrowCap: amount('borrowCap') }
    const held = { venueSupply: amount('venueSupply'), venueBorrow: amount('venueBorrow') }
    const depth = fields.optional('depth', DEPTH)
    return claim === undefined ? undefined : { id, claim, decimals, isCollateral, ...limits, ...held, depth }
  }
}

/** Terms of an asset that the file says nothing of. */
export function volatileAsset(id: AssetId): FileAsset {
  return {
    id,
    claim: { kind: 'volatile' },
    decimals: MOST_DECIMALS,
    isCollateral: true,
    supplyCap: undefined,
    accountCap: undefined,
    borrowCap: undefined,
    venueSupply: undefined,
    venueBorrow: undefined,
    depth: undefined,
  }
}

function claimOf(fields: ObjectFields): Claim | undefined {
  const kinds = { volatile: 'volatile', stable: 'stable', 'yield-bearing': 'yieldBearing' } as const
  const kind = fields.required('kind', oneOf(kinds), {
    expected: 'what it is: "kind": "volatile", "stable" or "yield-bearing"',
    remedy: 'add it',
  })
  if (kind === undefined) return undefined
  if (kind === 'volatile') {
    const expected = 'nothing of a claim: the asset is volatile'
    const remedy = 'leave it out, or set "kind": "stable" or "yield-bearing"'
    for (const name of ['reference', 'exchangeRate', 'redemptionDelayMs']) fields.forbidden(name, { expected, remedy })
    return { kind }
  }
  const reference = fields.required('reference', ASSET, {
    expected: 'what it is a claim on, e.g. "reference": "USD"',
    remedy: 'add it',
  })
  const redemptionDelayMs = fields.optionalNoted(
    'redemptionDelayMs',
    wholeNumber({ least: 0, most: Number.MAX_SAFE_INTEGER }),
    'cannot be redeemed: market price alone',
  )
  if (kind === 'stable') {
    const exchangeRate = fields.optional('exchangeRate', inJson(PRICE))
    return reference === undefined ? undefined : { kind, reference, exchangeRate, redemptionDelayMs }
  }
  const exchangeRate = fields.required('exchangeRate', inJson(PRICE), {
    expected: 'units of the reference per unit, e.g. "exchangeRate": "1.23"',
    remedy: 'add it',
  })
  if (reference === undefined || exchangeRate === undefined) return undefined
  return { kind, reference, exchangeRate, redemptionDelayMs }
}

/** What a market of the asset or contract absorbs. */
export const DEPTH: Reader<Depth> = (at, findings) => {
  const fields = objectFields(at, ['advUsd', 'halfSpread', 'levels'], findings)
  if (fields === undefined) return undefined
  return {
    advUsd: fields.optional('advUsd', inJson(NON_NEGATIVE_VALUE)),
    halfSpread: fields.optional('halfSpread', inJson(FRACTION)),
    levels: fields.optional('levels', listOf(DEPTH_LEVEL, { least: 0, most: 64 })) ?? [],
  }
}

const DEPTH_LEVEL: Reader<DepthLevel> = (at, findings) => {
  const fields = objectFields(at, ['within', 'usd'], findings)
  const within = fields?.required('within', inJson(FRACTION))
  const usd = fields?.required('usd', inJson(NON_NEGATIVE_VALUE))
  return within === undefined || usd === undefined ? undefined : { within, usd }
}

/** Fractions of notional. */
export const FEES: Reader<Fees> = (at, findings) => {
  const fields = objectFields(at, ['maker', 'taker', 'liquidation'], findings)
  if (fields === undefined) return undefined
  return {
    maker: fields.optional('maker', inJson(RATE)),
    taker: fields.optional('taker', inJson(RATE)),
    liquidation: fields.optional('liquidation', inJson(NON_NEGATIVE_RATE)),
  }
}
