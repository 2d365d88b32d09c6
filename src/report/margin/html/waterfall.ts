import type { NettingSetReport } from '../../../wire/margin-report.ts'
import { figureText, priceText } from '../figure-text.ts'
import { setFigures } from '../set-figures.ts'

/** One step of the way from nothing to the net liquidation value. Shares are of the width of the picture, 0 at its left. */
export interface WaterfallStep {
  readonly label: string
  readonly note: string
  readonly cents: bigint
  readonly left: number
  readonly width: number
}

export interface Waterfall {
  readonly steps: readonly WaterfallStep[]
  readonly total: WaterfallStep
  readonly zeroAt: number
  readonly maintenanceAt: number
  readonly initialAt: number
}

const MOST_STEPS = 12

interface Entry {
  readonly label: string
  readonly note: string
  readonly cents: bigint
}

/** Everything held and owed, in cents that add up to the net liquidation value; beyond a dozen the smallest are one step. */
export function waterfallOf(set: NettingSetReport): Waterfall {
  const { netLiquidationValue, maintenanceMargin, initialMargin } = setFigures(set)
  const entries = folded(entriesOf(set))
  const levels = [0n]
  for (const { cents } of entries) levels.push((levels.at(-1) ?? 0n) + cents)
  const marks = [...levels, maintenanceMargin, initialMargin]
  const low = marks.reduce((least, mark) => (mark < least ? mark : least), 0n)
  const high = marks.reduce((most, mark) => (mark > most ? mark : most), low + 1n)
  const at = (cents: bigint) => Number(((cents - low) * 100_000n) / (high - low)) / 100_000
  const step = (entry: Entry, from: bigint): WaterfallStep => {
    const [a, b] = [at(from), at(from + entry.cents)]
    return { ...entry, left: Math.min(a, b), width: Math.abs(b - a) }
  }
  return {
    steps: entries.map((entry, i) => step(entry, levels[i] ?? 0n)),
    total: step({ label: 'NLV', note: 'net liquidation value', cents: netLiquidationValue }, 0n),
    zeroAt: at(0n),
    maintenanceAt: at(maintenanceMargin),
    initialAt: at(initialMargin),
  }
}

function entriesOf(set: NettingSetReport): readonly Entry[] {
  const { collateral, borrows, positions } = setFigures(set)
  return [
    ...set.collateral.map(({ asset, quantity, price }, i) => {
      return { label: asset, note: `${figureText(quantity)} at ${priceText(price)}`, cents: collateral[i] ?? 0n }
    }),
    ...set.borrows.map(({ asset, quantity, price }, i) => {
      const note = `${figureText(quantity)} at ${priceText(price)}`
      return { label: `${asset}, owed`, note, cents: borrows[i] ?? 0n }
    }),
    ...set.positions.map(({ market, entryPrice, quantity }, i) => {
      const side = quantity.startsWith('-') ? 'short' : 'long'
      const note = `${side}, ${entryPrice === null ? 'not settled' : 'P&L, funding'}`
      return { label: market, note, cents: positions[i] ?? 0n }
    }),
  ]
}

function folded(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MOST_STEPS) return entries
  const bySize = entries.toSorted((a, b) => (magnitude(a.cents) > magnitude(b.cents) ? -1 : 1))
  const kept = new Set(bySize.slice(0, MOST_STEPS - 1))
  const others = entries.filter((entry) => !kept.has(entry))
  const cents = others.reduce((sum, entry) => sum + entry.cents, 0n)
  return [
    ...entries.filter((entry) => kept.has(entry)),
    { label: `${others.length} more`, note: 'the smallest', cents },
  ]
}

function magnitude(n: bigint): bigint {
  return n < 0n ? -n : n
}
