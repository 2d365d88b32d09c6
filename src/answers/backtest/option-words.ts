import type { NamedExceedance, OptionRow } from '../../wire/backtest-report.ts'
import { DAY_MS } from '../../estimate/calibration/rules.ts'
import type { PastEpoch } from '../../estimate/backtest/past-epoch.ts'
import { isBeyondGrid, type OptionHistory, type OptionOutcome } from './option-outcomes.ts'
import { windowDate } from './study-dates.ts'

/** What became of one underlying: measured, or why not. */
export interface UnderlyingScope {
  readonly underlying: string
  readonly measured: OptionHistory | undefined
  readonly why: string | undefined
}

/** The row of one book on one underlying; none if it was never opened. `outcomes` are of all its windows. */
export function optionRow(outcomes: readonly OptionOutcome[]): readonly OptionRow[] {
  const apart = outcomes.filter(({ isApart }) => isApart)
  const [first] = apart
  const worst = worstOf(apart)
  if (first === undefined || worst === undefined) return []
  return [
    {
      book: first.book,
      underlying: first.underlying,
      n: apart.length,
      exceedances: apart.filter(exceeds).length,
      meanMargin: apart.reduce((sum, { margin }) => sum + margin, 0) / apart.length,
      worstLossOverMargin: worst.loss / worst.margin,
      worstDate: worst.loss > 0 ? dateOf(worst) : null,
      note: rowNote(apart, outcomes, worst),
    },
  ]
}

/** Whether more was lost than was charged. */
export function exceeds({ loss, margin }: OptionOutcome): boolean {
  return loss > margin
}

/** A loss above the margin, with what the index did in that window. */
export function namedExceedance(outcome: OptionOutcome): NamedExceedance {
  const { book, underlying, margin, loss, price } = outcome
  return {
    book: `${book} ${underlying}`,
    portfolio: book,
    date: dateOf(outcome),
    margin,
    loss,
    excessRatio: loss / margin - 1,
    jump: { asset: underlying, return: price.move },
  }
}

/** What was measured and what was left out. */
export function optionNote(scopes: readonly UnderlyingScope[], outcomes: readonly OptionOutcome[]): string {
  const measured = scopes.flatMap((scope) => scope.measured ?? [])
  const left = scopes.flatMap(({ underlying, why }) =>
    why === undefined ? [] : [`${underlying} is left out: ${why}.`],
  )
  const inferred = outcomes.reduce((sum, one) => sum + one.inferred, 0)
  return [
    'One unit of each book, opened anew at every snapshot from the options nearest to 30 days (at least 14): a straddle at the forward; a coin against a call of a quarter delta. Margins and losses are shares of the price of one coin.',
    ...measured.map(windowsSentence),
    'A snapshot begins a window if another one follows after 18 to 30 hours; weekly ones do not, and nothing is scaled to a day.',
    ...(inferred > 0 ? [`${inferred} later marks are Black-76 values at the volatility of neighbouring options.`] : []),
    ...left,
  ].join(' ')
}

/** What stands in for data that are not there. */
export function optionAssumptions({ asOf }: PastEpoch): readonly string[] {
  return [
    `Options: everything but sigma is of the epoch that prices up to the end of ${asOf} give. Sigma of the underlying is continued from the chains' own index prices by the calibration's rules; of the days between, and of returns over more than 30 hours, nothing is known, so the first windows are charged by the sigma of that epoch.`,
    "Options: margined as linear contracts that settle in USD; a mark in coin times the forward is the undiscounted value. The chain's venue settles in coin.",
  ]
}

function windowsSentence({ underlying, windows: { all, apart, alone }, snapshots }: OptionHistory): string {
  const [first, last] = [apart[0], apart.at(-1)]
  if (first === undefined || last === undefined)
    return `${underlying}: no two of ${snapshots.length} snapshots are a day apart.`
  const [from, to] = [snapshots[first.start], snapshots[last.end]].map((one) => windowDate(one?.time ?? 0, DAY_MS))
  return `${underlying}: ${apart.length} windows of a day from ${from} to ${to} that do not overlap, ${all.length} with those that do; ${alone} of ${snapshots.length} snapshots begin none.`
}

function rowNote(apart: readonly OptionOutcome[], all: readonly OptionOutcome[], worst: OptionOutcome): string {
  const sizeFree = Math.max(...apart.map(({ loss, sizeFree: part }) => loss / part))
  const overall = worstOf(all) ?? worst
  const over = all.filter(exceeds)
  const within = over.filter((one) => !isBeyondGrid(one)).length
  return [
    `worst when ${moves(worst)}`,
    `over the size-free part alone at worst ${sizeFree.toFixed(2)}`,
    `of ${all.length} windows that overlap ${over.length} exceed, ${within} of them within the grid; at worst ${ratio(overall)} on ${dateOf(overall)}, when ${moves(overall)}`,
  ].join('; ')
}

function moves({ price, volatility }: OptionOutcome): string {
  return `the index moved ${percent(price.move)} (grid ${percent(price.down)} to ${percent(price.up)}) and volatility ${percent(volatility.move)} (grid ${percent(volatility.down)} to ${percent(volatility.up)})`
}

function worstOf(outcomes: readonly OptionOutcome[]): OptionOutcome | undefined {
  return outcomes.toSorted((a, b) => b.loss / b.margin - a.loss / a.margin)[0]
}

function ratio({ loss, margin }: OptionOutcome): string {
  return (loss / margin).toFixed(2)
}

function dateOf({ start }: OptionOutcome): string {
  return windowDate(start, DAY_MS)
}

function percent(share: number): string {
  return `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}%`
}
