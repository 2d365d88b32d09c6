import { add, isPositive } from '../core/quantity/arithmetic.ts'
import { NO_QUANTITY, type Quantity } from '../core/quantity/quantity.ts'
import { NO_VALUE } from '../core/quantity/value.ts'
import type { AssetId } from '../core/instrument/identifier.ts'
import type { MarketDataKey } from '../core/margin/model.ts'
import { encodePortfolio } from '../wire/portfolio/encode-portfolio.ts'
import type { FilePosition, PortfolioFile } from '../wire/portfolio/portfolio-file.ts'
import type { MarginReport, NettingSetReport, ReportNote } from '../wire/margin-report.ts'
import { assessOwner, initialInput, initialSide, newRiskAllowed, type Valuation } from './assess.ts'
import type { Sha256 } from './epoch-text.ts'
import { exposureFault } from './exposure-fault.ts'
import type { Answer, Fault } from './fault.ts'
import { type FileMarket, marketOfFile } from './market-of-file.ts'
import { marketWarnings } from './market-warnings.ts'
import { nettingSetsOf, type OwnedSets } from './netting-sets.ts'
import { rateText } from './ratio-text.ts'
import { type FileRisk, type RiskChoice, riskOfFile } from './risk-of-file.ts'
import { type DecidedSet, type ReportDetail, setReport } from './set-report.ts'

/** A portfolio file ready to be judged, as often as wanted, under this market or another. */
export interface JudgedFile {
  readonly file: PortfolioFile
  readonly risk: FileRisk
  readonly market: FileMarket
  /** In the order of the file. */
  readonly owners: readonly OwnedSets[]
  readonly valuation: Valuation
  readonly venueHolding: (asset: AssetId) => Quantity
}

/** Beside the portfolio: what reading it brought to light, and which program answers. */
export interface ReportContext {
  readonly detail: ReportDetail
  readonly assumptions: readonly ReportNote[]
  readonly warnings: readonly ReportNote[]
  readonly engineVersion: string
  readonly sha256: Sha256
}

/** Model, market and netting sets of a file; or everything that stands in the way. */
export function judgedFile(file: PortfolioFile, choice: RiskChoice): Answer<JudgedFile> {
  const risk = riskOfFile(file, choice)
  const market = marketOfFile(file)
  const faults: Fault[] = [...(risk.ok ? [] : risk.faults), ...(market.ok ? [] : market.faults)]
  if (!market.ok) return { ok: false, faults }
  const owners: OwnedSets[] = []
  file.accounts.forEach((account, index) => {
    const owned = nettingSetsOf(account, index, { file, market: market.answer })
    if (!owned.ok) return void faults.push(...owned.faults)
    owners.push(owned.answer)
    for (const set of owned.answer.sets) {
      const fault = exposureFault(set, market.answer, ['accounts', index])
      if (fault !== undefined) faults.push(fault)
    }
  })
  if (!risk.ok || faults.length > 0) return { ok: false, faults }
  const { model, parameters } = risk.answer
  const valuation = { model, parameters, market: market.answer, time: market.answer.time }
  const missing = missingPrices(owners, valuation)
  if (missing.length > 0) return { ok: false, faults: missing }
  const answer = {
    file,
    risk: risk.answer,
    market: market.answer,
    owners,
    valuation,
    venueHolding: venueHoldings(file, owners),
  }
  return { ok: true, answer }
}

/** The report on every netting set of a file, in its order: REPORTS "margin report v1". */
export function marginReport(judged: JudgedFile, context: ReportContext): MarginReport {
  const nettingSets = [...nettingSetReports(judged, context.detail)]
  return { ...reportHead(judged, context), nettingSets, ...reportNotes(judged, context) }
}

/** What a report says before its netting sets. */
export function reportHead(
  { file, risk: { levels, modelVersion, epochHash } }: JudgedFile,
  { sha256, engineVersion }: ReportContext,
): Omit<MarginReport, 'nettingSets' | 'assumptions' | 'warnings'> {
  return {
    format: 'plimsoll margin report v1',
    asOf: file.asOf ?? null,
    unitOfAccount: 'USD',
    modelVersion,
    epochHash,
    inputsHash: `sha256:${sha256(encodePortfolio(file))}`,
    engineVersion,
    usageLevels: { warning: rateText(levels.warn), reduceOnly: rateText(levels.reduceOnly) },
  }
}

