import type { BreakdownNode, NettingSetReport, ScenarioRow } from '../../../wire/margin-report.ts'
import { atomsOf, centsDown, centsUp } from '../../amount.ts'
import { printedCents, printedCount } from '../../figure.ts'
import type { Ink } from '../../terminal/pen.ts'
import { scenarioText } from '../scenario-text.ts'
import { tenthsText } from '../set-figures.ts'
import type { HouseSteps } from './house-steps.ts'
import { belowLine, stepLine } from './step-line.ts'

const MOST_SCENARIOS = 3
const ONE = 10n ** 18n

/** Step 3: the worst scenarios, what history asks, and the floors, of which only the largest counts. */
export function scenarioStep(
  { scenarios }: Pick<NettingSetReport, 'scenarios'>,
  steps: HouseSteps,
  ink: Ink,
): readonly string[] {
  const { scenario, history, floors, larger } = steps
  const [listed, past] = [atomsOf(scenario.value), atomsOf(history.value)]
  const ofBoth = listed < past ? past : listed
  const windows = `of ${printedCount(history.count ?? 0)} windows`
  return [
    ...scenarioRows(scenarios, scenario.count ?? 0, ink),
    ...stepLine(
      `history  ${history.note ?? ''}`,
      printedCents(-centsUp(past)),
      { said: windows, figureRole: past === 0n ? 'plain' : 'loss' },
      ink,
    ),
    ...stepLine('M_scn = larger loss of the two', printedCents(centsUp(ofBoth)), {}, ink),
    ...floors.flatMap((floor) => floorLine(floor, larger, ink)),
  ]
}

/** The first of so many that count on both sides, worst first. */
export function scenarioRows(scenarios: NettingSetReport['scenarios'], count: number, ink: Ink): readonly string[] {
  const published = (scenarios ?? []).filter(({ initialOnly }) => !initialOnly)
  return published.slice(0, MOST_SCENARIOS).flatMap((row, i) => rowLines(row, i, count, ink))
}

function rowLines(row: ScenarioRow, i: number, count: number, ink: Ink): readonly string[] {
  const [profit, damp] = [atomsOf(row.pnl), atomsOf(row.damp)]
  const charged = profit * damp
  const cents = charged < 0n ? -centsUp(-charged / ONE + (-charged % ONE === 0n ? 0n : 1n)) : centsDown(charged / ONE)
  const said = i === 0 ? `◂ worst of ${printedCount(count)}` : ''
  const label = `${i + 1}  ${scenarioText(row)}`
  const shown = stepLine(
    label,
    printedCents(cents),
    { said, role: i === 0 ? 'strong' : 'plain', ...(cents < 0n ? { figureRole: 'loss' as const } : {}) },
    ink,
  )
  if (damp === ONE) return shown
  const whole = profit < 0n ? -centsUp(-profit) : centsDown(profit)
  return [...shown, ...belowLine(`${tenthsText((damp * 1_000n) / ONE)} % of ${printedCents(whole)} counts`, ink)]
}

function floorLine(floor: BreakdownNode, larger: BreakdownNode, ink: Ink): readonly string[] {
  const cents = centsUp(atomsOf(floor.value))
  if (cents === 0n) return []
  const isLargest = larger.terms?.some((term) => term === floor && term.binding === true) === true
  const said = isLargest ? '◂ largest' : 'if larger'
  return stepLine(FLOORS.get(floor.id) ?? `floor  ${floor.id}`, printedCents(cents), { said }, ink)
}

const FLOORS: ReadonlyMap<string, string> = new Map([
  ['basis', 'floor    basis, share of the smaller side'],
  ['peg', 'floor    peg, slip of every claim owned'],
])
