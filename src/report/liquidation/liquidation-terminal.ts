import type {
  AssetLiquidation,
  JointFailure,
  LiquidationReport,
  SetLiquidation,
} from '../../wire/liquidation-report.ts'
import { atomsOf, centsDown, dollarsUp, roundedTo } from '../amount.ts'
import { printedCount } from '../figure.ts'
import { factorText } from '../margin/factor-text.ts'
import { figureText } from '../margin/figure-text.ts'
import { titleLines } from '../margin/head-lines.ts'
import { percentUp, tenthsText } from '../margin/set-figures.ts'
import { cellsOf, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, upTo } from '../terminal/pen.ts'

const WIDEST = 80
const BAR_CELLS = 60
const MILLIONTH = 10n ** 12n

/** The report for a terminal, ending in a line break. */
export function liquidationTerminal(report: LiquidationReport, file: string, style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const sections = [
    [...titleLines('liquidation-price', file, report, ink)],
    ...report.nettingSets.flatMap((set) => setSections(set, ink)),
    [
      ...paragraph('Each root: NLV − MM ≥ 0 at the tick inside, < 0 at the tick outside.', ink),
      ...paragraph('One asset moves, its perps, options and claims with it; the rest stand.', ink),
    ],
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function setSections(set: SetLiquidation, ink: Ink): readonly (readonly string[])[] {
  const head = titleOf(set, ink)
  if (set.unencumbered) return [[...head, ...paragraph('nothing is owed, so no price liquidates it', ink)]]
  const { joint } = set
  return [
    [...head, tableHead(ink), ...set.assets.flatMap((asset) => assetLines(asset, ink))],
    stretchBlock(set, ink),
    joint === null ? [] : jointLines(joint, ink),
  ]
}

/** Which set and how it stands, on one line if it fits. */
function titleOf(set: SetLiquidation, ink: Ink): readonly string[] {
  const { account, buckets, name, mode, line, liquidatable, marginUsage } = set
  const [first = 0, ...others] = buckets
  const which =
    mode === 'cross'
      ? `${account}, pool${others.length === 0 ? '' : ` with ${others.length === 1 ? 'bucket' : 'buckets'} ${others.join(', ')}`}`
      : `${account}, bucket ${first}${name === null ? '' : ` ${name}`}`
  const drawnText = line === null ? '' : ` (line ${wholeDollars(line.limit)}; drawn ${wholeDollars(line.drawn)})`
  const state = liquidatable ? 'LIQUIDATABLE now' : marginUsage === null ? '' : `usage ${percentUp(marginUsage)}`
  const whole = `${which}${drawnText}   ${state}`.trimEnd()
  if (cellsOf(whole) <= ink.columns - 2) return ruled(whole, ink)
  return [
    ...wrapped(`${which}${drawnText}`, ink.columns - 2).map((text) => drawn([from(2, text)], ink)),
    ...ruled(state, ink),
  ]
}

function wholeDollars(amount: string): string {
  return printedCount(dollarsUp(atomsOf(amount)))
}

/** A title with a rule to the edge. */
function ruled(text: string, ink: Ink): readonly string[] {
  const room = ink.columns - cellsOf(text) - 3
  return [drawn([from(2, text), ...(room > 0 ? [from(cellsOf(text) + 3, '─'.repeat(room), 'dim')] : [])], ink)]
}

function tableHead(ink: Ink): string {
  return drawn(
    [
      from(2, 'asset', 'dim'),
      upTo(22, 'now', 'dim'),
      upTo(38, 'liquidated at', 'dim'),
      upTo(50, 'move', 'dim'),
      upTo(60, 'σ alone', 'dim'),
      from(63, 'proof', 'dim'),
    ],
    ink,
  )
}

function assetLines({ asset, price, roots, searched }: AssetLiquidation, ink: Ink): readonly string[] {
  const head = [from(2, asset), upTo(22, figureText(price))]
  if (roots.length === 0) {
    const range = `${figureText(searched.from)} to ${figureText(searched.to)} ✓`
    return [drawn([...head, upTo(38, 'none'), upTo(Math.min(79, ink.columns), range, 'dim')], ink)]
  }
  return roots.map((root, i) =>
    drawn(
      [
        ...(i === 0 ? head : []),
        upTo(38, `${figureText(root.price)} ${root.direction === 'rise' ? '▲' : '▼'}`),
        upTo(50, signedPercent(root.move)),
        upTo(60, root.sigmas === null ? '—' : shortSigmas(root.sigmas)),
        from(63, 'exact ±1 tick ✓', 'dim'),
      ],
      ink,
    ),
  )
}

function stretchBlock({ assets, liquidatable }: SetLiquidation, ink: Ink): readonly string[] {
  const bars = assets.flatMap((asset) => stretchLine(asset, liquidatable, ink))
  const says = liquidatable
    ? '░ is where it is liquidated, everything else still; ● is now'
    : '─ is where it is safe, everything else still; ● is now'
  return bars.length === 0 ? [] : [...bars, ...paragraph(says, ink)]
}

/** The stretch around today's price in which the answer stays what it is: safe, or for a set to be liquidated not. */
function stretchLine(
  { asset, price, stretch, roots, searched }: AssetLiquidation,
  isLiquidatable: boolean,
  ink: Ink,
): readonly string[] {
  const { from: low, to: high } = stretch
  if (roots.length === 0 || (low === null && high === null) || ink.columns < WIDEST) return []
  const now = Number(price)
  const [below, above] = [low === null ? undefined : Number(low), high === null ? undefined : Number(high)]
  const reach = Math.max(now - (below ?? now), (above ?? now) - now, now / 1_000)
  const [start, end] = [
    Math.max(Number(searched.from), now - reach * 1.15),
    Math.min(Number(searched.to), now + reach * 1.15),
  ]
  const width = BAR_CELLS - 10
  const cellOf = (at: number) =>
    Math.max(0, Math.min(width - 1, Math.round(((at - start) / (end - start)) * (width - 1))))
  const marks = [
    ...[below, above].filter((at) => at !== undefined).map((at) => ({ cell: cellOf(at), sign: '┃' })),
    { cell: cellOf(now), sign: '●' },
  ]
  const cells = Array.from({ length: width }, (_, cell) => {
    const mark = marks.findLast((one) => one.cell === cell)
    const isInside = (below === undefined || cell > cellOf(below)) && (above === undefined || cell < cellOf(above))
    return mark?.sign ?? (isInside === isLiquidatable ? '░' : '─')
  })
  const [left, right] = [figureText(shortened(start)), figureText(shortened(end))]
  return [
    drawn(
      [
        from(2, asset),
        from(8, left, 'dim'),
        from(8 + Math.max(10, cellsOf(left)) + 1, cells.join('')),
        from(70, right, 'dim'),
      ],
      ink,
    ),
  ]
}

function jointLines({ sigmas, moves, probability24h, confirmed }: JointFailure, ink: Ink): readonly string[] {
  const shown = Object.entries(moves)
    .map(([factor, move]) => ({ factor, move, size: Math.abs(Number(move)) }))
    .filter(({ size }) => size >= 0.001)
    .toSorted((a, b) => b.size - a.size)
    .map(({ factor, move }) => `${factorText(factor)} ${signedPercent(move)}`)
  const chance = Number(probability24h) * 100
  const sure = confirmed ? '' : '; the exact engine did not confirm these moves'
  return [
    ...ruled('Nearest joint failure: the most likely way to be liquidated', ink),
    ...paragraph(`${shortSigmas(sigmas)} σ away   ${shown.join('   ')}`, ink),
    ...paragraph(
      `chance within 24 h: ${chance < 0.01 ? 'below 0.01' : chance.toFixed(2)} %   (estimate, not a decision${sure})`,
      ink,
    ),
  ]
}

function paragraph(text: string, ink: Ink): readonly string[] {
  return wrapped(text, Math.max(1, ink.columns - 2)).map((line) => drawn([from(2, line)], ink))
}

/** Tenths of a percent with its sign, to the nearest. */
export function signedPercent(ratio: string): string {
  const tenths = roundedTo(atomsOf(ratio), 1_000n * MILLIONTH)
  return `${tenths > 0n ? '+' : ''}${tenthsText(tenths)} %`
}

/** Tenths, rounded down: a failure never looks farther than it is. */
export function shortSigmas(sigmas: string): string {
  return tenthsText(centsDown(atomsOf(sigmas)) / 10n)
}

/** Four significant digits: the end of a bar is no price. */
function shortened(at: number): string {
  const digits = Number(at.toPrecision(4))
  return digits >= 1e-6 ? digits.toFixed(digits >= 1_000 ? 0 : digits >= 1 ? 3 : 6) : '0'
}