/** Netting sets one account after the other, each worked out when it is asked for. */
export function* nettingSetReports(judged: JudgedFile, detail: ReportDetail): Generator<NettingSetReport> {
  for (const [index, owner] of judged.owners.entries()) yield* ownerReports(owner, judged, detail, index)
}

/** What a report says after them. */
export function reportNotes(
  { file, market, owners, risk: { model, section } }: JudgedFile,
  { assumptions, warnings }: ReportContext,
): Pick<MarginReport, 'assumptions' | 'warnings'> {
  return { assumptions, warnings: [...warnings, ...marketWarnings({ file, market, owners, model: model.id, section })] }
}

function ownerReports(
  owner: OwnedSets,
  judged: JudgedFile,
  detail: ReportDetail,
  index: number,
): readonly NettingSetReport[] {
  const { valuation: under, venueHolding, risk, file } = judged
  const saidIn = (bucket: number) => positionsSaid(file, index, bucket)
  return decidedSets(owner, { under, venueHolding }).map((decided) =>
    setReport(decided, { under, levels: risk.levels, detail, saidIn }),
  )
}

/** Everything that is decided of an owner's netting sets: liquidation with its lines, and new risk. */
export function decidedSets(
  owner: OwnedSets,
  around: { readonly under: Valuation; readonly venueHolding: (asset: AssetId) => Quantity },
): readonly DecidedSet[] {
  const assessed = assessOwner(owner, around.under).map((one) => {
    const input = initialInput(one.set, owner, around)
    return { ...one, initialInput: input, initial: initialSide(one.set, input, around.under) }
  })
  const allowed = newRiskAllowed(assessed)
  let drawnFromPool = NO_VALUE
  for (const { drawn } of assessed) drawnFromPool = add(drawnFromPool, drawn)
  const hasLines = assessed.some(({ set }) => set.mode.kind === 'line')
  return assessed.map((one, i) => ({ ...one, newRiskAllowed: allowed[i] ?? false, drawnFromPool, hasLines }))
}

function positionsSaid({ accounts }: PortfolioFile, index: number, bucket: number): readonly FilePosition[] {
  const account = accounts[index]
  if (bucket === 0) return account?.pool.positions ?? []
  return account?.buckets.find(({ id }) => id === bucket)?.content.positions ?? []
}

/** What the model cannot do without beside the marks of what is held: told once each. */
export function missingPrices(owners: readonly OwnedSets[], { model, market }: Valuation): readonly Fault[] {
  const missing = new Map<string, Fault>()
  for (const { sets } of owners) {
    for (const { portfolio } of sets)
      for (const key of model.requires(portfolio, market))
        if (!isKnown(key, market)) missing.set(JSON.stringify(key), priceFault(key, model.id))
  }
  return [...missing.values()]
}

function isKnown(key: MarketDataKey, market: Valuation['market']): boolean {
  return key.kind === 'index'
    ? market.assets.get(key.asset)?.index !== undefined
    : market.markets.get(key.market)?.mark !== undefined
}

function priceFault(key: MarketDataKey, model: string): Fault {
  const id: string = key.kind === 'index' ? key.asset : key.market
  return {
    document: 'portfolio',
    path: ['prices', id],
    code: 'MissingPrice',
    expected: `a price for ${id}, which ${model} cannot do without`,
    got: 'nothing',
    remedy: `add "${id}" to "prices"`,
  }
}

/** What the file says of the whole venue, else what its own accounts own. */
export function venueHoldings(file: PortfolioFile, owners: readonly OwnedSets[]): (asset: AssetId) => Quantity {
  const owned = new Map<AssetId, Quantity>()
  for (const { sets } of owners) {
    for (const { portfolio } of sets) {
      for (const { asset, quantity } of portfolio.holdings)
        if (isPositive(quantity)) owned.set(asset, add(owned.get(asset) ?? NO_QUANTITY, quantity))
    }
  }
  return (asset) => file.assets.get(asset)?.venueSupply ?? owned.get(asset) ?? NO_QUANTITY
}
