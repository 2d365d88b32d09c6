import type { BreakdownNode } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp, roundedTo } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import type { Ink } from '../../terminal/pen.ts'
import { figureText } from '../figure-text.ts'
import { type HouseSteps, termOf } from './house-steps.ts'
import { belowLine, stepLine } from './step-line.ts'

const ONE = 10n ** 18n
/** Places after the point: as few as make the formula give the figure that is shown. */
const PLACES = [2n, 4n, 6n]

/** Step 2: the root under each regime, and what is credited of the difference to the plain sum. */
export function correlatedStep({ correlated }: HouseSteps, ink: Ink): readonly string[] {
  const roots = termOf(correlated, 'K')?.terms ?? []
  return [
    ...roots.flatMap((root) => rootLine(root, ink)),
    ...stepLine(formulaOf(correlated), printedCents(centsUp(atomsOf(correlated.value))), {}, ink),
    ...belowLine(`= ${numbersOf(correlated)}`, ink),
  ]
}

function rootLine({ id, value, matrix, binding }: BreakdownNode, ink: Ink): readonly string[] {
  const label = `K ${id.replace(/^K\//, '').padEnd(6)}  ${matrix ?? ''}`
  const said = binding === true ? '◂ largest' : ''
  return stepLine(
    label,
    printedCents(centsUp(atomsOf(value))),
    { said, role: binding === true ? 'strong' : 'plain' },
    ink,
  )
}

function formulaOf(correlated: BreakdownNode): string {
  const inFull = termOf(correlated, 'U') === undefined ? '' : ' + U'
  return `M_cor = K + ${shareText(correlated)} × (G − K)${inFull}`
}

/** The same with the figures as they are shown above; with more digits only where those would give another cent. */
function numbersOf(correlated: BreakdownNode): string {
  const shown = centsUp(atomsOf(correlated.value))
  const share = uncreditedOf(correlated)
  let text = ''
  for (const places of PLACES) {
    const step = 10n ** (18n - places)
    const figure = (id: string) => stepsUp(atomsOf(termOf(correlated, id)?.value ?? '0'), step) * step
    const [root, gross, alone] = [figure('K'), figure('G'), figure('U')]
    const said = (atoms: bigint) => decimalText(atoms, places)
    const inFull = alone === 0n ? '' : ` + ${said(alone)}`
    text = `${said(root)} + ${shareText(correlated)} × (${said(gross)} − ${said(root)})${inFull}`
    if (centsUp(root + (share * (gross - root)) / ONE + alone) === shown) return text
  }
  return text
}

function stepsUp(atoms: bigint, step: bigint): bigint {
  return (atoms + step - 1n) / step
}

function uncreditedOf({ factor }: BreakdownNode): bigint {
  return ONE - atomsOf(factor ?? '1')
}

function shareText(correlated: BreakdownNode): string {
  return decimalText(uncreditedOf(correlated), 2n)
}

/** At least two places. */
function decimalText(atoms: bigint, places: bigint): string {
  const step = 10n ** (18n - places)
  const steps = roundedTo(atoms, step) * step
  const [whole = '', rest = ''] = figureText(plain(steps)).split('.')
  return `${whole}.${rest.padEnd(Number(places), '0')}`
}

function plain(atoms: bigint): string {
  const digits = (atoms < 0n ? -atoms : atoms).toString().padStart(19, '0')
  return `${atoms < 0n ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`
}
