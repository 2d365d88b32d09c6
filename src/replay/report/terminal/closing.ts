import { printedCount } from '../../../report/figure.ts'
import { replayCommand, verifyCommand } from '../command-line.ts'
import type { ReplayReport } from '../replay-report.ts'
import { isVerified } from '../verdict.ts'
import { cellsOf, harmless, wrapped } from '../../../report/terminal/cells.ts'
import { drawn, from, type Ink, type Role } from '../../../report/terminal/pen.ts'

const LABEL = 2
const TEXT = 14
const SECOND = 38

/** What a replay that may be believed says of itself. */
export function soundLines(report: ReplayReport, ink: Ink): readonly string[] {
  const { runs } = report
  const commands = printedCount(runs.reduce((sum, run) => sum + run.commands, 0))
  const assets = printedCount(runs[0]?.conservation.assets.length ?? 0)
  const isPair = runs.length > 1
  const conserved = `${assets} assets, ${commands} commands${isPair ? ' in two runs' : ''}: every unit accounted for`
  return [...stated('CONSERVED', conserved, 'good', ink), ...verifiedLines(report, ink)]
}

function verifiedLines(report: ReplayReport, ink: Ink): readonly string[] {
  if (!isVerified(report))
    return stated('UNVERIFIED', 'no journal was re-decided: the commands below do it', 'caution', ink)
  const isPair = report.runs.length > 1
  const text = isPair ? 'both journals re-decided, state hashes equal' : 'journal re-decided, state hash equal'
  return stated('VERIFIED', text, 'good', ink)
}

/** What replaces everything else when the books do not balance. */
export function brokenLines(faults: readonly string[], ink: Ink): readonly string[] {
  const [first, ...rest] = faults.flatMap((fault) => wrapped(harmless(fault), Math.max(1, ink.columns - TEXT - 1)))
  return [
    drawn([from(LABEL, 'BROKEN', 'bad'), from(TEXT, first ?? '')], ink),
    ...rest.map((line) => drawn([from(TEXT, line)], ink)),
    '',
    ...wrapped(
      'Nothing else this replay found may be relied on, so it is not shown.',
      Math.max(1, ink.columns - 3),
    ).map((line) => drawn([from(LABEL, line)], ink)),
  ]
}

/** Where everything is, and how to get it again. */
export function whereaboutsLines(report: ReplayReport, ink: Ink, reportPath: string | undefined): readonly string[] {
  const { runs } = report
  const isPair = runs.length > 1
  const journals = runs.map((run) =>
    pathLines(isPair ? `  ${run.mode}` : 'journal', run.journal, verifyCommand(run), ink),
  )
  const hashes = runs.map((run) => labelled(isPair ? `  ${run.mode}` : 'state hash', run.stateHash, 'dim', ink))
  return [
    ...(isPair ? [drawn([from(LABEL, 'journals', 'dim')], ink)] : []),
    ...journals.flat(),
    ...(reportPath === undefined ? [] : labelled('report', reportPath, 'plain', ink)),
    ...(isPair ? [drawn([from(LABEL, 'state hashes', 'dim')], ink)] : []),
    ...hashes.flat(),
    ...commandLines('again', replayCommand(report), ink),
  ]
}

function stated(word: string, text: string, role: Role, ink: Ink): readonly string[] {
  const [first, ...rest] = wrapped(text, Math.max(1, ink.columns - TEXT - 1))
  return [
    drawn([from(LABEL, word, role), from(TEXT, first ?? '')], ink),
    ...rest.map((line) => drawn([from(TEXT, line)], ink)),
  ]
}

function pathLines(label: string, path: string, command: string, ink: Ink): readonly string[] {
  const fitsBeside = cellsOf(path) < SECOND - TEXT - 1 && cellsOf(command) <= ink.columns - SECOND
  if (!fitsBeside) return [...labelled(label, path, 'plain', ink), ...commandLines('', command, ink)]
  return [drawn([from(LABEL, label, 'dim'), from(TEXT, path), from(SECOND, command, 'dim')], ink)]
}

function labelled(label: string, text: string, role: Role, ink: Ink): readonly string[] {
  const [first, ...rest] = wrapped(harmless(text), Math.max(1, ink.columns - TEXT))
  return [
    drawn([from(LABEL, label, 'dim'), from(TEXT, first ?? '', role)], ink),
    ...rest.map((line) => drawn([from(TEXT, line, role)], ink)),
  ]
}

/** A command too long for a line goes on after a backslash, as a shell reads it. */
function commandLines(label: string, command: string, ink: Ink): readonly string[] {
  const lines = brokenAtOptions(harmless(command), Math.max(1, ink.columns - TEXT - 2))
  return lines.map((line, i) =>
    drawn(
      [from(LABEL, i === 0 ? label : '', 'dim'), from(TEXT, i < lines.length - 1 ? `${line} \\` : line, 'dim')],
      ink,
    ),
  )
}

/** An option stays with its value where a line holds both. */
function brokenAtOptions(command: string, cells: number): readonly string[] {
  const lines: string[] = []
  for (const part of command.split(/ (?=--)/)) {
    const longer = `${lines.at(-1) ?? ''} ${part}`.trimStart()
    if (cellsOf(longer) <= cells) lines.splice(-1, 1, longer)
    else lines.push(...wrapped(part, cells))
  }
  return lines
}
