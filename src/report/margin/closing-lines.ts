import type { MarginReport, NettingSetReport, ReportNote } from '../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../amount.ts'
import { printedCents, printedCount } from '../figure.ts'
import { harmless, wrapped } from '../terminal/cells.ts'
import { tenthsText } from './set-figures.ts'
import type { SetLiquidation } from '../../wire/liquidation-report.ts'
import { nearestText } from './nearest-text.ts'
import { reasonText } from './reason-text.ts'
import { drawn, from, type Ink } from '../terminal/pen.ts'

const LABEL = 2
const TEXT = 8
const MOST_NOTES = 5

/** What decided, and what the same book would need margined one by one. */
export function whyLines(set: NettingSetReport, ink: Ink): readonly string[] {
  if (atomsOf(set.maintenanceMargin) === 0n) return []
  return labelled('WHY', `${reasonText(set)} ${oneByOne(set)}`, ink)
}

/** The nearest liquidation prices of the worst netting set, where they were searched, and what to do next, as a command. */
export function nextLines(file: string, hidden: number, ink: Ink, nearest?: SetLiquidation): readonly string[] {
  const others = hidden > 0 ? ` ${printedCount(hidden)} more in full: plimsoll margin ${file} --all` : ''
  return labelled(
    'NEXT',
    `${nearest === undefined ? '' : nearestText(nearest)}Every step: plimsoll explain ${file}.${others}`,
    ink,
  )
}

/** Doubts, and how many defaults were used. */
export function noteLines({ warnings, assumptions }: MarginReport, ink: Ink): readonly string[] {
  const shown = warnings
    .slice(0, MOST_NOTES)
    .map(({ code, path, message }: ReportNote) => `${code} at ${path}: ${message}`)
  const more = warnings.length - shown.length
  const sources = assumptions.filter(({ code }) => code === 'EpochSource')
  const defaults = assumptions.length - sources.length
  const texts = [
    ...sources.map(({ message }) => `The figures of this epoch: ${message}`),
    ...shown,
    ...(more > 0 ? [`${printedCount(more)} more warnings; --json lists them.`] : []),
    ...(defaults === 0
      ? []
      : [`${printedCount(defaults)} ${defaults === 1 ? 'default was' : 'defaults were'} used; --json lists them.`]),
  ]
  return texts.flatMap((text) => labelled('NOTE', text, ink))
}

/** What pooling saves. */
export function oneByOne({ sumOfIsolated, maintenanceMargin }: NettingSetReport): string {
  const [apart, pooled] = [atomsOf(sumOfIsolated), atomsOf(maintenanceMargin)]
  const says = `Margined one by one the same book would need ${printedCents(centsUp(apart))}`
  if (apart === pooled) return `${says}: the same.`
  const tenths = ((apart > pooled ? apart - pooled : pooled - apart) * 1_000n) / pooled
  return `${says}: ${tenths < 100n ? tenthsText(tenths) : printedCount(tenths / 10n)} % ${apart > pooled ? 'more' : 'less'} is asked there.`
}

function labelled(label: string, text: string, ink: Ink): readonly string[] {
  return wrapped(harmless(text), Math.max(1, ink.columns - TEXT)).map((line, i) =>
    drawn([...(i === 0 ? [from(LABEL, label, 'dim')] : []), from(TEXT, line)], ink),
  )
}
