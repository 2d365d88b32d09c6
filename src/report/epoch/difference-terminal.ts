import type { DifferenceVerdict, Effect, EpochDifference, FigureChange, FigureGroup } from '../../wire/epoch-report.ts'
import { printedCount } from '../figure.ts'
import { quotedWord } from '../quoted-word.ts'
import { cellsOf } from '../terminal/cells.ts'
import { drawn, from, type Ink, type Role, upTo } from '../terminal/pen.ts'
import { differenceSentence } from './difference-sentence.ts'
import { figureCells, percentOfPpm, relativeText } from './figure-cells.ts'
import { joinedSections, labelledLines, verdictLines } from './labelled-lines.ts'
import { touchedLines } from './touched-lines.ts'

const WIDEST = 80
const [BEFORE, AFTER, CHANGE, EFFECT] = [45, 60, 70, 72]
const MOST_ROWS = 8
const MOST_PAIRS = 6
const MOST_NAMES = 12

const VERDICTS: Readonly<Record<DifferenceVerdict, { readonly word: string; readonly role: Role }>> = {
  same: { word: 'SAME', role: 'good' },
  relabelled: { word: 'RELABELLED', role: 'good' },
  tighter: { word: 'TIGHTER', role: 'caution' },
  looser: { word: 'LOOSER', role: 'caution' },
  mixed: { word: 'MIXED', role: 'caution' },
  changed: { word: 'CHANGED', role: 'caution' },
}

const TABLES: readonly (readonly [group: FigureGroup, title: string])[] = [
  ['riskWeight', 'RISK WEIGHTS'],
  ['standing', 'OFFSETS, COLLATERAL, CLASSES'],
  ['whole', 'FIGURES OF THE WHOLE EPOCH'],
  ['size', 'COSTS AND SIZES'],
]

/** Tables whose rows come and go. */
const ROW_TABLES = ['factors', 'assets', 'contracts', 'markets'] as const

/** The files as they were typed. */
export interface ComparedFiles {
  readonly before: string
  readonly after: string
}

/** The difference for a terminal, ending in a line break. */
export function differenceTerminal(report: EpochDifference, files: ComparedFiles, style: Ink): string {
  const ink = { ...style, columns: Math.min(style.columns, WIDEST) }
  const { word, role } = VERDICTS[report.verdict]
  return joinedSections([
    titleLines(report, files, ink),
    verdictLines(word, differenceSentence(report), role, ink),
    touchedLines(report, ink),
    rowLines(report, ink),
    ...TABLES.map(([group, title]) => figureLines(report, { group, title }, ink)),
    correlationLines(report, ink),
    listLines(report, ink),
    closingLines(report, files, ink),
  ])
}

/** Both documents left, their hashes right. */
function titleLines({ before, after }: EpochDifference, files: ComparedFiles, ink: Ink): readonly string[] {
  const short = (hash: string) => hash.slice('sha256:'.length, 'sha256:'.length + 8)
  const [left, right] = [
    `${nameOf(files.before)} → ${nameOf(files.after)}`,
    `${short(before.hash)} → ${short(after.hash)}`,
  ]
  const head = [from(0, 'epoch diff'), from(12, left)]
  return 12 + cellsOf(left) + 2 + cellsOf(right) <= ink.columns
    ? [drawn([...head, upTo(ink.columns, right, 'dim')], ink)]
    : [drawn(head, ink), drawn([from(12, right, 'dim')], ink)]
}

function nameOf(file: string): string {
  return file.split('/').at(-1) ?? file
}

function figureLines(
  { figures }: EpochDifference,
  { group, title }: { readonly group: FigureGroup; readonly title: string },
  ink: Ink,
): readonly string[] {
  const own = figures.filter((one) => one.group === group)
  if (own.length === 0) return []
  const shown = own.slice(0, MOST_ROWS)
  return [
    drawn(
      [from(2, title), upTo(BEFORE, 'before', 'dim'), upTo(AFTER, 'after', 'dim'), upTo(CHANGE, 'change', 'dim')],
      ink,
    ),
    ...shown.map((one) => figureLine(one, ink)),
    ...restLine(own.slice(MOST_ROWS), ink),
  ]
}

function figureLine(change: FigureChange, ink: Ink): string {
  const { id, label, group, relative, effect } = change
  const [before, after] = figureCells(change)
  const name = group === 'riskWeight' ? id : `${id} ${label}`.trimStart()
  return drawn(
    [
      from(2, name),
      upTo(BEFORE, before),
      upTo(AFTER, after),
      upTo(CHANGE, relativeText(relative)),
      from(EFFECT, effectText(effect)),
    ],
    ink,
  )
}

function restLine(rest: readonly FigureChange[], ink: Ink): readonly string[] {
  if (rest.length === 0) return []
  const count = (effect: Effect) => rest.filter((one) => one.effect === effect).length
  const parts = (['tighter', 'looser', 'neither'] as const).flatMap((effect) =>
    count(effect) === 0 ? [] : [`${printedCount(count(effect))} ${effectText(effect) || 'without a direction'}`],
  )
  return [drawn([from(2, `${printedCount(rest.length)} more: ${parts.join(', ')}`, 'dim')], ink)]
}

