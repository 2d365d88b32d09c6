import { type MarginRequest, openRequest } from './answer-portfolio.ts'
import { nettingSetReports, reportHead, reportNotes } from './margin-report.ts'
import type { Problems } from '../wire/portfolio/problem.ts'

export type MarginPieces =
  | { readonly ok: true; readonly pieces: Generator<string, ReportSummary> }
  | { readonly ok: false; readonly problems: Problems }

/** What is known of a report when its last piece has been given. */
export interface ReportSummary {
  readonly anyLiquidatable: boolean
}

/**
 * The margin report of a portfolio as JSON text, the same as `JSON.stringify` of the whole, a netting set at a time: reports on ten
 * thousand accounts are never held together. Everything that can be wrong is told before the first piece.
 */
export function marginPieces(request: MarginRequest): MarginPieces {
  const opened = openRequest(request)
  return opened.ok ? { ok: true, pieces: piecesOf(opened, request) } : opened
}

type Opened = Extract<ReturnType<typeof openRequest>, { readonly ok: true }>

function* piecesOf(
  { judged, assumptions, warnings }: Opened,
  { detail, engineVersion, sha256 }: MarginRequest,
): Generator<string, ReportSummary> {
  const context = { detail, assumptions, warnings, engineVersion, sha256 }
  yield `${JSON.stringify(reportHead(judged, context)).slice(0, -1)},"nettingSets":[`
  let [separator, anyLiquidatable] = ['', false]
  for (const set of nettingSetReports(judged, detail)) {
    yield separator + JSON.stringify(set)
    separator = ','
    if (set.liquidatable) anyLiquidatable = true
  }
  yield `],${JSON.stringify(reportNotes(judged, context)).slice(1)}`
  return { anyLiquidatable }
}
