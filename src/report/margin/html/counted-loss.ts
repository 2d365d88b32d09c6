import type { ScenarioRow } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../../amount.ts'
import { millionthsOf, tenthsText } from '../set-figures.ts'

const MILLION = 1_000_000n

/** Cents of the loss of a scenario after damping, rounded UP as requirements are; nothing for a gain. */
export function countedCents({ pnl, damp }: ScenarioRow): bigint {
  const damped = -atomsOf(pnl) * millionthsOf(damp)
  return damped <= 0n ? 0n : centsUp((damped + MILLION - 1n) / MILLION)
}

/** How much of its loss a scenario counts with: `in full`, `33.3 %`, and whether for new risk only. */
export function countedText({ damp, initialOnly }: ScenarioRow): string {
  const share = millionthsOf(damp) === MILLION ? 'in full' : `${tenthsText((millionthsOf(damp) + 500n) / 1_000n)} %`
  return initialOnly ? `${share}, initial only` : share
}
