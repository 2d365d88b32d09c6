import type { NettingSetReport } from '../../wire/margin-report.ts'
import { atomsOf, centsDown, centsUp } from '../amount.ts'
import { printedCents } from '../figure.ts'
import { cellsOf, wrapped } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Piece, upTo } from '../terminal/pen.ts'
import { figureText, priceText } from './figure-text.ts'
import { millionthsOf, setFigures, tenthsText } from './set-figures.ts'

const NAME = 2
const LAST_EDGE = 79
const SIX_COLUMNS = 79

/** NLV, IM and MM, with what each leaves. */
export function numberLines(set: NettingSetReport, ink: Ink): readonly string[] {
  const { netLiquidationValue, initialMargin, maintenanceMargin, available, excess, drawn: lent } = setFigures(set)
  const leverage = set.leverage === null ? '—' : `${tenthsText(millionthsOf(set.leverage) / 100_000n)}×`
  const rows: readonly (readonly [string, string, bigint, string, string, boolean])[] = [
    ['Net liquidation value', 'NLV', netLiquidationValue, 'leverage', leverage, false],
    ['Initial margin', 'IM', initialMargin, 'free for new risk', printedCents(available), available < 0n],
    ['Maintenance margin', 'MM', maintenanceMargin, 'excess', printedCents(excess), excess < 0n],
  ]
  const isWide = ink.columns >= LAST_EDGE
  const left = (label: string, short: string, cents: bigint) => [
    from(NAME, label, 'dim'),
    from(25, short, 'dim'),
    upTo(43, printedCents(cents), cents < 0n ? 'loss' : 'plain'),
  ]
  return [
    ...rows.map(([label, short, cents, right, figure, isLoss]) => {
      const more = [from(47, right, 'dim'), upTo(LAST_EDGE, figure, isLoss ? 'loss' : 'plain')]
      return drawn([...left(label, short, cents), ...(isWide ? more : [])], ink)
    }),
    // Where there is no room beside them, what each leaves stands below.
    ...(isWide
      ? []
      : rows.map(([, , , right, figure, isLoss]) =>
          drawn([from(NAME, right, 'dim'), upTo(43, figure, isLoss ? 'loss' : 'plain')], ink),
        )),
    ...(lent > 0n ? [drawn([from(NAME, 'Drawn by line buckets', 'dim'), upTo(43, printedCents(lent))], ink)] : []),
    ...lineLines(set, ink),
  ]
}

function lineLines({ line }: NettingSetReport, ink: Ink): readonly string[] {
  if (line === null || !('limit' in line)) return []
  return [
    drawn([from(NAME, 'Line of the pool', 'dim'), upTo(43, printedCents(centsDown(atomsOf(line.limit))))], ink),
    drawn([from(NAME, 'of it drawn', 'dim'), upTo(43, printedCents(centsUp(atomsOf(line.drawn))))], ink),
  ]
}

/** What is held, then what is owed. */
export function balanceTable(set: NettingSetReport, ink: Ink): readonly string[] {
  const { collateral, borrows } = setFigures(set)
  const isWide = ink.columns >= SIX_COLUMNS
  const hasPrice = ink.columns >= 65
  const valueEdge = hasPrice ? 65 : Math.min(47, ink.columns - 1)
  const priced = (text: string, role: 'dim' | 'plain') => (hasPrice ? [upTo(53, text, role)] : [])
  const last = (text: string, role: 'dim' | 'plain') => (isWide ? [upTo(LAST_EDGE, text, role)] : [])
  const row = (
    { asset, quantity, price }: { readonly asset: string; readonly quantity: string; readonly price: string },
    cents: bigint,
    weight: string,
  ) =>
    drawn(
      [
        from(NAME, asset),
        upTo(29, figureText(quantity)),
        ...priced(priceText(price), 'plain'),
        upTo(valueEdge, printedCents(cents), cents < 0n ? 'loss' : 'plain'),
        ...last(weight, 'plain'),
      ],
      ink,
    )
  const head = (name: string, weight: string) =>
    drawn(
      [
        from(NAME, name, 'dim'),
        upTo(29, 'quantity', 'dim'),
        ...priced('price', 'dim'),
        upTo(valueEdge, 'value', 'dim'),
        ...last(weight, 'dim'),
      ],
      ink,
    )
  return [
    ...(set.collateral.length === 0 ? [] : [head('COLLATERAL', 'weight')]),
    ...set.collateral.map((one, i) =>
      row(one, collateral[i] ?? 0n, one.weight === null ? '—' : `${tenthsText(millionthsOf(one.weight) / 1_000n)} %`),
    ),
    ...(set.borrows.length === 0 ? [] : [head('BORROWED', '')]),
    ...set.borrows.map((one, i) => row(one, borrows[i] ?? 0n, '')),
  ]
}

/** Contracts with their entry and what is unsettled; options show their mark value. */
export function positionTable(set: NettingSetReport, ink: Ink): readonly string[] {
  if (set.positions.length === 0) return []
  const { positions } = setFigures(set)
  const names = set.positions.map(({ market, bucket }) => (set.buckets.length > 1 ? `${market} (${bucket})` : market))
  const edges = edgesFor(Math.max(...names.map(cellsOf)))
  const line = (pieces: readonly Piece[], result: Piece) =>
    drawn(
      [...pieces, result].filter((piece) => 'start' in piece || piece.end <= ink.columns),
      ink,
    )
  return [
    line(
      [
        from(NAME, 'POSITIONS', 'dim'),
        upTo(edges.quantity, 'quantity', 'dim'),
        upTo(edges.entry, 'entry', 'dim'),
        upTo(edges.mark, 'mark', 'dim'),
      ],
      upTo(edges.result, 'P&L', 'dim'),
    ),
    ...set.positions.flatMap(({ quantity, entryPrice, markPrice }, i) => {
      const cents = positions[i] ?? 0n
      const name = names[i] ?? ''
      const isOwnLine = NAME + cellsOf(name) >= edges.side
      const pieces = [
        ...(isOwnLine ? [] : [from(NAME, name)]),
        from(edges.side, quantity.startsWith('-') ? 'short' : 'long'),
        upTo(edges.quantity, figureText(quantity)),
        upTo(edges.entry, entryPrice === null ? '—' : priceText(entryPrice)),
        upTo(edges.mark, priceText(markPrice)),
      ]
      return [
        ...(isOwnLine ? wrapped(name, ink.columns - NAME).map((text) => drawn([from(NAME, text)], ink)) : []),
        line(pieces, upTo(edges.result, printedCents(cents), cents < 0n ? 'loss' : 'plain')),
      ]
    }),
  ]
}

/** Columns move to the right with the longest name; one longer than that stands on a line of its own. */
function edgesFor(longest: number) {
  if (longest <= 10) return { side: 13, quantity: 29, entry: 41, mark: 53, result: 65 }
  const side = Math.min(LONGEST_NAME, Math.max(22, longest)) + NAME + 1
  return { side, quantity: Math.max(42, side + 15), entry: 54, mark: 66, result: 79 }
}

const LONGEST_NAME = 24
