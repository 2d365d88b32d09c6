import type { FactorId } from '../../../instrument/identifier.ts'
import { correlationNearest, mixedCorrelationNearest, WHOLE_CORRELATION } from '../../../quantity/correlation.ts'
import type { CorrelationTable } from '../../explanation.ts'
import { type FactorModel, factorOf, type RiskFactor } from './factor-model.ts'

/** Correlations of factors that earn an offset as each regime has them, rounded to whole ppm for a reader. */
export function correlationTable(factors: readonly FactorId[], model: FactorModel): CorrelationTable {
  const rows = factors.map((factor) => factorOf(model, factor))
  const table = (of: (a: RiskFactor, b: RiskFactor, isSame: boolean) => CorrelationTable['now'][number][number]) =>
    rows.map((a, i) => rows.map((b, j) => of(a, b, i === j)))
  const now = (a: RiskFactor, b: RiskFactor, isSame: boolean) =>
    isSame ? WHOLE_CORRELATION : correlationNearest(a.loadings, b.loadings)
  return {
    factors,
    now: table(now),
    one: table((a, b, isSame) => {
      const together = a.inMarketFall === b.inMarketFall ? 'same' : 'opposite'
      return mixedCorrelationNearest(now(a, b, isSame), together, model.oneWeight)
    }),
    break: table((a, b, isSame) =>
      mixedCorrelationNearest(now(a, b, isSame), isSame ? 'same' : 'none', model.breakWeight),
    ),
  }
}
