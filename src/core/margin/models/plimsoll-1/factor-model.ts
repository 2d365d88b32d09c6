import { isPositive } from '../../../quantity/arithmetic.ts'
import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { type Loading, loading, type OwnShare, ownShare } from '../../../quantity/variance.ts'
import { type FactorId, factorId, isName } from '../../../instrument/identifier.ts'
import type { DecodedParameters } from '../../model.ts'
import { basisClass } from './factor-name.ts'
import { FieldError, fields, record, refusing } from './section-field.ts'
import { share, truth, whole } from './section-figure.ts'

/** Correlation is carried by four common moves. */
export type Loadings = readonly [Loading, Loading, Loading, Loading]

/** What one risk factor is charged, and how it moves with others: the correlation of two is the product of their loadings. */
export interface RiskFactor {
  readonly riskWeight: Ppm
  readonly loadings: Loadings
  /** 1 - sum of the squared loadings, so that a factor's correlation with itself is exactly 1. Above 0. */
  readonly ownShare: OwnShare
  /** Where it goes when the whole market falls. */
  readonly inMarketFall: 'down' | 'up'
  /** Whether its correlations count; if not, it is charged in full beside all others. */
  readonly earnsOffset: boolean
}

export interface FactorModel {
  readonly factors: ReadonlyMap<FactorId, RiskFactor>
  /** c: at most this share of the diversification gain is credited. */
  readonly creditedShare: Ppm
  /** w_one: weight of a market in which everything moves together. */
  readonly oneWeight: Ppm
  /** w_break: weight of a market in which nothing does. */
  readonly breakWeight: Ppm
}

const STILL = loading(0n)
const LOADING = { from: -1_000_000, to: 1_000_000 }

/** Not in the epoch: charged in full, and no hedge for anything. */
export const UNKNOWN_FACTOR: RiskFactor = {
  riskWeight: WHOLE,
  loadings: [STILL, STILL, STILL, STILL],
  ownShare: ownShare([]),
  inMarketFall: 'down',
  earnsOffset: false,
}

/** What the epoch says of a factor, by its own name or its class; an unknown factor if it says nothing. */
export function factorOf(model: FactorModel, id: FactorId): RiskFactor {
  const own = model.factors.get(id)
  if (own !== undefined) return own
  const shared = basisClass(id)
  return (shared === undefined ? undefined : model.factors.get(shared)) ?? UNKNOWN_FACTOR
}

/**
 * Reads `{ creditedSharePpm, oneWeightPpm, breakWeightPpm, factors: { ID: { riskWeightPpm, loadingsPpm, marketFallSign,
 * earnsOffset } } }`: shares and weights from 0 to 1000000, four loadings whose squares add up to less than one, a sign of
 * -1 or 1. What is wrong is told by field, the first in this order; unknown fields are refused.
 */
export function decodeFactorModel(section: unknown): DecodedParameters<FactorModel> {
  return refusing(() => {
    const got = fields(section, '$', ['creditedSharePpm', 'oneWeightPpm', 'breakWeightPpm', 'factors'])
    const creditedShare = share(got.creditedSharePpm, 'creditedSharePpm')
    const oneWeight = share(got.oneWeightPpm, 'oneWeightPpm')
    const breakWeight = share(got.breakWeightPpm, 'breakWeightPpm')
    const rows = Object.entries(record(got.factors, 'factors'))
    const factors = new Map(rows.map(([id, row]) => [named(id), riskFactor(row, `factors.${id}`)]))
    return { ok: true, parameters: { factors, creditedShare, oneWeight, breakWeight } }
  })
}

function riskFactor(row: unknown, at: string): RiskFactor {
  const got = fields(row, at, ['riskWeightPpm', 'loadingsPpm', 'marketFallSign', 'earnsOffset'])
  const riskWeight = share(got.riskWeightPpm, `${at}.riskWeightPpm`)
  const loadings = fourLoadings(got.loadingsPpm, `${at}.loadingsPpm`)
  const own = ownShare(loadings)
  if (!isPositive(own)) throw new FieldError(`${at}.loadingsPpm`, 'squares that add up to less than 1', got.loadingsPpm)
  if (got.marketFallSign !== -1 && got.marketFallSign !== 1)
    throw new FieldError(`${at}.marketFallSign`, '-1 or 1', got.marketFallSign)
  const earnsOffset = truth(got.earnsOffset, `${at}.earnsOffset`)
  const inMarketFall = got.marketFallSign === -1 ? 'down' : 'up'
  return { riskWeight, loadings, ownShare: own, inMarketFall, earnsOffset }
}

function fourLoadings(got: unknown, at: string): Loadings {
  if (!Array.isArray(got) || got.length !== 4) throw new FieldError(at, 'a list of four loadings', got)
  const list: readonly unknown[] = got
  return [
    oneLoading(list[0], `${at}[0]`),
    oneLoading(list[1], `${at}[1]`),
    oneLoading(list[2], `${at}[2]`),
    oneLoading(list[3], `${at}[3]`),
  ]
}

function oneLoading(got: unknown, at: string): Loading {
  return loading(whole(got, at, LOADING, ' of ppm'))
}

function named(id: string): FactorId {
  if (!isName(id)) throw new FieldError('factors', 'names of letters, digits and . _ : / -', id)
  return factorId(id)
}
