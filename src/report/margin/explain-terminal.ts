import type { MarginReport, NettingSetReport } from '../../wire/margin-report.ts'
import { printedCents, printedCount } from '../figure.ts'
import { wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink } from '../terminal/pen.ts'
import { noteLines } from './closing-lines.ts'
import { addOnStep } from './explain/add-on-step.ts'
import { correlatedStep } from './explain/correlated-step.ts'
import { exposureStep } from './explain/exposure-step.ts'
import { type HouseSteps, houseSteps } from './explain/house-steps.ts'
import { decisionLines, requirementStep, sumLines } from './explain/requirement-step.ts'
import { scenarioRows, scenarioStep } from './explain/scenario-step.ts'
import { stepLine } from './explain/step-line.ts'
import { treeStep } from './explain/tree-step.ts'
import { titleLines } from './head-lines.ts'
import { type MarginStyle, setName } from './margin-terminal.ts'
import { setFigures, worstFirst } from './set-figures.ts'

const WIDEST = 80
const TEXT = 2
const LABELLED = 9

/** Every step of the requirements for a terminal, ending in a line break; of several netting sets the worst, or all. */
export function explainTerminal(report: MarginReport, file: string, style: MarginStyle): string {
  const ink = { columns: Math.min(style.columns, WIDEST), color: style.color, ascii: style.ascii }
  const sets = worstFirst(report.nettingSets)
  const shown = style.all ? sets : sets.slice(0, 1)
  const hidden = sets.length - shown.length
  const sections = [
    titleLines('explain', file, report, ink),
    ...shown.flatMap((set) => [...(sets.length > 1 ? [named(set, ink)] : []), ...stepsOf(set, ink)]),
    [...checkLines(report, file, ink), ...(hidden > 0 ? [more(hidden, file, ink)] : [])],
    noteLines(report, ink),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

interface Step {
  readonly title: string
  readonly lines: readonly string[]
}

function stepsOf(set: NettingSetReport, ink: Ink): readonly (readonly string[])[] {
  const house = houseSteps(set)
  const steps = (house === undefined ? generalSteps(set, ink) : stepsOfHouse(set, house, ink)).filter(
    ({ lines }) => lines.length > 0,
  )
  return steps.map(({ title, lines }, i) => [headLine(`${i + 1}  ${title}`, ink), ...lines])
}

/** Of the house model, the steps of METHODOLOGY 3 to 5. */
function stepsOfHouse(set: NettingSetReport, house: HouseSteps, ink: Ink): readonly Step[] {
  return [
    { title: 'Exposure to each risk factor', lines: exposureStep(set, house.correlated, ink) },
    { title: 'Correlated component', lines: correlatedStep(house, ink) },
    { title: 'Scenario component', lines: scenarioStep(set, house, ink) },
    { title: 'Add-ons', lines: addOnStep(set, house, ink) },
    { title: 'Requirement', lines: requirementStep(set, house, ink) },
  ]
}

/** Of any other model: factors and scenarios if it has some, and its trees as they stand. */
function generalSteps(set: NettingSetReport, ink: Ink): readonly Step[] {
  const { netLiquidationValue, initialMargin, maintenanceMargin } = setFigures(set)
  const requirements = [
    ...stepLine('MM  rounded up', printedCents(maintenanceMargin), {}, ink),
    ...stepLine('IM  rounded up', printedCents(initialMargin), {}, ink),
    ...sumLines(set, netLiquidationValue, ink),
    ...decisionLines(set, ink),
  ]
  const hasFactors = (set.exposures ?? []).length > 0
  return [
    { title: 'Exposure to each risk factor', lines: hasFactors ? exposureStep(set, undefined, ink) : [] },
    { title: 'Scenarios', lines: scenarioRows(set.scenarios, set.scenarios?.length ?? 0, ink) },
    { title: 'Maintenance margin', lines: treeStep(set.breakdown, ink) },
    { title: 'Initial margin', lines: treeStep(set.initialBreakdown, ink) },
    { title: 'Requirement', lines: requirements },
  ]
}

function checkLines({ epochHash, inputsHash }: MarginReport, file: string, ink: Ink): readonly string[] {
  const again = `plimsoll explain ${file} --json > report.json; plimsoll explain --check report.json`
  const lines = [
    ['epoch', epochHash],
    ['inputs', inputsHash],
    ['check', again],
  ] as const
  return lines.flatMap(([label, text]) =>
    wrapped(text, Math.max(1, ink.columns - LABELLED)).map((part, i) =>
      drawn([...(i === 0 ? [from(TEXT, label, 'dim')] : []), from(LABELLED, part, 'dim')], ink),
    ),
  )
}

function more(hidden: number, file: string, ink: Ink): string {
  return drawn([from(LABELLED, `${printedCount(hidden)} more: plimsoll explain ${file} --all`, 'dim')], ink)
}

function named(set: NettingSetReport, ink: Ink): readonly string[] {
  return [drawn([from(TEXT, setName(set), 'strong')], ink)]
}

function headLine(text: string, ink: Ink): string {
  return drawn(
    [
      from(TEXT, text),
      from(TEXT + text.length + 1, '─'.repeat(Math.max(0, ink.columns - TEXT - text.length - 3)), 'dim'),
    ],
    ink,
  )
}
