import { type AssetId, accountId } from '../../core/instrument/identifier.ts'
import { NO_QUANTITY, type Quantity } from '../../core/quantity/quantity.ts'
import { inJson } from './decimal-field.ts'
import { POSITIVE_VALUE, PRICE, QUANTITY, TRADED_QUANTITY } from './unit-fields.ts'
import type { Findings, Reader } from './findings.ts'
import { spotOf } from './json-node.ts'
import { listOf, type ObjectFields, objectFields, tableEntries } from './object-fields.ts'
import { FLAG, oneOf, textOf, wholeNumber } from './plain-field.ts'
import { ACCOUNT, assetNamed, MARKET, ORDER } from './name-field.ts'
import { quoted } from './source.ts'
import type {
  BucketContent,
  FileAccount,
  FileBucket,
  FileBucketMode,
  FileOrder,
  FilePosition,
  Unsettled,
} from './portfolio-file.ts'

export const CONTENT_FIELDS = ['balances', 'positions', 'orders', 'buckets'] as const
const ACCOUNT_FIELDS = ['id', 'owner', ...CONTENT_FIELDS]
const BUCKET_FIELDS = ['id', 'name', 'mode', 'line', 'balances', 'positions', 'orders']
const POSITION_FIELDS = ['market', 'quantity', 'entryPrice', 'unsettledPnl', 'accruedFunding']
export const ORDER_FIELDS = ['id', 'market', 'quantity', 'limitPrice', 'reduceOnly']
const ANY_NUMBER = { least: 0, most: Number.POSITIVE_INFINITY }
const LAST_BUCKET = 255

/** The account that the short form and a table without account column mean. */
export const MAIN_ACCOUNT = accountId('main')

const ACCOUNT_OBJECT: Reader<FileAccount> = (at, findings) => {
  const fields = objectFields(at, ACCOUNT_FIELDS, findings)
  if (fields === undefined) return undefined
  const id = fields.required('id', ACCOUNT, { expected: 'the account\'s id, e.g. "id": "main"', remedy: 'add it' })
  const owner = fields.optional('owner', textOf({ least: 0, most: 64 }))
  const content = accountContent(fields)
  return id === undefined ? undefined : { id, owner, ...content }
}

/** Pool and buckets, from the fields of an account or, in the short form, of the document. */
export function accountContent(fields: ObjectFields): Pick<FileAccount, 'pool' | 'buckets'> {
  const pool = bucketContent(fields)
  const bucket = distinctBuckets()
  const buckets = fields.optional('buckets', listOf(bucket, { least: 0, most: LAST_BUCKET })) ?? []
  return { pool, buckets: buckets.toSorted((a, b) => a.id - b.id) }
}

/** Accounts of a file: each has its own id. */
export function distinctAccounts(): Reader<FileAccount> {
  const seen = new Set<string>()
  return (at, findings) => {
    const account = ACCOUNT_OBJECT(at, findings)
    if (account === undefined) return undefined
    if (seen.has(account.id)) {
      const expected = 'each account once'
      const remedy = 'put what it holds into one account, or into buckets of it'
      findings.problems.add(spotOf(at), {
        code: 'DuplicateKey',
        expected,
        got: `a second account "${account.id}"`,
        remedy,
      })
    }
    seen.add(account.id)
    return account
  }
}

/** Buckets of one account: each has its own number, and its own name if any. */
function distinctBuckets(): Reader<FileBucket> {
  const seen = new Set<number | string>()
  return (at, findings) => {
    const bucket = BUCKET(at, findings)
    if (bucket === undefined) return undefined
    for (const label of [bucket.id, bucket.name]) {
      if (label === undefined) continue
      if (seen.has(label)) {
        const expected = 'each id and each name of a bucket once'
        const got = `a second bucket ${typeof label === 'number' ? label : quoted(label)}`
        const remedy = 'give each bucket of an account its own, or put both into one'
        findings.problems.add(spotOf(at), { code: 'DuplicateBucket', expected, got, remedy })
      }
      seen.add(label)
    }
    return bucket
  }
}

/** Units of each asset that are held or borrowed: each needs a price. */
const BALANCES: Reader<ReadonlyMap<AssetId, Quantity>> = (at, findings) => {
  const balances = new Map<AssetId, Quantity>()
  for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
    const asset = assetNamed(key, keySpot, findings)
    const amount = inJson(QUANTITY)(value, findings)
    if (asset === undefined || amount === undefined) continue
    balances.set(asset, amount)
    findings.mention({ kind: 'balance', spot: spotOf(value), asset, amount })
  }
  return balances
}

/** Units of each asset in the insurance fund, which is not margined and needs no price. */
export const FUND: Reader<ReadonlyMap<AssetId, Quantity>> = (at, findings) => {
  const fund = new Map<AssetId, Quantity>()
  for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
    const asset = assetNamed(key, keySpot, findings)
    const amount = inJson(QUANTITY)(value, findings)
    if (asset !== undefined && amount !== undefined) fund.set(asset, amount)
  }
  return fund
}

