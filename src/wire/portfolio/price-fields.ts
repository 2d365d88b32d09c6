import { type Rate, UNIT_INDEX } from '../../core/quantity/rate.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import { timestamp } from '../../core/quantity/timestamp.ts'
import { inJson } from './decimal-field.ts'
import { FRACTION, NON_NEGATIVE_VALUE, POSITIVE_RATE, PRICE } from './unit-fields.ts'
import type { Findings, Reader } from './findings.ts'
import { type Located, spotOf } from './json-node.ts'
import { CERTAIN_AGE, type FilePrice, type Observed } from './market-data.ts'
import { type ObjectFields, objectFields, tableEntries } from './object-fields.ts'
import { wholeNumber } from './plain-field.ts'
import { instrumentNamed } from './name-field.ts'
import { TIME } from './time-field.ts'

const PRICE_FIELDS = [
  'mark',
  'index',
  'smoothed',
  'bid',
  'ask',
  'vol',
  'at',
  'ageMs',
  'confidence',
  'interval',
  'sources',
]
const CERTAIN: Rate = UNIT_INDEX

/** What a table of prices says of itself. */
export interface PriceOrigin {
  /** Whether the portfolio holds it itself. */
  readonly isOwn: boolean
  /** When the prices of the table were seen, if it says. */
  readonly asOf: Timestamp | undefined
}

/** Prices by id of asset or market. */
export function priceTable(origin: PriceOrigin): Reader<ReadonlyMap<string, FilePrice>> {
  return (at, findings) => {
    const prices = new Map<string, FilePrice>()
    for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
      const id = instrumentNamed(key, keySpot, findings)
      const price = readPrice(value, findings, origin)
      if (id === undefined || price === undefined) continue
      prices.set(id, price.price)
      findings.mention({ kind: 'price', spot: spotOf(value), id, ...price, isOwn: origin.isOwn })
    }
    return prices
  }
}

/** A price and which of it the file says itself. */
export interface ReadPrice {
  readonly price: FilePrice
  readonly isConfidenceGiven: boolean
  readonly isTimeGiven: boolean
}

/** A price: a bare decimal string is the mark. */
export function readPrice(at: Located, findings: Findings, { asOf }: PriceOrigin): ReadPrice | undefined {
  if (at.node.kind !== 'object') {
    const mark = inJson(PRICE)(at, findings)
    return mark === undefined
      ? undefined
      : { price: barePrice(mark, asOf), isConfidenceGiven: false, isTimeGiven: false }
  }
  const fields = objectFields(at, PRICE_FIELDS, findings)
  const mark = fields?.required('mark', inJson(PRICE), { expected: 'the mark, e.g. "mark": "2001"', remedy: 'add it' })
  if (fields === undefined) return undefined
  const price = {
    index: fields.optional('index', inJson(PRICE)),
    smoothed: fields.optional('smoothed', inJson(PRICE)),
    bid: fields.optional('bid', inJson(PRICE)),
    ask: fields.optional('ask', inJson(PRICE)),
    vol: fields.optional('vol', inJson(POSITIVE_RATE)),
    observed: observedOf(fields, asOf),
    confidence: fields.optional('confidence', inJson(FRACTION)) ?? CERTAIN,
    interval: fields.optional('interval', inJson(NON_NEGATIVE_VALUE)),
    sources: fields.optional('sources', wholeNumber({ least: 1, most: Number.MAX_SAFE_INTEGER })),
  }
  if (mark === undefined) return undefined
  return {
    price: { mark, ...price },
    isConfidenceGiven: fields.has('confidence'),
    isTimeGiven: fields.has('at') || fields.has('ageMs'),
  }
}

function barePrice(mark: FilePrice['mark'], asOf: Timestamp | undefined): FilePrice {
  return {
    mark,
    index: undefined,
    smoothed: undefined,
    bid: undefined,
    ask: undefined,
    vol: undefined,
    observed: asOf === undefined ? CERTAIN_AGE : { kind: 'at', at: asOf },
    confidence: CERTAIN,
    interval: undefined,
    sources: undefined,
  }
}

function observedOf(fields: ObjectFields, asOf: Timestamp | undefined): Observed {
  if (fields.has('at')) {
    fields.forbidden('ageMs', { expected: '"at" or "ageMs", not both', remedy: 'keep "at"' })
    const at = fields.optional('at', TIME)
    return at === undefined ? CERTAIN_AGE : { kind: 'at', at }
  }
  const ageMs = fields.optional('ageMs', wholeNumber({ least: 0, most: Number.MAX_SAFE_INTEGER })) ?? 0
  // An age counts back from the time of its own table; of a table without time, from the moment of valuation.
  return asOf === undefined || ageMs > asOf ? { kind: 'age', ageMs } : { kind: 'at', at: timestamp(asOf - ageMs) }
}
