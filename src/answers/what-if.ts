import { formatDecimal18, parseDecimal18 } from '../core/quantity/decimal.ts'
import { type PriceRatio, priceRatio, ratioOfFactor } from '../core/quantity/price-ratio.ts'
import { add } from '../core/quantity/arithmetic.ts'
import { type Rate, UNIT_INDEX } from '../core/quantity/rate.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import { encodeJson } from '../wire/encode.ts'
import type { FileChanges } from '../wire/portfolio/changes-file.ts'
import { decodeChanges } from '../wire/portfolio/decode-changes.ts'
import { encodePortfolio } from '../wire/portfolio/encode-portfolio.ts'
import { locatedInText } from '../wire/portfolio/locate-problem.ts'
import type { PortfolioFile } from '../wire/portfolio/portfolio-file.ts'
import type { Problems } from '../wire/portfolio/problem.ts'
import type { SourceText } from '../wire/portfolio/source.ts'
import type { MarginReport, NettingSetReport } from '../wire/margin-report.ts'
import type { SetChange, WhatIfRejection, WhatIfReport } from '../wire/what-if-report.ts'
import { type MarginRequest, openRequest } from './answer-portfolio.ts'
import { type ChangedPortfolio, changedPortfolio } from './changed-portfolio.ts'
import { exposureFault } from './exposure-fault.ts'
import { claimReference } from './factor-figures.ts'
import type { Answer, Fault } from './fault.ts'
import { type OnSearch, type SearchDepth, setLiquidations } from './liquidation-prices.ts'
import {
  decidedSets,
  type JudgedFile,
  judgedFile,
  marginReport,
  missingPrices,
  venueHoldings,
} from './margin-report.ts'
import { marketMover } from './market-mover.ts'
import { nettingSetsOf, type OwnedSets } from './netting-sets.ts'
import { newRiskRejection, type Touch } from './new-risk.ts'
import { ratioText } from './ratio-text.ts'
import { riskUnderRegime } from './regime-risk.ts'

/** A portfolio and the changes it is asked about. */
export interface WhatIfRequest extends MarginRequest {
  /** Documents `plimsoll changes v1`. */
  readonly changes: readonly SourceText[]
  /** Where changes go that name no account: needed where there are several. */
  readonly account: string | undefined
  /** Number or name; undefined: the pool. */
  readonly bucket: string | undefined
  /** Liquidation prices before and after, which take some hundred times as long as all else; undefined: none. */
  readonly search: { readonly depth: SearchDepth; readonly onSearch: OnSearch } | undefined
}

export type WhatIfAnswer =
  | { readonly ok: true; readonly report: WhatIfReport }
  | { readonly ok: false; readonly problems: Problems }

/**
 * Margin before and after changes, whether they are allowed, and what they cost; or what is wrong with what was given. First trades,
 * orders and transfers are made at the market as it is, then prices and volatilities move, then the regime counts.
 */
export function answerWhatIf(request: WhatIfRequest): WhatIfAnswer {
  const opened = openRequest(request)
  if (!opened.ok) return opened
  const { account, bucket } = request
  const decoded = decodeChanges(request.changes, opened.judged.file, { account, bucket })
  if (!decoded.ok) return decoded
  const before = widened(opened.judged, decoded.portfolio, request)
  if (!before.ok) return { ok: false, problems: { kept: before.faults.map(problemOf), more: 0 } }
  const made = changesMade(before.answer, decoded.changes)
  if (!made.ok) return { ok: false, problems: { kept: made.faults.map(problemOf), more: 0 } }
  const { detail, engineVersion, sha256, search } = request
  const context = { detail, engineVersion, sha256, assumptions: opened.assumptions, warnings: opened.warnings }
  const noted = {
    ...context,
    assumptions: [...opened.assumptions, ...decoded.assumptions],
    warnings: [...opened.warnings, ...decoded.warnings],
  }
  const report = whatIf(before.answer, made.answer, {
    before: marginReport(before.answer, context),
    after: marginReport(made.answer.after, noted),
    sha256,
  })
  if (search === undefined) return { ok: true, report }
  const onSearch = (done: number, total: number) => search.onSearch(done, 2 * total)
  const pricesBefore = setLiquidations(before.answer, search.depth, onSearch)
  const pricesAfter = setLiquidations(made.answer.after, search.depth, (done, total) =>
    search.onSearch(total + done, 2 * total),
  )
  return { ok: true, report: { ...report, liquidation: { before: pricesBefore, after: pricesAfter } } }
}

