import { type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { NO_VALUE, type Value } from '../../../quantity/value.ts'
import { rootShareUp } from '../../../quantity/variance.ts'
import { unitShare, weightedAway, weightedShareUp } from '../../../quantity/weighted-exposure.ts'
import { type Derivation, given } from '../../derivation.ts'
import { jointly, type Regime, sizeOf, type WeightedFactor, weightedFactors } from './correlated.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import type { SizeFreeMaintenance } from './size-free.ts'

/** The correlated component as a tree: c K + (1 - c) G, and what has not earned an offset. */
export function deriveCorrelated(
  { exposures, correlated }: SizeFreeMaintenance,
  { parameters }: PreparedEpoch,
): Derivation {
  const model = parameters.factorModel
  const { earned, notEarned } = weightedFactors(exposures, model)
  const { variances } = jointly(earned, model)
  const regimes: readonly Regime[] = ['now', 'one', 'break']
  const roots = regimes.map((regime): Derivation => {
    const binding = regime === correlated.regime ? { binding: true as const } : {}
    const value = rootShareUp(variances[regime], WHOLE)
    return { id: `K/${regime}`, op: 'quadratic', value, terms: [], note: NOTES[regime], rounded: 'up', ...binding }
  })
  const largest = roots.find((root) => root.binding) ?? given('K', NO_VALUE, '')
  const gross = weightedShareUp(sizeOf(earned), WHOLE)
  const alone = notEarned.map((row) => weighted(row, exposures.get(row.id) ?? NO_VALUE))
  return {
    id: 'correlated',
    op: 'blend',
    factor: unitShare(model.creditedShare),
    value: correlated.total,
    rounded: 'up',
    source: 'METHODOLOGY 3',
    note: 'at most the factor of the diversification gain is credited',
    terms: [
      { id: 'K', op: 'max', value: largest.value, terms: roots, note: 'the worst of three regimes' },
      {
        id: 'G',
        op: 'sumOfSizes',
        value: gross,
        rounded: 'up',
        terms: earned.map((row) => weighted(row, exposures.get(row.id) ?? NO_VALUE)),
        note: 'no credit for correlation',
      },
      ...(alone.length === 0
        ? []
        : [
            {
              id: 'U',
              op: 'sumOfSizes' as const,
              value: correlated.notEarned,
              rounded: 'up' as const,
              terms: alone,
              note: 'OffsetNotYetEarned',
            },
          ]),
      given('rounding', correlated.exposureRounding, 'one unit for each exposure'),
    ],
  }
}

const NOTES: Readonly<Record<Regime, string>> = {
  now: 'correlations as measured',
  one: 'everything moves together',
  break: 'hedges break',
}

function weighted({ id, factor, weighted: exact }: WeightedFactor, exposure: Value): Derivation {
  return {
    id: `weighted/${id}`,
    op: 'product',
    value: weightedAway(exact),
    rounded: 'up',
    terms: [
      given(`exposure/${id}`, exposure, 'USD per unit of return'),
      parameter(`riskWeight/${id}`, factor.riskWeight),
    ],
    note: '',
  }
}

/** A share of the epoch as a leaf. */
export function parameter(id: string, share: Ppm): Derivation {
  return { id, op: 'parameter', value: unitShare(share), terms: [], note: '' }
}
