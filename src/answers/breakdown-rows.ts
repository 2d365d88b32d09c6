import { formatDecimal18 } from '../core/quantity/decimal.ts'
import type { Derivation } from '../core/margin/derivation.ts'
import type { Explanation, ScenarioOutcome } from '../core/margin/explanation.ts'
import type { BindingReport, BreakdownNode, CorrelationRows, ExposureRow, ScenarioRow } from '../wire/margin-report.ts'
import { rampRow } from './ramp-row.ts'
import { ratioText } from './ratio-text.ts'

const MOST_WORST = 3

/** The tree as reports have it; what a worst loss is the worst of follows from the scenarios. */
export function breakdownOf(derivation: Derivation, scenarios: readonly ScenarioOutcome[]): BreakdownNode {
  const { id, op, value, terms, note, factor, rounded, source, binding, count } = derivation
  const isQuadratic = op === 'quadratic'
  const row = {
    id,
    value: formatDecimal18(value),
    ...(terms.length === 0 ? {} : { terms: terms.map((term) => breakdownOf(term, scenarios)) }),
    ...(note === '' || isQuadratic ? {} : { note }),
    ...(isQuadratic && note !== '' ? { matrix: note } : {}),
    ...(factor === undefined ? {} : { factor: formatDecimal18(factor) }),
    ...(rounded === undefined ? {} : { rounded }),
    ...(source === undefined ? {} : { source }),
    ...(binding === undefined ? {} : { binding }),
    ...(count === undefined ? {} : { count }),
    ...(op === 'worstLoss' && id === 'scenario' ? { worst: worstOf(scenarios) } : {}),
  }
  return op === 'ramp' ? rampRow(row) : { ...row, op }
}

function worstOf(scenarios: readonly ScenarioOutcome[]): readonly { readonly id: string; readonly pnl: string }[] {
  return scenarios
    .filter(({ initialOnly }) => !initialOnly)
    .slice(0, MOST_WORST)
    .map(({ id, profit }) => ({ id, pnl: formatDecimal18(profit) }))
}

export function bindingOf({ binding }: Explanation): BindingReport | null {
  if (binding === undefined) return null
  const { component, regime, scenario, runnerUp } = binding
  return {
    component,
    regime: regime ?? null,
    scenario: scenario ?? null,
    runnerUp:
      runnerUp === undefined
        ? null
        : {
            component: runnerUp.component,
            scenario: runnerUp.scenario ?? null,
            value: formatDecimal18(runnerUp.value),
          },
  }
}

export function exposureRows({ exposures }: Explanation): readonly ExposureRow[] {
  return exposures.map(({ factor, exposure, riskWeight, weighted, earnsOffset, from }) => ({
    factor,
    exposure: formatDecimal18(exposure),
    riskWeight: ratioText(riskWeight),
    weighted: formatDecimal18(weighted),
    earnsOffset,
    from,
  }))
}

export function correlationRows({ correlations }: Explanation): CorrelationRows | null {
  if (correlations === undefined) return null
  const whole = (rows: readonly (readonly bigint[])[]) => rows.map((row) => row.map(Number))
  const { factors, now, one } = correlations
  return { factors, now: whole(now), one: whole(one), break: whole(correlations.break) }
}

/** Worst first, as the model gives them; with what each asset and market adds if that was asked for. */
export function scenarioRows({ scenarios }: Explanation, areContributionsWanted: boolean): readonly ScenarioRow[] {
  return scenarios.map(({ id, moves, damp, initialOnly, profit, contributions }) => ({
    id,
    moves: Object.fromEntries([...moves].map(([factor, move]) => [factor, ratioText(move)])),
    damp: ratioText(damp),
    initialOnly,
    pnl: formatDecimal18(profit),
    contributions: areContributionsWanted
      ? Object.fromEntries(contributions.map((part) => [part.id, formatDecimal18(part.value)]))
      : null,
  }))
}
