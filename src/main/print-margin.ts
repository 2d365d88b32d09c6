import { writeFileSync } from 'node:fs'
import type { MarginAnswer } from '../answers/answer-portfolio.ts'
import { answerMarginAndPrices } from '../answers/liquidation-prices.ts'
import { checkBreakdowns } from '../answers/check-breakdown.ts'
import { marginPieces } from '../answers/report-pieces.ts'
import type { ReportDetail } from '../answers/set-report.ts'
import { EXIT } from '../cli/program.ts'
import type { MarginArguments } from '../cli/margin-options.ts'
import { marginCommand } from '../cli/margin-command.ts'
import { explainTerminal } from '../report/margin/explain-terminal.ts'
import { marginPage } from '../report/margin/html/margin-page.ts'
import { type MarginStyle, marginTerminal } from '../report/margin/margin-terminal.ts'
import { worstFirst } from '../report/margin/set-figures.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import { decodeMarginReport } from '../wire/decode.ts'
import { printProblems, type Problems } from '../wire/portfolio/problem.ts'
import { marginJob, marginRequest, readNamed } from './margin-job.ts'
import { requireFolderOf } from './page-folder.ts'
import { terminalStyle } from './terminal.ts'

/** What a page shows. */
const EVERYTHING = { exposures: true, scenarios: true, byPosition: true }

/** Prints what a portfolio requires. Returns the exit code. */
export function printMargin(typed: MarginArguments): number {
  if (typed.html !== undefined) requireFolderOf(typed.html)
  const { scenarios, byPosition } = typed
  const detail = typed.html === undefined ? { exposures: false, scenarios, byPosition } : EVERYTHING
  if (isPiped(typed)) return printPieces(typed, detail)
  if (typed.json) return printAnswer(marginJob(typed, detail), typed, { render: marginTerminal, command: 'margin' })
  const asked = marginRequest(typed, detail)
  const answer = asked.ok ? answerMarginAndPrices(asked.request, (sets) => worstFirst(sets)[0]) : asked
  const nearest = answer.ok ? answer.nearest : undefined
  const render: Screen['render'] = (report, file, style) => marginTerminal(report, file, style, nearest)
  return printAnswer(answer, typed, { render, command: 'margin' })
}

/** Prints every step of it. Returns the exit code. */
export function printExplain(typed: MarginArguments): number {
  if (typed.html !== undefined) requireFolderOf(typed.html)
  const byPosition = typed.byPosition || typed.html !== undefined
  const detail = { ...EVERYTHING, byPosition }
  if (isPiped(typed)) return printPieces(typed, detail)
  const answer = marginJob(typed, detail)
  return printAnswer(answer, typed, { render: explainTerminal, command: 'explain' })
}

/** Works out again every number of the breakdowns of a report and says which does not follow. Returns the exit code. */
export function printCheck(path: string, json: boolean): number {
  const file = readNamed(path, path)
  const report = file.ok ? parsed(file.source.text) : { ok: false as const, got: file.reason }
  if (!report.ok) {
    const kept = [
      {
        code: file.ok ? ('WrongFormat' as const) : ('FileNotFound' as const),
        file: path,
        line: 1,
        column: 1,
        path: '$',
        expected: 'a margin report, as plimsoll explain --json prints it',
        got: report.got,
        remedy: 'plimsoll explain FILE --json > report.json',
      },
    ]
    return printedProblems({ kept, more: 0 }, json)
  }
  const check = checkBreakdowns(report.report)
  if (json) console.log(JSON.stringify(check))
  else if (check.faults.length === 0)
    console.log(`CHECKED   ${check.recomputed} numbers follow from their terms, ${check.taken} are given`)
  else
    console.log(
      [
        'BROKEN',
        ...check.faults.map(({ node, expected, found }) => `  ${node}: ${found}, where its terms give ${expected}`),
      ].join('\n'),
    )
  return check.faults.length === 0 ? EXIT.done : EXIT.no
}

interface Screen {
  readonly command: 'margin' | 'explain'
  readonly render: (report: MarginReport, file: string, style: MarginStyle) => string
}

/** Nothing but JSON is asked for: no page needs the whole report. */
function isPiped({ json, html }: MarginArguments): boolean {
  return json && html === undefined
}

/** The report as one JSON object, written while it is worked out. */
function printPieces(typed: MarginArguments, detail: ReportDetail): number {
  const asked = marginRequest(typed, detail)
  const answer = asked.ok ? marginPieces(asked.request) : asked
  if (!answer.ok) return printedProblems(answer.problems, true)
  for (;;) {
    const next = answer.pieces.next()
    if (next.done === true) {
      process.stdout.write('\n')
      return next.value.anyLiquidatable ? EXIT.no : EXIT.done
    }
    process.stdout.write(next.value)
  }
}

function printAnswer(answer: MarginAnswer, typed: MarginArguments, { command, render }: Screen): number {
  if (!answer.ok) return printedProblems(answer.problems, typed.json)
  const { report } = answer
  if (typed.html !== undefined) writePage(report, typed, { command, path: typed.html })
  const { columns, color, ascii } = terminalStyle(process.stdout, typed, undefined)
  if (typed.json) console.log(JSON.stringify(report))
  else process.stdout.write(render(report, typed.file, { columns, color, ascii, all: typed.all }))
  return report.nettingSets.some(({ liquidatable }) => liquidatable) ? EXIT.no : EXIT.done
}

/** The page in a file; how large it is goes to standard error, where it disturbs nobody who reads the report. */
function writePage(
  report: MarginReport,
  typed: MarginArguments,
  { command, path }: { readonly command: Screen['command']; readonly path: string },
): void {
  const page = marginPage(report, {
    file: typed.file,
    again: marginCommand(command, typed),
    check: `${marginCommand('explain', { ...typed, html: undefined })} --json > report.json; plimsoll explain --check report.json`,
    all: typed.all,
  })
  writeFileSync(path, page)
  console.error(`page ${path}, ${Math.ceil(Buffer.byteLength(page) / 1_000)} kB`)
}

/** Prints what is wrong with what was given. Returns the exit code. */
export function printedProblems(problems: Problems, json: boolean): number {
  if (json)
    console.log(JSON.stringify({ errors: problems.kept, ...(problems.more > 0 ? { more: problems.more } : {}) }))
  else console.error(printProblems(problems))
  return EXIT.badInput
}

function parsed(
  text: string,
): { readonly ok: true; readonly report: MarginReport } | { readonly ok: false; readonly got: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { ok: false, got: error instanceof Error ? error.message : String(error) }
  }
  const decoded = decodeMarginReport(json)
  if (decoded.ok) return { ok: true, report: decoded.decoded }
  const [first] = decoded.problems
  return {
    ok: false,
    got: first === undefined ? 'something else' : `${first.path}: ${first.got}, expected ${first.expected}`,
  }
}
