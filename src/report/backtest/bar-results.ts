import type { BacktestReport, BarResult } from '../../wire/backtest-report.ts'

/** The bars by what came of them. */
export interface BarsByResult {
  readonly passed: readonly BarResult[]
  readonly missed: readonly BarResult[]
  readonly unmeasured: readonly BarResult[]
}

/** What is said of a bar or a row in a word. */
export type ResultWord = 'pass' | 'MISS' | 'not measured'

const NO_REASON = 'The report gives no reason.'

export function barsByResult({ bars }: BacktestReport): BarsByResult {
  return {
    passed: bars.filter(({ passed }) => passed === true),
    missed: bars.filter(({ passed }) => passed === false),
    unmeasured: bars.filter(({ passed }) => passed === null),
  }
}

export function resultWord(passed: boolean | null): ResultWord {
  if (passed === null) return 'not measured'
  return passed ? 'pass' : 'MISS'
}

/** A missed bar, with what was found and why. */
export function missText(measured: BarResult): string {
  const { what, got, bar } = measured
  return `${what}: ${got}, where the bar is ${bar}. ${reasonOf(measured) ?? ''}`
}

/** A bar that could not be measured, and why. */
export function unmeasuredText(measured: BarResult): string {
  return `${measured.what}: not measured. ${reasonOf(measured) ?? ''}`
}

/** The note on a bar as a sentence; one that does not pass must have a reason, or it is said that it has none. */
export function reasonOf({ passed, note }: BarResult): string | undefined {
  const text = note?.trim() ?? ''
  if (text === '') return passed === true ? undefined : NO_REASON
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
