import type { Surroundings } from '../wire/portfolio/complete-portfolio.ts'
import { type DecodedPortfolio, decodePortfolio, decodePortfolioTable } from '../wire/portfolio/decode-portfolio.ts'
import { decodePortfolioLines } from '../wire/portfolio/decode-portfolio-lines.ts'
import { locatedInJson, locatedInText } from '../wire/portfolio/locate-problem.ts'
import type { FileBucketMode } from '../wire/portfolio/portfolio-file.ts'
import type { Problem, Problems } from '../wire/portfolio/problem.ts'
import type { SourceText } from '../wire/portfolio/source.ts'
import type { MarginReport, ReportNote } from '../wire/margin-report.ts'
import type { Fault } from './fault.ts'
import { type JudgedFile, judgedFile, marginReport } from './margin-report.ts'
import type { RiskChoice } from './risk-of-file.ts'
import type { ReportDetail } from './set-report.ts'

/** A portfolio text and all that decides its answer. The same request gives the same answer, tomorrow and anywhere. */
export interface MarginRequest extends Surroundings, Omit<RiskChoice, 'readFile'> {
  /** A name that ends in `.csv` is a table, in `.jsonl` lines of accounts; anything else is JSON. */
  readonly portfolio: SourceText
  /** Modes of the buckets of a table. */
  readonly buckets: ReadonlyMap<string, FileBucketMode>
  readonly detail: ReportDetail
  readonly engineVersion: string
}

export type OpenedRequest =
  | {
      readonly ok: true
      readonly judged: JudgedFile
      readonly assumptions: readonly ReportNote[]
      readonly warnings: readonly ReportNote[]
    }
  | { readonly ok: false; readonly problems: Problems }

export type MarginAnswer =
  | { readonly ok: true; readonly report: MarginReport }
  | { readonly ok: false; readonly problems: Problems }

/** The margin report of a portfolio, or what is wrong with what was given. */
export function answerMargin(request: MarginRequest): MarginAnswer {
  const opened = openRequest(request)
  if (!opened.ok) return opened
  const { judged, assumptions, warnings } = opened
  const { detail, engineVersion, sha256 } = request
  return { ok: true, report: marginReport(judged, { detail, assumptions, warnings, engineVersion, sha256 }) }
}

/** The portfolio read and ready to be judged: for answers that judge it under more than one market. */
export function openRequest(request: MarginRequest): OpenedRequest {
  const decoded = decodedBy(request)
  if (!decoded.ok) return decoded
  const { portfolio, assumptions, warnings } = decoded
  const judged = judgedFile(portfolio, request)
  if (judged.ok) {
    const isChosen = request.model !== undefined || request.epoch !== undefined
    // What was typed stands for what the file left to a default.
    const used: readonly ReportNote[] = isChosen ? assumptions.filter(({ path }) => path !== '$.model') : assumptions
    return { ok: true, judged: judged.answer, assumptions: [...epochSource(judged.answer), ...used], warnings }
  }
  return { ok: false, problems: { kept: judged.faults.map((fault) => located(fault, request)), more: 0 } }
}

/** Where the figures of an epoch come from, in the words of the model's section, if it says so. */
function epochSource({ risk: { section } }: JudgedFile): readonly ReportNote[] {
  const source = (section as Readonly<Record<string, unknown>> | null | undefined)?.['source']
  return typeof source === 'string' ? [{ code: 'EpochSource', path: '$.model', message: source }] : []
}

function decodedBy(request: MarginRequest): DecodedPortfolio {
  const { portfolio, buckets } = request
  if (portfolio.name.endsWith('.csv')) return decodePortfolioTable(portfolio, { buckets }, request)
  if (portfolio.name.endsWith('.jsonl')) return decodePortfolioLines(portfolio, request)
  return decodePortfolio(portfolio, request)
}

function located(fault: Fault, { portfolio, epoch }: MarginRequest): Problem {
  const { document, path } = fault
  switch (document) {
    case 'arguments':
      return locatedInText(String(path[0]), '$', 1, fault)
    case 'epoch':
      return locatedInText(epoch?.name ?? 'epoch', path[0] === undefined ? '$' : String(path[0]), 1, fault)
    case 'portfolio':
      return locatedInPortfolio(fault, portfolio)
    default:
      return document satisfies never
  }
}

function locatedInPortfolio(fault: Fault, portfolio: SourceText): Problem {
  const { path } = fault
  if (portfolio.name.endsWith('.csv')) return locatedInText(portfolio.name, portfolio.name, 1, fault)
  if (!portfolio.name.endsWith('.jsonl')) return locatedInJson(portfolio, { path, complaint: fault })
  // Of a file of lines the first is the document; accounts follow it, a line each.
  if (path[0] !== 'accounts' || typeof path[1] !== 'number') {
    const text = portfolio.text.split('\n')[0] ?? ''
    return locatedInJson({ name: portfolio.name, text }, { path, complaint: fault })
  }
  const lines = portfolio.text.split('\n').map((text, i) => ({ text, number: i + 1 }))
  const line = lines.slice(1).filter(({ text }) => text.trim() !== '')[path[1]]
  const problem = locatedInJson({ name: portfolio.name, text: line?.text ?? '' }, { path, complaint: fault })
  return { ...problem, line: line?.number ?? 1 }
}
