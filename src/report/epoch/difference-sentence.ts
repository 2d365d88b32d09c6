import type { EpochDifference, RiskWeightSummary } from '../../wire/epoch-report.ts'
import { printedCount } from '../figure.ts'
import { relativeText } from './figure-cells.ts'

/** What changed, in one plain sentence: `41 of 60 risk weights rise, at most by 18.0 %; 12 fall, at most by 4.1 %`. */
export function differenceSentence(report: EpochDifference): string {
  const { verdict, before, after } = report
  if (verdict === 'same') return 'both documents say the same'
  if (verdict === 'relabelled') return 'every figure is the same; only the name, the source or the provenance differs'
  const model = before.model === after.model ? [] : [`the model in force becomes ${after.model}`]
  return [...model, weightSentence(report.riskWeights), ...otherSentence(report)].join('; ')
}

function weightSentence(weights: RiskWeightSummary): string {
  const { compared, rise, fall, largestRise, largestFall } = weights
  if (compared === 0) return 'no risk weights to compare'
  const all = printedCount(compared)
  const most = (largest: number | null) => (largest === null ? '' : `, at most by ${relativeText(largest).slice(1)}`)
  if (rise + fall === 0) return compared === 1 ? 'the risk weight stands' : `all ${all} risk weights stand`
  const noun = compared === 1 ? 'risk weight' : 'risk weights'
  const verb = (count: number, word: string) => (count === 1 ? `${word}s` : word)
  if (rise === 0) return `${printedCount(fall)} of ${all} ${noun} ${verb(fall, 'fall')}${most(largestFall)}`
  const rises = `${printedCount(rise)} of ${all} ${noun} ${verb(rise, 'rise')}${most(largestRise)}`
  return fall === 0 ? rises : `${rises}; ${printedCount(fall)} ${verb(fall, 'fall')}${most(largestFall)}`
}

/** How many changes beside the risk weights ask for more, and how many for less. */
function otherSentence({ effects, riskWeights, figures, rows }: EpochDifference): readonly string[] {
  const [tighter, looser] = [effects.tighter - riskWeights.rise, effects.looser - riskWeights.fall]
  const parts = [
    ...(tighter > 0 ? [`${printedCount(tighter)} tighter`] : []),
    ...(looser > 0 ? [`${printedCount(looser)} looser`] : []),
  ]
  if (parts.length > 0) return [`other changes: ${parts.join(', ')}`]
  return figures.length + rows.length > riskWeights.rise + riskWeights.fall
    ? ['what else changes has no direction']
    : []
}
