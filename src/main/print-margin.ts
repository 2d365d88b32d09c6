import type { MarginAnswer } from '../answers/answer-portfolio.ts'
import { checkBreakdowns } from '../answers/check-breakdown.ts'
import { marginPieces } from '../answers/report-pieces.ts'
import type { ReportDetail } from '../answers/set-report.ts'
import { EXIT } from '../cli/program.ts'
import type { MarginArguments } from '../cli/margin-options.ts'
import { explainTerminal } from '../report/margin/explain-terminal.ts'
import { type MarginStyle, marginTerminal } from '../report/margin/margin-terminal.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import { decodeMarginReport } from '../wire/decode.ts'
import { printProblems, type Problems } from '../wire/portfolio/problem.ts'
import { marginJob, marginRequest, readNamed } from './margin-job.ts'
import { terminalStyle } from './terminal.ts'

/** Prints what a portfolio requires. Returns the exit code. */
export function printMargin(typed: MarginArguments): number {
  const { scenarios, byPosition } = typed
  const detail = { exposures: false, scenarios, byPosition }
  return typed.json ? printPieces(typed, detail) : printAnswer(marginJob(typed, detail), typed, marginTerminal)
}

/** Prints every step of it. Returns the exit code. */
export function printExplain(typed: MarginArguments): number {
  const detail = { exposures: true, scenarios: true, byPosition: typed.byPosition }
  return typed.json ? printPieces(typed, detail) : printAnswer(marginJob(typed, detail), typed, explainTerminal)
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
    return printed({ kept, more: 0 }, json)
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

/** The report as one JSON object, written while it is worked out. */
function printPieces(typed: MarginArguments, detail: ReportDetail): number {
  const asked = marginRequest(typed, detail)
  const answer = asked.ok ? marginPieces(asked.request) : asked
  if (!answer.ok) return printed(answer.problems, true)
  for (;;) {
    const next = answer.pieces.next()
    if (next.done === true) {
      process.stdout.write('\n')
      return next.value.anyLiquidatable ? EXIT.no : EXIT.done
    }
    process.stdout.write(next.value)
  }
}

type Renderer = (report: MarginReport, file: string, style: MarginStyle) => string

function printAnswer(answer: MarginAnswer, typed: MarginArguments, render: Renderer): number {
  if (!answer.ok) return printed(answer.problems, typed.json)
  const { report } = answer
  const { columns, color, ascii } = terminalStyle(process.stdout, typed, undefined)
  process.stdout.write(render(report, typed.file, { columns, color, ascii, all: typed.all }))
  return report.nettingSets.some(({ liquidatable }) => liquidatable) ? EXIT.no : EXIT.done
}

function printed(problems: Problems, json: boolean): number {
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
