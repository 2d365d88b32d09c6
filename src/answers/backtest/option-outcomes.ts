import { buildSection } from '../../estimate/epoch/build-section.ts'
import type { EpochDescription, OptionDescription } from '../../estimate/epoch/description.ts'
import { laterMark } from '../../estimate/backtest/later-mark.ts'
import { type OptionBook, OPTION_BOOKS, type OptionBookName, openedBook } from '../../estimate/backtest/option-books.ts'
import type { OptionSnapshot } from '../../estimate/backtest/option-chains.ts'
import { withSigmaTimes } from '../../estimate/backtest/past-epoch.ts'
import type { SnapshotWindow, SnapshotWindows } from '../../estimate/backtest/snapshot-windows.ts'
import { type OptionMargin, optionMargin, type OptionRule, optionRule } from './option-margin.ts'

/** A book of options over one window; margins and losses are shares of the index price of one coin when it begins. */
export interface OptionOutcome {
  readonly book: OptionBookName
  readonly underlying: string
  /** ms UTC. */
  readonly start: number
  readonly end: number
  /** Maintenance margin, and the part of it that does not depend on size. */
  readonly margin: number
  readonly sizeFree: number
  /** Realised; a gain is negative. */
  readonly loss: number
  /** Which term of the margin decided; a scenario by its name. */
  readonly binding: string
  readonly price: GridMove
  /** Of the first option sold: its implied volatility over that before, less one. */
  readonly volatility: GridMove
  /** Options whose mark at the end was worked out from their neighbours. */
  readonly inferred: number
  /** Whether it begins after the one before it among those that do not overlap has ended. */
  readonly isApart: boolean
}

/** A simple move, and the ends of the scenario grid at which nothing is damped. */
export interface GridMove {
  readonly move: number
  readonly down: number
  readonly up: number
}

/** One underlying, with what it takes to charge options on it. */
export interface OptionHistory {
  readonly underlying: string
  readonly snapshots: readonly OptionSnapshot[]
  readonly windows: SnapshotWindows
  readonly epoch: EpochDescription
  readonly option: OptionDescription
  /** Charged sigma over that of the epoch, after none, one, two ... of the windows that do not overlap. */
  readonly sigmaRatios: readonly number[]
}

/**
 * What every book of options was charged and lost in every window in which the chain has such a book; windows one after the other.
 * A new epoch ramps in over a day, so a window is charged by that of the day before it begins.
 */
export function optionOutcomes(history: OptionHistory, onWindow: () => void): readonly OptionOutcome[] {
  const { windows } = history
  const apart = new Set(windows.apart)
  const charges = chargesOf(history)
  return windows.all.flatMap((window) => {
    const ended = windows.apart.filter(({ end }) => end <= window.start).length
    const charge = charges(Math.max(0, ended - 1))
    onWindow()
    return OPTION_BOOKS.flatMap((name) => outcomeOf(name, { history, window, charge, isApart: apart.has(window) }))
  })
}

/** Whether the price went beyond the undamped grid: the jump that an exceedance may have. */
export function isBeyondGrid({ price: { move, down, up } }: OptionOutcome): boolean {
  return move < down || move > up
}

/** An epoch's rule, with x of the underlying. */
interface Charge {
  readonly rule: OptionRule
  readonly logMove: number
}

interface Window {
  readonly history: OptionHistory
  readonly window: SnapshotWindow
  readonly charge: Charge
  readonly isApart: boolean
}

/** Charges by how many returns are known; each epoch is prepared once. */
function chargesOf({ underlying, epoch, sigmaRatios }: OptionHistory): (returnCount: number) => Charge {
  const made = new Map<number, Charge>()
  return (returnCount) => {
    const known = made.get(returnCount)
    if (known !== undefined) return known
    const described = withSigmaTimes(epoch, underlying, sigmaRatios[returnCount] ?? 1)
    const logMove = described.factors[underlying]?.logMove ?? 0
    const charge = { rule: optionRule(buildSection(described)), logMove }
    made.set(returnCount, charge)
    return charge
  }
}

function outcomeOf(name: OptionBookName, { history, window, charge, isApart }: Window): readonly OptionOutcome[] {
  const { underlying, snapshots, option } = history
  const [start, end] = [snapshots[window.start], snapshots[window.end]]
  if (start === undefined || end === undefined) return []
  const book = openedBook(name, start)
  const lost = book && lossOf(book, start, end)
  const first = book?.sold[0]
  if (book === undefined || lost === undefined || first === undefined) return []
  const { required, sizeFree, binding }: OptionMargin = optionMargin(book, { underlying, snapshot: start }, charge.rule)
  const unit = start.indexPrice
  return [
    {
      book: name,
      underlying,
      start: start.time,
      end: end.time,
      margin: required / unit,
      sizeFree: sizeFree / unit,
      loss: lost.loss / unit,
      binding,
      price: {
        move: end.indexPrice / start.indexPrice - 1,
        down: Math.expm1(-charge.logMove),
        up: Math.expm1(charge.logMove),
      },
      volatility: {
        move: lost.volatility / first.volatility - 1,
        ...volatilityEnds(option, first.expiry - start.time),
      },
      inferred: lost.inferred,
      isApart,
    },
  ]
}

interface Lost {
  readonly loss: number
  readonly inferred: number
  /** Later implied volatility of the first option sold. */
  readonly volatility: number
}

/** Undefined if a later mark cannot be told. */
function lossOf({ coins, sold }: OptionBook, start: OptionSnapshot, end: OptionSnapshot): Lost | undefined {
  const marks = sold.map((option) => laterMark(option, end))
  const known = marks.filter((mark) => mark !== undefined)
  const [first] = known
  if (first === undefined || known.length < marks.length) return undefined
  const paid = sold.reduce((sum, { mark }) => sum + mark, 0)
  const due = known.reduce((sum, { mark }) => sum + mark, 0)
  const inferred = known.filter(({ isInferred }) => isInferred).length
  return { loss: due - paid - coins * (end.indexPrice - start.indexPrice), inferred, volatility: first.volatility }
}

const TERM_MS = 30 * 86_400_000

/** Moves are said of an option with 30 days to go. */
function volatilityEnds({ volatilityDown, volatilityUp, termPowerQuarters }: OptionDescription, leftMs: number) {
  const factor = (TERM_MS / leftMs) ** (termPowerQuarters / 4)
  return { down: volatilityDown * factor, up: volatilityUp * factor }
}
