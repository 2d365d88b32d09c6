import type { MarginReport, NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf, centsDown, centsUp } from '../amount.ts'
import { printedCents } from '../figure.ts'
import { cellsOf, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Piece, upTo } from '../terminal/pen.ts'
import { millionthsOf, percentUp, setFigures, statusRoles, tenthsText } from './set-figures.ts'

const OBJECT = 8
const BAR = 2
const CELLS = 60
const WITH_BARS = 80

/** Command and object left, model and epoch right. Two lines where one is too narrow. */
export function titleLines(
  command: string,
  file: string,
  report: Pick<MarginReport, 'modelVersion' | 'epochHash'>,
  ink: Ink,
): readonly string[] {
  const [model = '', epoch = ''] = report.modelVersion.split(/\/(.*)/s)
  const right = `${model} · epoch ${epoch} · ${report.epochHash.slice('sha256:'.length, 'sha256:'.length + 8)}`
  const name = file.split('/').at(-1) ?? file
  const left: Piece[] = [from(0, command), from(Math.max(OBJECT, command.length + 2), name)]
  const used = Math.max(OBJECT, command.length + 2) + cellsOf(name)
  return used + 2 + cellsOf(right) <= ink.columns
    ? [drawn([...left, upTo(ink.columns, right, 'dim')], ink)]
    : [drawn(left, ink), drawn([from(OBJECT, right, 'dim')], ink)]
}

/** When the prices are of. */
export function momentLine({ asOf, unitOfAccount }: MarginReport, ink: Ink): string {
  const moment =
    asOf === null ? 'at no particular time' : `${new Date(asOf).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  return drawn([upTo(ink.columns, `prices ${moment} · ${unitOfAccount}`, 'dim')], ink)
}

/** One verdict in capitals and one plain sentence. */
export function verdictLines(set: NettingSetReport, ink: Ink): readonly string[] {
  const word = set.status.toUpperCase()
  const at = BAR + word.length + 3
  const [first, ...rest] = wrapped(sentenceOf(set), Math.max(1, ink.columns - at))
  return [
    drawn([from(BAR, word, statusRoles(set.status).word), from(at, first ?? '')], ink),
    ...rest.map((line) => drawn([from(at, line)], ink)),
  ]
}

/** How much of what there is is needed, in words that follow the status. */
export function sentenceOf(set: NettingSetReport): string {
  const what = set.mode === 'cross' ? 'account' : 'bucket'
  if (set.status === 'unencumbered') return 'nothing is owed, so nothing can be liquidated'
  if (set.marginUsage === null) {
    const { netLiquidationValue, maintenanceMargin } = setFigures(set)
    return `worth ${printedCents(netLiquidationValue)}, where ${printedCents(maintenanceMargin)} is needed`
  }
  if (isHeldByLine(set)) return lineSentence(set)
  return `${percentUp(set.marginUsage)} of the ${what} is needed to keep it open`
}

/** Short by itself, and the line of its pool reaches. */
function isHeldByLine({ line, liquidatable }: NettingSetReport): boolean {
  return !liquidatable && line !== null && 'drawn' in line && atomsOf(line.drawn) > 0n
}

function lineSentence(set: NettingSetReport): string {
  const { netLiquidationValue, maintenanceMargin } = setFigures(set)
  const reached = set.line !== null && 'drawn' in set.line ? set.line : { drawn: '0', limit: '0' }
  const [lacks, limit] = [
    printedCents(centsUp(atomsOf(reached.drawn))),
    printedCents(centsDown(atomsOf(reached.limit))),
  ]
  return `its own ${printedCents(netLiquidationValue)} is less than the ${printedCents(maintenanceMargin)} needed; the pool's line covers the missing ${lacks}, of at most ${limit}`
}

/** How much is used, up to liquidation at the right end, with the levels of the epoch; without a bar where there is no room. */
export function gaugeLines(set: NettingSetReport, { usageLevels }: MarginReport, ink: Ink): readonly string[] {
  const health = set.healthFactor === null ? '' : `health ${shortRatio(set.healthFactor)}`
  if (set.status === 'unencumbered') return []
  if (ink.columns < WITH_BARS) return health === '' ? [] : [drawn([from(BAR, health)], ink)]
  const used = set.marginUsage === null ? CELLS : Math.min(CELLS, cellsAt(set.marginUsage))
  const [warn, reduce] = [cellsAt(usageLevels.warning), cellsAt(usageLevels.reduceOnly)]
  const isOver = set.marginUsage === null || millionthsOf(set.marginUsage) > 1_000_000n
  const filled = isOver ? `${'█'.repeat(CELLS - 1)}▶` : '█'.repeat(used)
  const rest = Array.from({ length: CELLS - used }, (_, i) => ([warn, reduce].includes(used + i) ? '┊' : '·')).join('')
  const bar = filled === '' ? [] : [filled]
  return [
    joined(
      [
        ...bar.map((text) => ({ text, role: statusRoles(set.status).fill })),
        { text: `${rest}┃`, role: 'plain' as const },
      ],
      health,
      ink,
    ),
    drawn(
      [
        from(BAR, '0', 'dim'),
        from(BAR + warn, percentText(usageLevels.warning), 'dim'),
        from(BAR + reduce, percentText(usageLevels.reduceOnly), 'dim'),
        from(BAR + CELLS, '100', 'dim'),
      ],
      ink,
    ),
    drawn(
      [
        upTo(BAR + warn + 1, 'warning', 'dim'),
        upTo(BAR + reduce + 3, 'reduce', 'dim'),
        from(BAR + CELLS - 1, 'liquidation', 'dim'),
      ],
      ink,
    ),
  ]
}

/** A bar has no blank between its parts, so they are drawn one by one. */
function joined(parts: readonly Pick<Piece, 'text' | 'role'>[], health: string, ink: Ink): string {
  const cells = parts.map(({ text, role }) => drawn([from(0, text, role)], ink)).join('')
  return `${' '.repeat(BAR)}${cells}${health === '' ? '' : `  ${drawn([from(0, health)], ink)}`}`
}

/** What is missing, and where to look next. */
export function missingLine(set: NettingSetReport, file: string, ink: Ink): readonly string[] {
  if (!set.liquidatable) return []
  const { netLiquidationValue, maintenanceMargin } = setFigures(set)
  const reached = set.line !== null && 'drawn' in set.line ? centsDown(atomsOf(set.line.drawn)) : 0n
  const text = `Missing ${printedCents(maintenanceMargin - netLiquidationValue - reached)} USD.   plimsoll explain ${file}  shows every step`
  return wrapped(text, Math.max(1, ink.columns - BAR)).map((line) => drawn([from(BAR, line)], ink))
}

function cellsAt(ratio: string): number {
  return Number((millionthsOf(ratio) * BigInt(CELLS)) / 1_000_000n)
}

function percentText(ratio: string): string {
  const tenths = millionthsOf(ratio) / 1_000n
  return tenths % 10n === 0n ? (tenths / 10n).toString() : tenthsText(tenths)
}

/** Three places, rounded down: a health factor never looks better than it is. */
export function shortRatio(ratio: string): string {
  return ratio.slice(0, -3)
}
