import type { BacktestReport, BarResult } from '../../../wire/backtest-report.ts'
import { barsByResult, missText, resultWord, unmeasuredText } from '../bar-results.ts'
import { typeMissTexts } from '../type-misses.ts'
import { cellsOf, harmless, wrapped } from '../../terminal/cells.ts'
import { drawn, from, type Ink, type Role } from '../../terminal/pen.ts'
import { labelled, ruled } from './text-lines.ts'

const MARGIN = 2
const GAP = 2
/** `not measured` takes two lines. */
const WORD = 'measured'.length
/** Where there is less room a bar is said over lines instead of columns. */
const WITH_COLUMNS = 70
const CAPS = [31, 18] as const

/** Every bar: what it is, where it lies, what was found, and whether that passes. */
export function barLines({ bars }: BacktestReport, ink: Ink): readonly string[] {
  if (bars.length === 0) return []
  const title = ruled('Bars the model is held to', ink)
  if (ink.columns < WITH_COLUMNS) return [title, ...bars.flatMap((bar) => stackedLines(bar, ink))]
  const widths = widthsOf(bars, ink)
  const head = rowLines(['', 'bar', 'got', ''], widths, 'dim', ink)
  return [
    title,
    ...head,
    ...bars.flatMap((bar) =>
      rowLines([bar.what, bar.bar, bar.got, resultWord(bar.passed)], widths, roleOf(bar.passed), ink),
    ),
  ]
}

/** Every miss in a sentence with its reason, then what could not be measured. */
export function missLines(report: BacktestReport, ink: Ink): readonly string[] {
  const { missed, unmeasured } = barsByResult(report)
  return [
    ...[...missed.map(missText), ...typeMissTexts(report)].flatMap((text) => labelled('MISS', text, ink, 'loss')),
    ...unmeasured.map(unmeasuredText).flatMap((text) => labelled('OPEN', text, ink, 'care')),
  ]
}

/** What does not pass stands out; what passes needs no colour. */
export function roleOf(passed: boolean | null): Role {
  if (passed === null) return 'care'
  return passed ? 'plain' : 'loss'
}

type Widths = readonly [what: number, bar: number, got: number, word: number]

/** As wide as the texts are, up to a share of the line each; the bar and what was got stand close together. */
function widthsOf(bars: readonly BarResult[], ink: Ink): Widths {
  const longest = (text: (bar: BarResult) => string) => Math.max(...bars.map((bar) => cellsOf(harmless(text(bar)))))
  const what = Math.min(
    CAPS[0],
    longest((bar) => bar.what),
  )
  const bar = Math.min(
    CAPS[1],
    Math.max(
      3,
      longest((one) => one.bar),
    ),
  )
  const got = ink.columns - MARGIN - what - bar - WORD - 3 * GAP
  return [
    what,
    bar,
    Math.min(
      got,
      Math.max(
        3,
        longest((one) => one.got),
      ),
    ),
    WORD,
  ]
}

/** Cells side by side, each over as many lines as it takes; only the last has a role. */
function rowLines(texts: readonly string[], widths: Widths, role: Role, ink: Ink): readonly string[] {
  const cells = texts.map((text, i) => wrapped(harmless(text), widths[i] ?? 1))
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) => {
    let start = MARGIN
    const pieces = cells.flatMap((lines, i) => {
      const at = start
      start += (widths[i] ?? 0) + GAP
      const text = lines[line]
      const isSaid = role === 'dim' || i === texts.length - 1
      return text === undefined ? [] : [from(at, text, isSaid ? role : 'plain')]
    })
    return drawn(pieces, ink)
  })
}

function stackedLines({ what, bar, got, passed }: BarResult, ink: Ink): readonly string[] {
  const room = Math.max(1, ink.columns - MARGIN - 2)
  return [
    ...wrapped(harmless(what), room).map((line) => drawn([from(MARGIN, line)], ink)),
    ...wrapped(harmless(`bar ${bar}, got ${got}`), room).map((line) => drawn([from(MARGIN + 2, line, 'dim')], ink)),
    ...wrapped(resultWord(passed), room).map((line) => drawn([from(MARGIN + 2, line, roleOf(passed))], ink)),
  ]
}
