import { isPositive, isZero } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { millionthsUp } from '../core/quantity/ratio.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import { encodePortfolio } from '../wire/portfolio/encode-portfolio.ts'
import type { Problems } from '../wire/portfolio/problem.ts'
import type { MarginReport, NettingSetReport } from '../wire/margin-report.ts'
import type { LiquidationReport, SetLiquidation } from '../wire/liquidation-report.ts'
import { type MarginRequest, openRequest } from './answer-portfolio.ts'
import { type AssessedSet, assessOwner } from './assess.ts'
import { assetLiquidation, type SetSearch } from './asset-liquidation.ts'
import { decidingExcess, rememberedSides } from './deciding-excess.ts'
import { claimReference } from './factor-figures.ts'
import { jointFailure } from './joint-failure.ts'
import { type JudgedFile, marginReport } from './margin-report.ts'
import { marketMover } from './market-mover.ts'
import { ratioText } from './ratio-text.ts'
import { type Dependencies, dependenciesOf } from './set-dependencies.ts'

/** Told before each search; `total` is known from the start. */
export type OnSearch = (done: number, total: number) => void

export type LiquidationAnswer =
  | { readonly ok: true; readonly report: LiquidationReport }
  | { readonly ok: false; readonly problems: Problems }

/** What is searched: prices of each asset, or those and the nearest joint failure too. */
export type SearchDepth = 'prices' | 'pricesAndJoint'

/** Liquidation prices of a portfolio, or what is wrong with what was given. */
export function answerLiquidationPrices(request: MarginRequest, onSearch: OnSearch): LiquidationAnswer {
  const opened = openRequest(request)
  if (!opened.ok) return opened
  const { judged, assumptions, warnings } = opened
  const { risk, file } = judged
  const report: LiquidationReport = {
    format: 'plimsoll liquidation prices v1',
    asOf: file.asOf ?? null,
    modelVersion: risk.modelVersion,
    epochHash: risk.epochHash,
    inputsHash: `sha256:${request.sha256(encodePortfolio(file))}`,
    engineVersion: request.engineVersion,
    nettingSets: setLiquidations(judged, 'pricesAndJoint', onSearch),
    assumptions,
    warnings,
  }
  return { ok: true, report }
}

export type MarginAndPrices =
  | { readonly ok: true; readonly report: MarginReport; readonly nearest: SetLiquidation | undefined }
  | { readonly ok: false; readonly problems: Problems }

/**
 * The margin report, and the liquidation prices of one netting set that is chosen from it. Where options are repriced that takes seconds:
 * then there are none, and `answerLiquidationPrices` is to be asked.
 */
export function answerMarginAndPrices(
  request: MarginRequest,
  choose: (sets: readonly NettingSetReport[]) => NettingSetReport | undefined,
): MarginAndPrices {
  const opened = openRequest(request)
  if (!opened.ok) return opened
  const { judged, ...notes } = opened
  const report = marginReport(judged, { ...request, ...notes })
  const chosen = choose(report.nettingSets)
  const search = searchesOf(judged).find(
    ({ assessed: { set } }) => set.account === chosen?.account && set.number === chosen.buckets[0],
  )
  const isSlow = search === undefined || search.dependencies.optioned.size > 0
  return { ok: true, report, nearest: isSlow ? undefined : setLiquidation(search, 'prices', () => undefined) }
}

/** Of every netting set of a file, in its order. */
export function setLiquidations(judged: JudgedFile, depth: SearchDepth, onSearch: OnSearch): readonly SetLiquidation[] {
  const searches = searchesOf(judged)
  const total = searches.reduce((sum, { dependencies }) => sum + dependencies.assets.length + 1, 0)
  let done = 0
  const onNext = () => onSearch((done += 1), total)
  return searches.map((one) => setLiquidation(one, depth, onNext))
}

interface SearchOfSet {
  readonly assessed: AssessedSet
  readonly search: SetSearch
  readonly dependencies: Dependencies
}

function searchesOf(judged: JudgedFile): readonly SearchOfSet[] {
  const { market, risk, file, valuation: under, owners } = judged
  const referenceOf = (asset: AssetId) => claimReference(risk.section, asset)
  const mover = marketMover(market, referenceOf)
  return owners.flatMap((owner) => {
    const shared = { owner, under, mover, file, section: risk.section, sideOf: rememberedSides(), markets: new Map() }
    return assessOwner(owner, under).map((assessed) => ({
      assessed,
      search: { ...shared, set: assessed.set },
      dependencies: dependenciesOf(assessed.set, owner, { market, referenceOf }),
    }))
  })
}

function setLiquidation(
  { assessed, search, dependencies }: SearchOfSet,
  depth: SearchDepth,
  onNext: () => void,
): SetLiquidation {
  const { set, isOwing, maintenance, liquidatable, drawn } = assessed
  const { value, requirement } = maintenance
  const assets = isOwing ? dependencies.assets : []
  const { excess } = decidingExcess(set, search.owner, search)
  const alone = assets.flatMap((asset) => {
    const now = search.under.market.assets.get(asset)?.index?.price
    onNext()
    if (now === undefined) return []
    return [assetLiquidation(asset, { now, isOptioned: dependencies.optioned.has(asset) }, search)]
  })
  const joint = () => {
    onNext()
    return jointFailure(dependencies, search, alone)
  }
  return {
    account: set.account,
    buckets: set.buckets.map(({ number }) => number),
    name: set.name ?? null,
    mode: set.mode.kind,
    unencumbered: !isOwing,
    liquidatable,
    excess: formatDecimal18(excess),
    marginUsage: isZero(requirement)
      ? ratioText(0n)
      : isPositive(value)
        ? ratioText(millionthsUp({ part: requirement, whole: value }))
        : null,
    line: set.mode.kind === 'line' ? { limit: formatDecimal18(set.mode.line), drawn: formatDecimal18(drawn) } : null,
    assets: alone,
    joint: isOwing && depth === 'pricesAndJoint' ? joint() : null,
  }
}
