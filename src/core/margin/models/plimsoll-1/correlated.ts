import { absolute, add, isLess, isZero, negate } from '../../../quantity/arithmetic.ts'
import { NO_PPM, remainderOf, WHOLE } from '../../../quantity/ppm.ts'
import { type Value, value } from '../../../quantity/value.ts'
import {
  type CommonExposure,
  commonExposure,
  commonVariance,
  exposureProduct,
  fullVariance,
  isLeastRoot,
  mixedVariance,
  NO_COMMON_EXPOSURE,
  NO_SQUARED_EXPOSURE,
  NO_VARIANCE,
  ownVariance,
  type RegimeVariance,
  rootShareUp,
} from '../../../quantity/variance.ts'
import {
  NO_WEIGHTED_EXPOSURE,
  type WeightedExposure,
  weightedExposure,
  weightedShareUp,
} from '../../../quantity/weighted-exposure.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { invariant } from '../../../ledger/invariant.ts'
import { type FactorModel, factorOf, type RiskFactor } from './factor-model.ts'

/** USD per unit of simple return, each summed over all positions and rounded once. A factor that is not named has none. */
export type Exposures = ReadonlyMap<FactorId, Value>

/** Correlations as they are; as if all moved as in a market-wide fall; as if each moved on its own. */
export type Regime = 'now' | 'one' | 'break'

/** The correlated component M_cor of METHODOLOGY 3 and the integers it is the sum of. All >= 0. */
export interface CorrelatedMargin {
  readonly total: Value
  /** The regime with the largest variance; the first in the order now, one, break among equals. */
  readonly regime: Regime
  /** c K. */
  readonly diversified: Value
  /** (1 - c) G. */
  readonly undiversified: Value
  /** U: what has not earned an offset. */
  readonly notEarned: Value
  /** One unit per exposure that is not zero: each was rounded to the nearest, which is no safe direction. */
  readonly exposureRounding: Value
}

/** An exposure that is not zero, with its factor and its product with the risk weight. */
export interface WeightedFactor {
  readonly id: FactorId
  readonly factor: RiskFactor
  readonly weighted: WeightedExposure
}

/** The exposures that are not zero, apart by whether they earn an offset; in the order given. */
export interface WeightedFactors {
  readonly earned: readonly WeightedFactor[]
  readonly notEarned: readonly WeightedFactor[]
}

/** What one pass over exposures leaves behind: their sums in the four common moves and in a market-wide fall. */
export interface Joint {
  readonly common: readonly [CommonExposure, CommonExposure, CommonExposure, CommonExposure]
  readonly marketFall: WeightedExposure
  /** Q of each regime. */
  readonly variances: Readonly<Record<Regime, RegimeVariance>>
  readonly regime: Regime
  /** Q of that regime. */
  readonly variance: RegimeVariance
}

/** Correlated component, exact: three ceilings and one unit per exposure, all against the member. */
export function correlatedMargin(exposures: Exposures, model: FactorModel): CorrelatedMargin {
  const { earned, notEarned } = weightedFactors(exposures, model)
  const { regime, variance } = jointly(earned, model)
  const diversified = rootShareUp(variance, model.creditedShare)
  invariant(
    isLeastRoot(diversified, variance, model.creditedShare),
    'INV-COR-1',
    () => `${diversified} is not the ceiling of ${model.creditedShare} ppm of the root of ${variance}`,
  )
  const undiversified = weightedShareUp(sizeOf(earned), remainderOf(model.creditedShare))
  const alone = weightedShareUp(sizeOf(notEarned), WHOLE)
  const exposureRounding = value(BigInt(earned.length + notEarned.length))
  const total = add(add(diversified, undiversified), add(alone, exposureRounding))
  return { total, regime, diversified, undiversified, notEarned: alone, exposureRounding }
}

/** Exposures times risk weights. A factor that is not in the epoch is charged in full and earns nothing. */
export function weightedFactors(exposures: Exposures, model: FactorModel): WeightedFactors {
  const earned: WeightedFactor[] = []
  const notEarned: WeightedFactor[] = []
  for (const [id, exposure] of exposures) {
    if (isZero(exposure)) continue
    const factor = factorOf(model, id)
    const row = { id, factor, weighted: weightedExposure(exposure, factor.riskWeight) }
    if (factor.earnsOffset) earned.push(row)
    else notEarned.push(row)
  }
  return { earned, notEarned }
}

/**
 * Q of each regime, and the largest, in one pass: Q = sum D_k WS_k^2 + sum_j (sum_k L_kj WS_k)^2, which is WS' R WS for
 * R = D + L L'. The four common moves are written out, because an inner loop would take longer than what it adds.
 */
export function jointly(earned: readonly WeightedFactor[], model: FactorModel): Joint {
  let [first, second] = [NO_COMMON_EXPOSURE, NO_COMMON_EXPOSURE]
  let [third, fourth] = [NO_COMMON_EXPOSURE, NO_COMMON_EXPOSURE]
  let [own, squares, marketFall] = [NO_VARIANCE, NO_SQUARED_EXPOSURE, NO_WEIGHTED_EXPOSURE]
  for (const { factor, weighted } of earned) {
    const { loadings } = factor
    const square = exposureProduct(weighted, weighted)
    own = add(own, ownVariance(square, factor.ownShare))
    squares = add(squares, square)
    marketFall = add(marketFall, inMarketFall(weighted, factor))
    first = add(first, commonExposure(weighted, loadings[0]))
    second = add(second, commonExposure(weighted, loadings[1]))
    third = add(third, commonExposure(weighted, loadings[2]))
    fourth = add(fourth, commonExposure(weighted, loadings[3]))
  }
  const shared = add(
    add(commonVariance(first, first), commonVariance(second, second)),
    add(commonVariance(third, third), commonVariance(fourth, fourth)),
  )
  const now = add(own, shared)
  const together = fullVariance(exposureProduct(marketFall, marketFall))
  const variances = {
    now: mixedVariance(now, now, NO_PPM),
    one: mixedVariance(now, together, model.oneWeight),
    break: mixedVariance(now, fullVariance(squares), model.breakWeight),
  }
  return { common: [first, second, third, fourth], marketFall, variances, ...largest(variances) }
}

/** What a weighted exposure gains or loses per unit when the whole market falls. */
export function inMarketFall(weighted: WeightedExposure, { inMarketFall: way }: RiskFactor): WeightedExposure {
  return way === 'up' ? weighted : negate(weighted)
}

type RegimeResult = Pick<Joint, 'regime' | 'variance'>

function largest(variances: Joint['variances']): RegimeResult {
  const worse = isLess(variances.now, variances.one) ? 'one' : 'now'
  const regime = isLess(variances[worse], variances.break) ? 'break' : worse
  return { regime, variance: variances[regime] }
}

/** Sum of sizes. */
export function sizeOf(rows: readonly WeightedFactor[]): WeightedExposure {
  let sum = NO_WEIGHTED_EXPOSURE
  for (const { weighted } of rows) sum = add(sum, absolute(weighted))
  return sum
}
