import type { EpochDifference, FigureChange, FigureGroup, RowChange } from '../../wire/epoch-report.ts'
import { printedCount } from '../figure.ts'
import { drawn, from, type Ink } from '../terminal/pen.ts'
import { figureCells, relativeText } from './figure-cells.ts'
import { brokenLines } from './labelled-lines.ts'

/** In this order: what everybody is asked first. */
const GROUPS: readonly FigureGroup[] = ['riskWeight', 'standing', 'whole', 'size']
const MOST_OF_A_KIND = 3
const MOST = 10

interface Touch {
  readonly touches: string
  readonly what: string
}

/** Whom the largest changes touch, a sentence each: `whoever holds SOL long or short: risk weight 21.3 % → 24.0 % (+12.7 %)`. */
export function touchedLines(report: EpochDifference, ink: Ink): readonly string[] {
  const kinds = touchesByKind(report)
  const shown = kinds.flatMap((touches) => touches.slice(0, MOST_OF_A_KIND)).slice(0, MOST)
  if (shown.length === 0) return []
  const more = groupsOf(kinds.flat()).size - groupsOf(shown).size
  return [
    drawn([from(2, 'WHOM IT TOUCHES')], ink),
    ...shown.flatMap(({ touches, what }) =>
      brokenLines(`${touches}: ${what}`, ink.columns - 4).map((line, i) => drawn([from(i === 0 ? 2 : 4, line)], ink)),
    ),
    ...(more > 0
      ? [drawn([from(2, `and ${printedCount(more)} more groups of holders; --json has each`, 'dim')], ink)]
      : []),
  ]
}

/** Prices before bases, pegs and volatilities; what goes before all, what comes after all. */
function touchesByKind({ figures, rows, correlations }: EpochDifference): readonly (readonly Touch[])[] {
  const directed = figures.filter(({ effect }) => effect !== 'neither')
  const ofGroup = (group: FigureGroup) => directed.filter((one) => one.group === group)
  const isPrice = ({ id }: FigureChange) => !id.includes('/')
  const groups = GROUPS.map((group) => ofGroup(group))
  return [
    rows.filter(({ effect }) => effect === 'tighter').map(gone),
    ...groups.map((own) => [...own.filter(isPrice), ...own.filter((one) => !isPrice(one))].map(touch)),
    correlations.pairs.slice(0, 1).map(({ first, second, before, after }) => ({
      touches: `whoever holds ${first} and ${second} together`,
      what: `correlation ${before.toFixed(4)} → ${after.toFixed(4)}`.replaceAll('-', '−'),
    })),
    rows.filter(({ effect }) => effect === 'looser').map(come),
  ]
}

function gone({ touches, id }: RowChange): Touch {
  return { touches, what: `${id} is no longer in the epoch, so charged in full` }
}

function come({ touches, id }: RowChange): Touch {
  return { touches, what: `${id} is in the epoch now` }
}

function touch(change: FigureChange): Touch {
  const [before, after] = figureCells(change)
  const relative = change.relative === null ? '' : ` (${relativeText(change.relative)})`
  return { touches: change.touches, what: `${change.label} ${before} → ${after}${relative}` }
}

function groupsOf(touches: readonly Touch[]): ReadonlySet<string> {
  return new Set(touches.map((one) => one.touches))
}
