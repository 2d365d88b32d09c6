import type { NettingSetReport } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { cellsOf, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../../terminal/pen.ts'
import { setFigures } from '../set-figures.ts'
import { addOnCents } from './add-on-step.ts'
import type { HouseSteps } from './house-steps.ts'
import { FIGURE_EDGE, stepLine, wordLine } from './step-line.ts'

const TEXT = 6

/** Step 5: both requirements, what is held against them, and the decision. */
export function requirementStep(set: NettingSetReport, steps: HouseSteps, ink: Ink): readonly string[] {
  const { netLiquidationValue, initialMargin, maintenanceMargin } = setFigures(set)
  const { larger, initial } = steps
  const floors = steps.floors.map(({ id }) => `, ${id}`).join('')
  const [most, most2] = [centsUp(atomsOf(larger.value)), centsUp(atomsOf(initial.larger.value))]
  return [
    ...stepLine(
      `MM  max(M_cor, M_scn${floors}) + add-ons`,
      printedCents(maintenanceMargin),
      { said: `${printedCents(most)} + ${printedCents(addOnCents(set, steps))}` },
      ink,
    ),
    ...stepLine(
      `IM  ${initialText(steps)} + add-ons`,
      printedCents(initialMargin),
      { said: `${printedCents(most2)} + ${printedCents(initialMargin - most2)}` },
      ink,
    ),
    ...sumLines(set, netLiquidationValue, ink),
    ...decisionLines(set, ink),
  ]
}

/** What decided the initial margin, open orders at their worst. */
function initialText({ initial }: HouseSteps): string {
  const { binding } = initial
  if (binding === undefined) return 'max(…)'
  const [id = ''] = binding.id.split('/')
  const name = INITIAL_TERMS.get(id) ?? id
  return binding.factor === undefined ? name : `${binding.factor} × ${name}`
}

const INITIAL_TERMS: ReadonlyMap<string, string> = new Map([
  ['correlated', 'M_cor'],
  ['scenario', 'worst scenario'],
  ['history', 'history'],
  ['stress', 'worst named crash'],
  ['event', 'worst jump of one price'],
  ['basis', 'basis floor'],
  ['peg', 'peg floor'],
])

/** NLV as the sum of all that is held, owed and unsettled, as shown. */
export function sumLines(set: NettingSetReport, total: bigint, ink: Ink): readonly string[] {
  const { collateral, borrows, positions } = setFigures(set)
  const parts = [...collateral, ...borrows, ...positions]
  const sum = parts
    .map((cents, i) => {
      const size = printedCents(cents < 0n ? -cents : cents)
      if (i === 0) return cents < 0n ? `−${size}` : size
      return `${cents < 0n ? '−' : '+'} ${size}`
    })
    // A sign stays with its figure.
    .map((part) => part.replace(' ', '\u00a0'))
    .join(' ')
  const lines = wrapped(sum === '' ? 'nothing is held' : sum, FIGURE_EDGE - TEXT - 1 - cellsOf(printedCents(total)))
  return lines.map((line, i) =>
    drawn(
      [
        ...(i === 0 ? [from(2, 'NLV')] : []),
        from(TEXT, line.replaceAll('\u00a0', ' ')),
        ...(i === lines.length - 1 ? [upTo(FIGURE_EDGE, printedCents(total), total < 0n ? 'loss' : 'plain')] : []),
      ],
      ink,
    ),
  )
}

/** Whether it is liquidated, and of a bucket with a line what the line adds. */
export function decisionLines({ line, liquidatable, status }: NettingSetReport, ink: Ink): readonly string[] {
  const answer = liquidatable ? 'yes' : 'no'
  if (status === 'unencumbered') return wordLine('liquidatable', 'nothing is owed, so never: no', ink)
  if (line === null || !('limit' in line)) return wordLine('liquidatable', `NLV < MM, decided exactly: ${answer}`, ink)
  const [lacks, drawnOfIt] = [
    printedCents(centsUp(atomsOf(line.shortfall))),
    printedCents(centsUp(atomsOf(line.drawn))),
  ]
  return wordLine(
    'liquidatable',
    `MM − NLV is ${lacks}, the pool's line gives ${drawnOfIt} of at most ${printedCents(centsUp(atomsOf(line.limit)))}; more than the line gives, decided exactly: ${answer}`,
    ink,
  )
}
