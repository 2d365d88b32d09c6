import { answerMargin, type MarginRequest } from '../answers/answer-portfolio.ts'
import { answerLiquidationPrices } from '../answers/liquidation-prices.ts'
import { answerWhatIf } from '../answers/what-if.ts'
import type { LiquidationReport } from '../wire/liquidation-report.ts'
import type { MarginReport } from '../wire/margin-report.ts'
import type { WhatIfReport } from '../wire/what-if-report.ts'
import { CHANGES_FORMAT } from '../wire/portfolio/document-format.ts'
import { bucketOption } from '../wire/portfolio/bucket-option.ts'
import type { FileBucketMode } from '../wire/portfolio/portfolio-file.ts'
import type { Problem } from '../wire/portfolio/problem.ts'
import { timeOption } from '../wire/portfolio/time-option.ts'
import type { NamedFile } from '../wire/portfolio/price-source.ts'
import { engine } from './margin-job.ts'

export type {
  AttributionRow,
  BindingReport,
  BorrowRow,
  BreakdownNode,
  CollateralRow,
  LineReport,
  MarginReport,
  MarginStatus,
  NettingSetReport,
  PositionRow,
  ReportNote,
} from '../wire/margin-report.ts'
export type {
  AssetLiquidation,
  JointFailure,
  LiquidationReport,
  LiquidationRoot,
  Proof,
  Searched,
  SetLiquidation,
} from '../wire/liquidation-report.ts'
export type { SetChange, TradeCost, WhatIfCost, WhatIfRejection, WhatIfReport } from '../wire/what-if-report.ts'
export type { Problem, ProblemCode } from '../wire/portfolio/problem.ts'

/** What may be said beside a portfolio; all of it wins over what the portfolio says. */
export interface MarginOptions {
  /** Id of a margin model. */
  readonly model?: string
  /** An epoch: the document, or its JSON text. */
  readonly epoch?: object | string
  /** Files of prices, documents or JSON texts; the last wins. */
  readonly prices?: readonly (object | string)[]
  /** Moment of valuation, `2026-02-06T08:00:00Z` or milliseconds. */
  readonly asOf?: string | number
  /** Modes of the buckets of a CSV portfolio, such as `{ 'eth-vol': 'line:25000' }`. */
  readonly buckets?: Readonly<Record<string, string>>
  /** What messages call the portfolio; `.csv` and `.jsonl` say what it is. Default `portfolio.json`. */
  readonly name?: string
  /** Texts of the files that the portfolio names. Without it a portfolio that names any is refused. */
  readonly readFile?: (path: string) => string
  /** Add the scenarios to the report, with what each position adds if `byPosition`. */
  readonly scenarios?: boolean
  readonly byPosition?: boolean
  /** Add the risk factors and their correlations. */
  readonly exposures?: boolean
}

/** A portfolio that cannot be answered; `problems` says why, each with its place and what to do. */
export class PortfolioError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(
      problems
        .map(({ code, path, expected, got }) => `${code} at ${path}: expected ${expected}, got ${got}`)
        .join('\n'),
    )
    this.name = 'PortfolioError'
    this.problems = problems
  }
}

/**
 * What a portfolio requires and what it has: the same report as `plimsoll margin --json`. The portfolio is a document ("plimsoll
 * portfolio v1") or its text. Amounts are decimal strings: a JSON number is refused. No file, clock or network is touched but
 * through `readFile`. Throws PortfolioError.
 */
export function margin(portfolio: object | string, options: MarginOptions = {}): MarginReport {
  return orThrow(answerMargin(requestOf(portfolio, options))).report
}

/** Where changes go that name no place themselves, and whether liquidation prices are searched before and after. */
export interface WhatIfOptions extends MarginOptions {
  readonly account?: string
  /** Number or name; default the pool. */
  readonly bucket?: string | number
  readonly liquidationPrices?: boolean
}

/**
 * Margin before and after changes, whether they are allowed, and what they cost: the same report as `plimsoll whatif --json`, without
 * liquidation prices unless they are asked for. Changes are a document ("plimsoll changes v1"; `format` may be left out) or its text.
 * Throws PortfolioError.
 */
export function whatIf(
  portfolio: object | string,
  changes: object | string,
  options: WhatIfOptions = {},
): WhatIfReport {
  const text = typeof changes === 'string' ? changes : JSON.stringify({ format: CHANGES_FORMAT, ...changes })
  const answer = answerWhatIf({
    ...requestOf(portfolio, options),
    changes: [{ name: 'changes', text }],
    account: options.account,
    bucket: options.bucket === undefined ? undefined : String(options.bucket),
    search: options.liquidationPrices === true ? { depth: 'pricesAndJoint', onSearch: ignored } : undefined,
  })
  return orThrow(answer).report
}

/**
 * At which prices netting sets are liquidated, each proved at neighbouring ticks, and the most likely joint move that does it: the same
 * report as `plimsoll liquidation-price --json`. Takes seconds where options are held. Throws PortfolioError.
 */
export function liquidationPrices(portfolio: object | string, options: MarginOptions = {}): LiquidationReport {
  return orThrow(answerLiquidationPrices(requestOf(portfolio, options), ignored)).report
}

function ignored(): void {
  // A library shows no progress.
}

function requestOf(portfolio: object | string, options: MarginOptions): MarginRequest {
  const { name = 'portfolio.json', epoch, prices = [], model, asOf } = options
  const time = asOf === undefined ? undefined : orThrow(timeOption(String(asOf))).time
  return {
    ...engine(),
    portfolio: { name, text: textOf(portfolio) },
    epoch: epoch === undefined ? undefined : { name: 'epoch', text: textOf(epoch) },
    model,
    prices: prices.map((one, i) => ({ name: `prices ${i + 1}`, text: textOf(one) })),
    asOf: time,
    buckets: new Map(Object.entries(options.buckets ?? {}).map(([bucket, mode]) => modeOf(bucket, mode))),
    detail: {
      exposures: options.exposures ?? false,
      scenarios: (options.scenarios ?? false) || (options.byPosition ?? false),
      byPosition: options.byPosition ?? false,
    },
    readFile: (path) => readWith(options.readFile, path),
  }
}

function modeOf(bucket: string, mode: string): readonly [string, FileBucketMode] {
  const option = orThrow(bucketOption(`${bucket}=${mode}`))
  return [option.bucket, option.mode]
}

function readWith(readFile: MarginOptions['readFile'], path: string): NamedFile {
  if (readFile === undefined) return { ok: false, reason: 'no readFile was given' }
  return { ok: true, source: { name: path, text: readFile(path) } }
}

function textOf(document: object | string): string {
  return typeof document === 'string' ? document : JSON.stringify(document)
}

type Read = { readonly ok: true } | { readonly ok: false; readonly problems: { readonly kept: readonly Problem[] } }

function orThrow<R extends Read>(read: R): Extract<R, { readonly ok: true }> {
  if (!read.ok) throw new PortfolioError(read.problems.kept)
  return read as Extract<R, { readonly ok: true }>
}