function bucketContent(fields: ObjectFields): BucketContent {
  return {
    balances: fields.optional('balances', BALANCES) ?? new Map<AssetId, Quantity>(),
    positions: fields.optional('positions', listOf(POSITION, ANY_NUMBER)) ?? [],
    orders: fields.optional('orders', listOf(ORDER_OBJECT, ANY_NUMBER)) ?? [],
  }
}

const BUCKET: Reader<FileBucket> = (at, findings) => {
  const fields = objectFields(at, BUCKET_FIELDS, findings)
  if (fields === undefined) return undefined
  const id = fields.required('id', wholeNumber({ least: 1, most: LAST_BUCKET }), {
    expected: 'the bucket\'s number from 1 to 255, e.g. "id": 1',
    remedy: 'add it',
  })
  const name = fields.optional('name', textOf({ least: 1, most: 40 }))
  const mode = bucketMode(fields)
  const content = bucketContent(fields)
  return id === undefined || mode === undefined ? undefined : { id, name, mode, content }
}

function bucketMode(fields: ObjectFields): FileBucketMode | undefined {
  const kind = fields.required('mode', oneOf({ cross: 'cross', isolated: 'isolated', line: 'line' } as const), {
    expected: 'how it is margined: "mode": "cross", "isolated" or "line"',
    remedy: 'add "mode": "cross" if it is margined with the pool',
  })
  if (kind === 'line') {
    const line = fields.required('line', inJson(POSITIVE_VALUE), {
      expected: 'USD the pool answers for at most, e.g. "line": "50000"',
      remedy: 'add "line", or set "mode": "isolated" if the pool shall answer for nothing',
    })
    return line === undefined ? undefined : { kind, line }
  }
  if (kind === undefined) return undefined
  fields.forbidden('line', {
    expected: 'no line, which only "mode": "line" has',
    remedy: 'leave it out, or set "mode": "line"',
  })
  return { kind }
}

/** One member of `positions`. */
export const POSITION: Reader<FilePosition> = (at, findings) => {
  const fields = objectFields(at, POSITION_FIELDS, findings)
  if (fields === undefined) return undefined
  const market = fields.required('market', MARKET, {
    expected: 'what it is in, e.g. "market": "BTC-PERP"',
    remedy: 'add it',
  })
  const quantity = fields.required('quantity', inJson(TRADED_QUANTITY), {
    expected: 'contracts, below zero if short, e.g. "quantity": "-12"',
    remedy: 'add it',
  })
  const unsettled = unsettledOf(fields)
  const accruedFunding = fields.defaulted('accruedFunding', inJson(QUANTITY), {
    value: NO_QUANTITY,
    says: '0: no funding is open',
  })
  if (market === undefined || quantity === undefined) return undefined
  const isUnsettledGiven = unsettled.kind !== 'none'
  findings.mention({ kind: 'position', spot: fields.valueSpot('market'), market, isUnsettledGiven })
  return { market, quantity, unsettled, accruedFunding }
}

function unsettledOf(fields: ObjectFields): Unsettled {
  const price = fields.optional('entryPrice', inJson(PRICE))
  if (!fields.has('unsettledPnl')) return price === undefined ? { kind: 'none' } : { kind: 'entryPrice', price }
  fields.forbidden('entryPrice', {
    expected: 'entryPrice or unsettledPnl, not both',
    remedy: 'keep unsettledPnl if the venue has already settled part of the profit or loss',
  })
  const amount = fields.optional('unsettledPnl', inJson(QUANTITY))
  return amount === undefined ? { kind: 'none' } : { kind: 'amount', amount }
}

const ORDER_OBJECT: Reader<FileOrder> = (at, findings) => {
  const fields = objectFields(at, ORDER_FIELDS, findings)
  return fields === undefined ? undefined : orderOf(fields, findings)
}

/** An order, from the fields of an object that has its fields among others. */
export function orderOf(fields: ObjectFields, findings: Findings): FileOrder | undefined {
  const id = fields.optional('id', ORDER)
  const market = fields.required('market', MARKET, {
    expected: 'what it trades, e.g. "market": "BTC-PERP"',
    remedy: 'add it',
  })
  const quantity = fields.required('quantity', inJson(TRADED_QUANTITY), {
    expected: 'what is left to fill, below zero to sell, e.g. "quantity": "-1"',
    remedy: 'add it',
  })
  const limit = fields.optionalNoted('limitPrice', inJson(PRICE), 'a market order')
  const reduceOnly = fields.defaulted('reduceOnly', FLAG, { value: false, says: 'false' })
  if (market === undefined || quantity === undefined) return undefined
  findings.mention({ kind: 'order', spot: fields.valueSpot('market'), market })
  return { id, market, quantity, limit, reduceOnly }
}