/** Changes that were made, and the netting sets that they touch. */
export interface MadeChanges {
  readonly changes: FileChanges
  readonly portfolio: ChangedPortfolio
  readonly after: JudgedFile
  readonly touched: readonly Touch[]
}

/** A judged file after changes; or why they cannot be made. */
export function changesMade(judged: JudgedFile, changes: FileChanges): Answer<MadeChanges> {
  const portfolio = changedPortfolio(judged.file, judged.market, changes)
  const risk =
    changes.regime === undefined
      ? { ok: true as const, answer: judged.risk }
      : riskUnderRegime(judged.risk, changes.regime, judged.file)
  if (!portfolio.ok || !risk.ok)
    return { ok: false, faults: [...(portfolio.ok ? [] : portfolio.faults), ...(risk.ok ? [] : risk.faults)] }
  const { file } = portfolio.answer
  const owners = changedOwners(judged, file)
  if (!owners.ok) return owners
  const { model, parameters, section } = risk.answer
  const market = marketMover(judged.market, (asset) => claimReference(section, asset))(movesOf(judged, changes))
  const valuation = { model, parameters, market, time: market.time }
  const missing = missingPrices(owners.answer, valuation)
  if (missing.length > 0) return { ok: false, faults: missing }
  const after: JudgedFile = {
    file,
    risk: risk.answer,
    market,
    owners: owners.answer,
    valuation,
    venueHolding: venueHoldings(file, owners.answer),
  }
  return {
    ok: true,
    answer: { changes, portfolio: portfolio.answer, after, touched: touchedBy(changes, owners.answer) },
  }
}

/** What the two reports say together. */
export function whatIf(
  judged: JudgedFile,
  { changes, portfolio, after: changed, touched }: MadeChanges,
  reports: { readonly before: MarginReport; readonly after: MarginReport; readonly sha256: (text: string) => string },
): WhatIfReport {
  const { before, sha256 } = reports
  const after = { ...reports.after, inputsHash: `sha256:${sha256(inputsText(changed.file, changes))}` }
  const rejection = rejectionOf(judged, changed, touched)
  return {
    format: 'plimsoll what-if v1',
    before,
    after,
    change: after.nettingSets.flatMap((set, i) => {
      const old = before.nettingSets[i]
      return old === undefined ? [] : [changeOf(old, set, touched)]
    }),
    allowed: rejection === undefined,
    rejection: rejection ?? null,
    cost: { trades: portfolio.trades, feesUsd: formatDecimal18(portfolio.fees) },
    liquidation: null,
  }
}

/** The file with terms of what the changes name; judged again only if there are any that it had not. */
function widened(judged: JudgedFile, file: PortfolioFile, request: MarginRequest): Answer<JudgedFile> {
  const isSame = file.contracts === judged.file.contracts && file.assets === judged.file.assets
  return isSame ? { ok: true, answer: judged } : judgedFile(file, request)
}

function changedOwners({ owners, file: old, market }: JudgedFile, file: PortfolioFile): Answer<readonly OwnedSets[]> {
  const faults: Fault[] = []
  const changed = file.accounts.map((account, index): OwnedSets => {
    const before = owners[index]
    const said = old.accounts[index]
    if (before !== undefined && said !== undefined && isUnchanged(said, account)) return before
    const owned = nettingSetsOf(account, index, { file, market })
    if (!owned.ok) {
      faults.push(...owned.faults)
      return { account: account.id, sets: [] }
    }
    for (const set of owned.answer.sets) {
      const fault = exposureFault(set, market, ['accounts', index])
      if (fault !== undefined) faults.push(fault)
    }
    return owned.answer
  })
  return faults.length === 0 ? { ok: true, answer: changed } : { ok: false, faults }
}

function isUnchanged(a: PortfolioFile['accounts'][number], b: PortfolioFile['accounts'][number]): boolean {
  return a.pool === b.pool && a.buckets.every(({ content }, i) => content === b.buckets[i]?.content)
}