function effectText(effect: Effect): string {
  return effect === 'neither' ? '' : effect
}

function rowLines({ rows }: EpochDifference, ink: Ink): readonly string[] {
  return (['added', 'removed'] as const).flatMap((change) =>
    ROW_TABLES.flatMap((table) => {
      const ids = rows.filter((row) => row.change === change && row.table === table).map(({ id }) => id)
      if (ids.length === 0) return []
      const more = ids.length - MOST_NAMES
      const tail = more > 0 ? ` and ${printedCount(more)} more` : ''
      const names = `${table}: ${ids.slice(0, MOST_NAMES).join(', ')}${tail}`
      return labelledLines(change === 'added' ? 'new' : 'gone', names, 'plain', ink)
    }),
  )
}

function correlationLines({ correlations }: EpochDifference, ink: Ink): readonly string[] {
  const { pairs, changed, compared } = correlations
  if (changed === 0) return []
  const shown = pairs.slice(0, MOST_PAIRS)
  const rest = `${printedCount(changed)} of ${printedCount(compared)} pairs changed; where it rises a hedge saves more and two longs ask for more`
  return [
    drawn(
      [
        from(2, 'CORRELATIONS'),
        upTo(BEFORE, 'before', 'dim'),
        upTo(AFTER, 'after', 'dim'),
        upTo(CHANGE, 'change', 'dim'),
      ],
      ink,
    ),
    ...shown.map(({ first, second, before, after }) =>
      drawn(
        [
          from(2, `${first} with ${second}`),
          upTo(BEFORE, places(before)),
          upTo(AFTER, places(after)),
          upTo(CHANGE, `${after > before ? '+' : ''}${places(after - before)}`),
        ],
        ink,
      ),
    ),
    ...labelledLines('all', rest, 'dim', ink),
  ]
}

function places(correlation: number): string {
  return correlation.toFixed(4).replace('-', '−')
}

function listLines(report: EpochDifference, ink: Ink): readonly string[] {
  const { scenarios, windows, others, figures } = report
  const grids = figures.filter(({ field }) => field.endsWith('priceMovesPpm')).length
  const rows: (readonly [label: string, before: string, after: string, note: string])[] = []
  const counted = (label: string, before: number, after: number, note: string) =>
    rows.push([label, printedCount(before), printedCount(after), note])
  if (scenarios.before !== scenarios.after || hasChanges(scenarios))
    counted('Scenarios', scenarios.before, scenarios.after, changesText(scenarios))
  if (windows.before !== windows.after || hasChanges(windows))
    counted('Windows', windows.before, windows.after, `columns: ${changesText(windows)}`)
  const sections = others.filter(({ field }) => field.startsWith('$.sections') && !field.endsWith('"].source')).length
  return [
    ...(rows.length === 0 ? [] : [drawn([from(2, 'LISTS'), upTo(24, 'before', 'dim'), upTo(34, 'after', 'dim')], ink)]),
    ...rows.map(([label, before, after, note]) =>
      drawn([from(2, label), upTo(24, before), upTo(34, after), from(37, note, 'dim')], ink),
    ),
    ...largestMove(report).flatMap((text) => labelledLines('most', text, 'plain', ink)),
    ...(grids === 0 ? [] : labelledLines('grids', `option grids changed: ${printedCount(grids)}`, 'plain', ink)),
    ...(sections === 0
      ? []
      : labelledLines('other', `figures of other models' sections: ${printedCount(sections)}`, 'plain', ink)),
  ]
}

type Lists = Pick<EpochDifference['scenarios'], 'added' | 'removed'> & { readonly changed: readonly unknown[] }

function hasChanges({ added, removed, changed }: Lists): boolean {
  return added.length + removed.length + changed.length > 0
}

function changesText({ added, removed, changed }: Lists): string {
  return `${printedCount(added.length)} added, ${printedCount(removed.length)} removed, ${printedCount(changed.length)} changed`
}

/** The scenario move that changed most. */
function largestMove({ scenarios }: EpochDifference): readonly string[] {
  const moves = scenarios.changed.flatMap(({ id, largest }) => (largest === null ? [] : [{ id, ...largest }]))
  const size = ({ beforePpm, afterPpm }: (typeof moves)[number]) => Math.abs(afterPpm - beforePpm)
  const [most] = moves.toSorted((a, b) => size(b) - size(a))
  if (most === undefined) return []
  return [`${most.factor} in scenario "${most.id}": ${percentOfPpm(most.beforePpm)} → ${percentOfPpm(most.afterPpm)}`]
}

function closingLines({ before, after }: EpochDifference, files: ComparedFiles, ink: Ink): readonly string[] {
  const again = `plimsoll epoch diff ${quotedWord(files.before)} ${quotedWord(files.after)} --json`
  return [
    ...labelledLines('before', `${before.model}/${before.id}`, 'dim', ink),
    ...labelledLines('', before.hash, 'dim', ink),
    ...labelledLines('after', `${after.model}/${after.id}`, 'dim', ink),
    ...labelledLines('', after.hash, 'dim', ink),
    ...labelledLines('check', `plimsoll epoch verify ${quotedWord(files.after)} --hash ${after.hash}`, 'dim', ink),
    ...labelledLines('all', again, 'dim', ink),
  ]
}
