import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import { inJson } from './decimal-field.ts'
import { DELTA, FRACTION, NON_NEGATIVE_RATE, POSITIVE_RATE, PRICE, RATE } from './unit-fields.ts'
import type { Findings, Reader } from './findings.ts'
import { spotOf } from './json-node.ts'
import type { FileFunding, FileVols, Smile, Svi, VolPoint, VolSlice } from './market-data.ts'
import { listOf, type ObjectFields, objectFields, tableEntries } from './object-fields.ts'
import { wholeNumber } from './plain-field.ts'
import { assetNamed, marketNamed } from './name-field.ts'
import type { Spot } from './source.ts'
import { TIME } from './time-field.ts'

const SLICE_FIELDS = ['expiry', 'forward', 'rate', 'confidence', 'at', 'points', 'svi']
const MOST_SLICES = 1_000

/** Volatility by underlying. */
export const VOL_TABLE: Reader<ReadonlyMap<AssetId, FileVols>> = (at, findings) => {
  const table = new Map<AssetId, FileVols>()
  for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
    const asset = assetNamed(key, keySpot, findings)
    const vols = VOLS(value, findings)
    if (asset !== undefined && vols !== undefined) table.set(asset, vols)
  }
  return table
}

const VOLS: Reader<FileVols> = (at, findings) => {
  if (at.node.kind !== 'array') {
    const vol = inJson(POSITIVE_RATE)(at, findings)
    if (vol !== undefined) findings.warn('FlatVol', at.path, 'one volatility for every strike and expiry')
    return vol === undefined ? undefined : { kind: 'flat', vol }
  }
  const slices = listOf(SLICE, { least: 1, most: MOST_SLICES })(at, findings)
  tellRepeated(slices?.map(({ expiry }) => expiry) ?? [], spotOf(at), findings)
  return slices === undefined ? undefined : { kind: 'slices', slices: slices.toSorted((a, b) => a.expiry - b.expiry) }
}

const SLICE: Reader<VolSlice> = (at, findings) => {
  const fields = objectFields(at, SLICE_FIELDS, findings)
  if (fields === undefined) return undefined
  const expiry = fields.required('expiry', TIME, {
    expected: 'the expiry it is for, e.g. "expiry": "2026-03-27T08:00:00Z"',
    remedy: 'add it',
  })
  const rest = {
    forward: fields.optional('forward', inJson(PRICE)),
    rate: fields.optional('rate', inJson(RATE)),
    confidence: fields.optional('confidence', inJson(FRACTION)),
    at: fields.optional('at', TIME),
  }
  const smile = smileOf(fields, findings)
  return expiry === undefined || smile === undefined ? undefined : { expiry, ...rest, smile }
}

function smileOf(fields: ObjectFields, findings: Findings): Smile | undefined {
  if (fields.has('svi')) {
    fields.forbidden('points', { expected: '"points" or "svi", not both', remedy: 'keep one' })
    const svi = fields.optional('svi', SVI)
    return svi === undefined ? undefined : { kind: 'svi', svi }
  }
  const points = fields.required('points', listOf(POINT, { least: 1, most: 200 }), {
    expected: 'volatilities: "points" or "svi"',
    remedy: 'add "points": [ { "strike": "2400", "vol": "0.67" } ], or one volatility for the underlying',
  })
  const keys = points?.map((point) => `${point.kind} ${point.kind === 'strike' ? point.strike : point.delta}`) ?? []
  tellRepeated(keys, fields.valueSpot('points'), findings)
  return points === undefined ? undefined : { kind: 'points', points }
}

/** Tells of the first thing that is there twice: nothing says which is meant. */
function tellRepeated(keys: readonly (string | number)[], spot: Spot, findings: Findings): void {
  if (new Set(keys).size === keys.length) return
  const expected = 'each expiry, strike and delta once'
  findings.problems.add(spot, { code: 'DuplicateKey', expected, got: 'one of them twice', remedy: 'keep one' })
}

const POINT: Reader<VolPoint> = (at, findings) => {
  const fields = objectFields(at, ['strike', 'delta', 'vol'], findings)
  const vol = fields?.required('vol', inJson(POSITIVE_RATE))
  if (fields === undefined) return undefined
  if (fields.has('delta')) {
    fields.forbidden('strike', { expected: '"strike" or "delta", not both', remedy: 'keep one' })
    const delta = fields.optional('delta', inJson(DELTA))
    return delta === undefined || vol === undefined ? undefined : { kind: 'delta', delta, vol }
  }
  const strike = fields.required('strike', inJson(PRICE), {
    expected: '"strike" or "delta"',
    remedy: 'add one of them',
  })
  return strike === undefined || vol === undefined ? undefined : { kind: 'strike', strike, vol }
}

const SVI: Reader<Svi> = (at, findings) => {
  const fields = objectFields(at, ['a', 'b', 'rho', 'm', 'sigma', 'tau'], findings)
  if (fields === undefined) return undefined
  const a = fields.required('a', inJson(RATE))
  const b = fields.required('b', inJson(NON_NEGATIVE_RATE))
  const rho = fields.required('rho', inJson(RATE))
  const m = fields.required('m', inJson(RATE))
  const sigma = fields.required('sigma', inJson(POSITIVE_RATE))
  const tau = fields.optional('tau', inJson(POSITIVE_RATE))
  if (a === undefined || b === undefined || rho === undefined || m === undefined || sigma === undefined)
    return undefined
  return { a, b, rho, m, sigma, tau }
}

/** Funding by market; `isOwn` as for prices. */
export function fundingTable(isOwn: boolean): Reader<ReadonlyMap<MarketId, FileFunding>> {
  return (at, findings) => {
    const table = new Map<MarketId, FileFunding>()
    for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
      const market = marketNamed(key, keySpot, findings)
      const funding = FUNDING(value, findings)
      if (market === undefined || funding === undefined) continue
      table.set(market, funding)
      findings.mention({ kind: 'funding', spot: spotOf(value), market, isOwn })
    }
    return table
  }
}

const FUNDING: Reader<FileFunding> = (at, findings) => {
  const fields = objectFields(at, ['rate', 'intervalMs', 'nextAt'], findings)
  if (fields === undefined) return undefined
  const rate = fields.required('rate', inJson(RATE), {
    expected: 'the rate of one interval, e.g. "rate": "0.0001"',
    remedy: 'add it',
  })
  const intervalMs = fields.required('intervalMs', wholeNumber({ least: 1_000, most: Number.MAX_SAFE_INTEGER }), {
    expected: 'the interval, e.g. "intervalMs": 28800000 for 8 hours',
    remedy: 'add it',
  })
  const nextAt = fields.optional('nextAt', TIME)
  return rate === undefined || intervalMs === undefined ? undefined : { rate, intervalMs, nextAt }
}