function movesOf({ market }: JudgedFile, { priceMoves, volMoves }: FileChanges) {
  const prices = new Map<AssetId, PriceRatio>()
  for (const [asset, move] of priceMoves) {
    const now = market.assets.get(asset)?.index?.price
    if (move.kind === 'by') prices.set(asset, ratioOfFactor(add(UNIT_INDEX, move.fraction)))
    else if (now !== undefined) prices.set(asset, priceRatio(now, move.price))
  }
  const volatilities = new Map<AssetId, Rate>()
  for (const [underlying, fraction] of volMoves) volatilities.set(underlying, add(UNIT_INDEX, fraction))
  return { prices, bases: new Map(), volatilities }
}

function touchedBy(changes: FileChanges, owners: readonly OwnedSets[]): readonly Touch[] {
  const { addPositions, addOrders, addBalances } = changes
  return owners.flatMap(({ account, sets }) =>
    sets.flatMap(({ number, buckets }) => {
      const isHere = (target: { readonly account: string; readonly bucket: number }) =>
        target.account === account && buckets.some((one) => one.number === target.bucket)
      const trades = addPositions.some(isHere) || addOrders.some(isHere)
      const moved = addBalances.filter(isHere)
      const withdraws = moved.some(({ quantity }) => formatDecimal18(quantity).startsWith('-'))
      return trades || moved.length > 0 ? [{ account, number, trades, withdraws }] : []
    }),
  )
}

/** The first touched netting set, in the order of the file, that may not do what is asked. A deposit, or a market that moves, asks for nothing. */
function rejectionOf(judged: JudgedFile, changed: JudgedFile, touched: readonly Touch[]): WhatIfRejection | undefined {
  for (const [index, owner] of changed.owners.entries()) {
    const asked = touched.filter(({ account, trades, withdraws }) => account === owner.account && (trades || withdraws))
    const old = judged.owners[index]
    if (asked.length === 0 || old === undefined) continue
    const under = changed.valuation
    const found = newRiskRejection(asked, {
      before: decidedSets(old, { under, venueHolding: judged.venueHolding }),
      after: decidedSets(owner, { under, venueHolding: changed.venueHolding }),
      market: under.market,
    })
    if (found !== undefined) return found
  }
  return undefined
}

function changeOf(before: NettingSetReport, after: NettingSetReport, touched: readonly Touch[]): SetChange {
  const { account, buckets } = after
  const of = (field: 'netLiquidationValue' | 'initialMargin' | 'maintenanceMargin' | 'excess' | 'available') =>
    formatDecimal18(atoms(after[field]) - atoms(before[field]))
  const ratio = (a: string | null, b: string | null) =>
    a === null || b === null ? null : ratioText((atoms(a) - atoms(b)) / PER_MILLIONTH)
  return {
    account,
    buckets,
    touched: touched.some((touch) => touch.account === account && buckets.includes(touch.number)),
    netLiquidationValue: of('netLiquidationValue'),
    initialMargin: of('initialMargin'),
    maintenanceMargin: of('maintenanceMargin'),
    excess: of('excess'),
    available: of('available'),
    marginUsage: ratio(after.marginUsage, before.marginUsage),
    healthFactor: ratio(after.healthFactor, before.healthFactor),
  }
}

const PER_MILLIONTH = 10n ** 12n

function atoms(decimal: string): bigint {
  const parsed = parseDecimal18(decimal)
  if (!parsed.ok) throw new RangeError(`"${decimal}" in a report is no amount`)
  return parsed.atoms
}

/** Canonical: the changed portfolio, and after it how its market moves, if it does. */
function inputsText(file: PortfolioFile, { priceMoves, volMoves, regime }: FileChanges): string {
  const text = encodePortfolio(file)
  if (priceMoves.size + volMoves.size === 0 && regime === undefined) return text
  const moves = { priceMoves: Object.fromEntries(priceMoves), volMoves: Object.fromEntries(volMoves), regime }
  return `${text}\n${encodeJson(moves)}`
}

function problemOf(fault: Fault) {
  return locatedInText(String(fault.path[0] ?? 'changes'), '$', 1, fault)
}
