import { absolute, add } from '../../../quantity/arithmetic.ts'
import { allocateInProportion, allocateWeighted } from '../../../quantity/allocation.ts'
import { NO_PPM, remainderOf, WHOLE } from '../../../quantity/ppm.ts'
import { NO_VALUE, type Value, value } from '../../../quantity/value.ts'
import {
  commonExposure,
  commonVariance,
  exposureProduct,
  fullVariance,
  mixedVariance,
  ownVariance,
  type RegimeVariance,
} from '../../../quantity/variance.ts'
import { compareNames, type FactorId } from '../../../instrument/identifier.ts'
import { invariant } from '../../../ledger/invariant.ts'
import {
  correlatedMargin,
  type Exposures,
  inMarketFall,
  type Joint,
  jointly,
  type WeightedFactor,
  weightedFactors,
} from './correlated.ts'
import type { FactorModel } from './factor-model.ts'

/** What one factor adds to the correlated component; negative for a hedge. */
export interface Contribution {
  readonly factor: FactorId
  readonly value: Value
  readonly offset: 'OffsetEarned' | 'OffsetNotYetEarned'
}

/** What every exposure that is not zero bears for having been rounded itself. */
const OWN_UNIT = value(1n)

/**
 * Euler contributions of the exposures that are not zero, by factor name, those without an offset last: they add up to
 * `correlatedMargin(...).total` to the last unit. Each of c K, (1 - c) G and U is split by itself with the largest
 * remainder, and every exposure bears its own unit.
 */
export function attribution(exposures: Exposures, model: FactorModel): readonly Contribution[] {
  const margin = correlatedMargin(exposures, model)
  const { earned, notEarned } = weightedFactors(byName(exposures), model)
  const joint = jointly(earned, model)
  const gradient = earned.map((row) => shareOfVariance(row, joint, model))
  const diversified = allocateInProportion(margin.diversified, gradient)
  const share = remainderOf(model.creditedShare)
  const undiversified = allocateWeighted(margin.undiversified, { parts: sizes(earned), share })
  const alone = allocateWeighted(margin.notEarned, { parts: sizes(notEarned), share: WHOLE })
  const contributions = [
    ...earned.map(({ id }, i): Contribution => {
      const both = add(diversified[i] ?? NO_VALUE, undiversified[i] ?? NO_VALUE)
      return { factor: id, value: add(both, OWN_UNIT), offset: 'OffsetEarned' }
    }),
    ...notEarned.map(({ id }, i): Contribution => {
      return { factor: id, value: add(alone[i] ?? NO_VALUE, OWN_UNIT), offset: 'OffsetNotYetEarned' }
    }),
  ]
  const sum = contributions.reduce((all, part) => add(all, part.value), NO_VALUE)
  invariant(sum === margin.total, 'INV-COR-5', () => `contributions add up to ${sum}, not ${margin.total}`)
  return contributions
}

/** Equal remainders are decided by name, so that nobody's part depends on the order of exposures. */
function byName(exposures: Exposures): Exposures {
  return new Map([...exposures].sort(([a], [b]) => compareNames(a, b)))
}

/**
 * WS_k (R WS)_k under the binding regime: these add up to its Q, so that K WS_k (R WS)_k / Q = WS_k dK/dWS_k needs no root
 * but the one that was charged.
 */
function shareOfVariance({ factor, weighted }: WeightedFactor, joint: Joint, model: FactorModel): RegimeVariance {
  const square = exposureProduct(weighted, weighted)
  const [first, second, third, fourth] = factor.loadings
  let now = ownVariance(square, factor.ownShare)
  now = add(now, commonVariance(commonExposure(weighted, first), joint.common[0]))
  now = add(now, commonVariance(commonExposure(weighted, second), joint.common[1]))
  now = add(now, commonVariance(commonExposure(weighted, third), joint.common[2]))
  now = add(now, commonVariance(commonExposure(weighted, fourth), joint.common[3]))
  switch (joint.regime) {
    case 'now':
      return mixedVariance(now, now, NO_PPM)
    case 'one': {
      const together = exposureProduct(inMarketFall(weighted, factor), joint.marketFall)
      return mixedVariance(now, fullVariance(together), model.oneWeight)
    }
    case 'break':
      return mixedVariance(now, fullVariance(square), model.breakWeight)
    default:
      return joint.regime satisfies never
  }
}

function sizes(rows: readonly WeightedFactor[]) {
  return rows.map(({ weighted }) => absolute(weighted))
}
