import { isLess } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { type Ppm, ppm } from '../core/quantity/ppm.ts'
import type { Quantity } from '../core/quantity/quantity.ts'
import { elapsedMs } from '../core/quantity/timestamp.ts'
import { type Quote, quoteCondition } from '../core/market/quote.ts'
import { type NamedPoint, surfaceArbitrage, type SurfaceFinding } from '../core/pricing/surface-arbitrage.ts'
import type { PreparedSurface } from '../core/pricing/surface-volatility.ts'
import { timeText } from '../wire/portfolio/time-field.ts'
import type { FileAsset } from '../wire/portfolio/file-terms.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import { child, pathText, ROOT } from '../wire/portfolio/source.ts'
import type { ReportNote } from '../wire/margin-report.ts'
import { type FileMarket, PRICE_RULES } from './market-of-file.ts'
import type { OwnedSets } from './netting-sets.ts'
import { namedBySection } from './section-names.ts'

/** Below this a price is said to be doubtful where the model's section has no `confidenceThresholdPpm`: 95 %. Judgement. */
const DEFAULT_CONFIDENCE: Ppm = ppm(950_000n)

/** Assets and markets that accounts hold or order, settle in or depend on. */
interface Used {
  readonly assets: ReadonlySet<string>
  readonly markets: ReadonlySet<string>
  /** What these markets are on. */
  readonly underlyings: ReadonlySet<string>
}

interface Judged {
  readonly file: PortfolioHeader
  readonly market: FileMarket
  readonly owners: readonly OwnedSets[]
  readonly model: string
  readonly section: unknown
}

/** What a reader should know of the prices, caps and parameters an answer rests on. Only of what the accounts use. */
export function marketWarnings(judged: Judged): readonly ReportNote[] {
  const { file, market, owners } = judged
  const used = usedBy(owners, market)
  const threshold = thresholdOf(judged.section)
  const quotes: (readonly [string, Quote | undefined])[] = [
    ...[...market.assets].map(([id, { index }]) => [id, index] as const),
    ...[...market.markets].flatMap(([id, { mark }]) => (file.contractPrices.has(id) ? [[id, mark] as const] : [])),
  ]
  return [
    ...quotes.flatMap(([id, quote]) =>
      quote !== undefined && (used.assets.has(id) || used.markets.has(id))
        ? quoteWarnings(id, quote, market, threshold)
        : [],
    ),
    ...[...file.assets.values()].flatMap((asset) => capWarnings(asset, owners)),
    ...[...market.surfaces].flatMap(([underlying, surface]) => arbitrageWarnings(underlying, surface)),
    ...notInEpoch(judged, used),
  ]
}

function quoteWarnings(id: string, quote: Quote, { time }: FileMarket, threshold: Ppm): readonly ReportNote[] {
  const path = pathText(child(child(ROOT, 'prices'), id))
  const notes: ReportNote[] = []
  const condition = quoteCondition(quote, PRICE_RULES, time)
  if (condition === 'stale') {
    const age = elapsedMs({ earlier: quote.observedAt, later: time })
    notes.push({ code: 'OldPrice', path, message: `age ${age} ms; a price is old after ${PRICE_RULES.freshForMs} ms` })
  }
  if (quote.confidence !== undefined && isLess(quote.confidence, threshold)) {
    const message = `confidence ${quote.confidence} ppm; below ${threshold} ppm a price is doubtful`
    notes.push({ code: 'LowConfidence', path, message })
  } else if (condition === 'lowConfidence') {
    const message = `interval ${formatDecimal18(quote.halfWidth)} to either side is more than ${PRICE_RULES.lowConfidencePpm} ppm of the price`
    notes.push({ code: 'LowConfidence', path, message })
  }
  return notes
}

/** Of each kind of arbitrage in each surface the first, with its points. */
function arbitrageWarnings(underlying: string, surface: PreparedSurface): readonly ReportNote[] {
  const path = pathText(child(child(ROOT, 'vols'), underlying))
  const kinds = new Map<string, SurfaceFinding>()
  for (const finding of surfaceArbitrage(surface)) if (!kinds.has(finding.kind)) kinds.set(finding.kind, finding)
  return [...kinds.values()].map((finding) => ({ code: 'ArbitrageInVols', path, message: findingText(finding) }))
}

