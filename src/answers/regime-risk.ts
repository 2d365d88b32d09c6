import type { Regime } from '../wire/portfolio/changes-file.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import type { Answer } from './fault.ts'
import type { FileRisk } from './risk-of-file.ts'
import { overriddenSection } from './section-overrides.ts'

/** Weights of the section that make a regime differ from the correlations as measured. */
const WEIGHTS: { readonly [regime in Exclude<Regime, 'now'>]: string } = {
  one: 'oneWeightPpm',
  break: 'breakWeightPpm',
}

/**
 * The same methodology with one correlation regime. K is the largest over the regimes as measured, one and break (METHODOLOGY 2 and 3), and
 * a regime of weight zero is the one as measured: so the weights of the others are set to zero. K is then that of the regime, but
 * never less than as measured, which no weight can leave out. Scenarios and history, which know no regime, stay. The section goes through the
 * model's own checks again. Refuses models whose section has no such weights.
 */
export function riskUnderRegime(risk: FileRisk, regime: Regime, file: PortfolioHeader): Answer<FileRisk> {
  const { model, section } = risk
  const weights = Object.entries(WEIGHTS).filter(([name]) => name !== regime)
  if (typeof section !== 'object' || section === null || !weights.every(([, weight]) => Object.hasOwn(section, weight)))
    return refused(regime, `${model.id} has no correlation regimes`)
  const only = { ...section, ...Object.fromEntries(weights.map(([, weight]) => [weight, 0])) }
  const decoded = model.decodeParameters(overriddenSection(model.id, only, file))
  if (!decoded.ok) return refused(regime, `${decoded.field}: ${decoded.expected}`)
  const modelVersion = `${risk.modelVersion}, regime ${regime}`
  return { ok: true, answer: { ...risk, parameters: decoded.parameters, modelVersion, section: only } }
}

function refused(regime: Regime, got: string): Answer<never> {
  return {
    ok: false,
    faults: [
      {
        document: 'arguments',
        path: ['--regime'],
        code: 'NotOneOf',
        expected: `a model with a regime "${regime}"`,
        got,
        remedy: 'leave the regime out, or choose plimsoll-1',
      },
    ],
  }
}
