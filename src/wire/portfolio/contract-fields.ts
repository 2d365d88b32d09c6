import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import { DEPTH, FEES } from './asset-fields.ts'
import { ONE_UNIT } from './contract-name.ts'
import { inJson } from './decimal-field.ts'
import { AMOUNT, POSITIVE_QUANTITY, POSITIVE_VALUE, PRICE } from './unit-fields.ts'
import type { FileContract, FileContractTerms, Payoff } from './file-terms.ts'
import type { Reader } from './findings.ts'
import { type ObjectFields, objectFields } from './object-fields.ts'
import { oneOf } from './plain-field.ts'
import { ASSET } from './name-field.ts'
import { TIME } from './time-field.ts'
import { ONE_DOLLAR } from '../../core/quantity/price.ts'
import { value } from '../../core/quantity/value.ts'

const CONTRACT_FIELDS = [
  'kind',
  'underlying',
  'settlementAsset',
  'payoff',
  'contractSize',
  'expiry',
  'strike',
  'right',
  'tickSize',
  'lotSize',
  'status',
  'openInterest',
  'fees',
  'depth',
]
const ONE_USD = value(ONE_DOLLAR)

/** Terms of a contract under `markets`; `settlement` is what it settles in if it does not say. */
export function contractTerms(id: MarketId, settlement: AssetId): Reader<FileContract> {
  return (at, findings) => {
    const fields = objectFields(at, CONTRACT_FIELDS, findings)
    if (fields === undefined) return undefined
    const kinds = { perpetual: 'perpetual', future: 'future', option: 'option' } as const
    const kind = fields.required('kind', oneOf(kinds), {
      expected: 'what it is: "kind": "perpetual", "future" or "option"',
      remedy: 'add it',
    })
    const underlying = fields.required('underlying', ASSET, {
      expected: 'the asset it is about, e.g. "underlying": "BTC"',
      remedy: 'add it',
    })
    const settles = fields.defaulted('settlementAsset', ASSET, { value: settlement, says: `${settlement}, the file's` })
    const terms = { ...commonTerms(fields), id, settlement: settles }
    switch (kind) {
      case 'perpetual':
        forbidDates(fields, ['expiry', 'strike', 'right'], 'a perpetual')
        return underlying === undefined ? undefined : { ...terms, kind, underlying }
      case 'future': {
        forbidDates(fields, ['strike', 'right'], 'a future')
        const expiry = requiredExpiry(fields)
        return underlying === undefined || expiry === undefined ? undefined : { ...terms, kind, underlying, expiry }
      }
      case 'option': {
        const expiry = requiredExpiry(fields)
        const strike = fields.required('strike', inJson(PRICE), {
          expected: 'the strike, e.g. "strike": "2400"',
          remedy: 'add it',
        })
        const right = fields.required('right', oneOf({ call: 'call', put: 'put' } as const), {
          expected: 'which right it is: "right": "call" or "put"',
          remedy: 'add it',
        })
        if (underlying === undefined || expiry === undefined || strike === undefined || right === undefined)
          return undefined
        return { ...terms, kind, underlying, expiry, strike, right }
      }
      case undefined:
        return undefined
      default:
        return kind satisfies never
    }
  }
}

function commonTerms(fields: ObjectFields): Omit<FileContractTerms, 'id' | 'underlying' | 'settlement'> {
  const statuses = { open: 'open', 'reduce-only': 'reduceOnly', paused: 'paused' } as const
  return {
    payoff: payoffOf(fields),
    tick: fields.optional('tickSize', inJson(PRICE)),
    lot: fields.optional('lotSize', inJson(POSITIVE_QUANTITY)),
    status: fields.defaulted('status', oneOf(statuses), { value: 'open', says: 'open' }),
    openInterest: fields.optional('openInterest', inJson(AMOUNT)),
    fees: fields.optional('fees', FEES),
    depth: fields.optional('depth', DEPTH),
  }
}

function payoffOf(fields: ObjectFields): Payoff {
  const payoffs = { linear: 'linear', inverse: 'inverse' } as const
  const kind = fields.defaulted<'linear' | 'inverse'>('payoff', oneOf(payoffs), { value: 'linear', says: 'linear' })
  if (kind === 'inverse')
    return {
      kind,
      contractSize: fields.defaulted('contractSize', inJson(POSITIVE_VALUE), { value: ONE_USD, says: '1 USD' }),
    }
  const contractSize = fields.defaulted('contractSize', inJson(POSITIVE_QUANTITY), {
    value: ONE_UNIT,
    says: '1 unit of the underlying',
  })
  return { kind, contractSize }
}

function requiredExpiry(fields: ObjectFields) {
  return fields.required('expiry', TIME, {
    expected: 'when it ends, e.g. "expiry": "2026-03-27T08:00:00Z"',
    remedy: 'add it',
  })
}

function forbidDates(fields: ObjectFields, names: readonly string[], what: string): void {
  for (const name of names)
    fields.forbidden(name, { expected: `no ${name}: it is ${what}`, remedy: 'leave it out, or change "kind"' })
}