function findingText(finding: SurfaceFinding): string {
  switch (finding.kind) {
    case 'noVolatility':
      return `no volatility follows at strike ${formatDecimal18(finding.strike)}, expiry ${timeText(finding.expiry)}`
    case 'callRises':
      return `the call at the higher strike costs more: ${finding.points.map(pointText).join(' and ')}`
    case 'butterfly':
      return `the butterfly has a negative price: ${finding.points.map(pointText).join(', ')}`
    case 'calendar':
      return `total variance falls with time: ${finding.points.map(pointText).join(' and ')}`
    default:
      return finding satisfies never
  }
}

function pointText({ expiry, strike, volatility }: NamedPoint): string {
  return `${timeText(expiry)} strike ${formatDecimal18(strike)} vol ${formatDecimal18(volatility)}`
}

function capWarnings(
  { id, accountCap, supplyCap, venueSupply }: FileAsset,
  owners: readonly OwnedSets[],
): readonly ReportNote[] {
  const path = (field: string) => pathText(child(child(child(ROOT, 'assets'), id), field))
  const above = owners.filter(({ sets }) => sets.some(({ aboveCap }) => aboveCap.has(id)))
  const notes = above.map(({ account }): ReportNote => {
    const message = `${account} holds more than ${amount(accountCap)} ${id}: what lies above counts as nothing in initial margin`
    return { code: 'AboveCap', path: path('accountCap'), message }
  })
  if (supplyCap === undefined || venueSupply === undefined || !isLess(supplyCap, venueSupply)) return notes
  const message = `the venue holds ${amount(venueSupply)} ${id}, more than ${amount(supplyCap)}`
  return [...notes, { code: 'AboveCap', path: path('supplyCap'), message }]
}

function amount(quantity: Quantity | undefined): string {
  return quantity === undefined ? 'nothing' : formatDecimal18(quantity)
}

function notInEpoch({ file, model, section }: Judged, { assets, markets, underlyings }: Used): readonly ReportNote[] {
  const named = namedBySection(model, section)
  if (named === undefined) return []
  const note = (code: string, under: string, id: string, message: string): ReportNote => {
    return { code, path: pathText(child(child(ROOT, under), id)), message }
  }
  const { asset, market } = named.unnamed
  const contracts = [...file.contracts.values()].filter(({ id }) => markets.has(id))
  return [
    ...[...assets]
      .filter((id) => !named.hasAsset(id))
      .map((id) => note('NotInEpoch', 'assets', id, `${id} has no risk weight in the epoch: ${asset}`)),
    ...contracts
      .filter((contract) => !named.hasMarket(contract))
      .map(({ id }) => note('NotInEpoch', 'markets', id, `${id} has no risk weight in the epoch: ${market}`)),
    ...[...new Set([...assets, ...underlyings])]
      .filter((id) => named.earnsOffset(id) === false)
      .map((id) =>
        note('OffsetNotYetEarned', 'assets', id, `${id} earns no offset yet: charged in full beside everything else`),
      ),
  ]
}

function usedBy(owners: readonly OwnedSets[], { markets: listed }: FileMarket): Used {
  const assets = new Set<string>()
  const markets = new Set<string>()
  const underlyings = new Set<string>()
  for (const { sets } of owners) {
    for (const { portfolio, orders } of sets) {
      for (const { asset } of portfolio.holdings) assets.add(asset)
      for (const { market } of [...portfolio.positions, ...orders]) {
        markets.add(market)
        const terms = listed.get(market)?.terms
        if (terms === undefined || terms.kind === 'spot') continue
        assets.add(terms.settlement)
        underlyings.add(terms.underlying)
      }
    }
  }
  return { assets, markets, underlyings }
}

function thresholdOf(section: unknown): Ppm {
  const parts = (section as Readonly<Record<string, unknown>> | null | undefined)?.['confidenceThresholdPpm']
  return typeof parts === 'number' && Number.isSafeInteger(parts) && parts >= 0
    ? ppm(BigInt(parts))
    : DEFAULT_CONFIDENCE
}
