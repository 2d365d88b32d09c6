import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashFlow } from '../../src/core/quantity/cash-flow.ts'
import { NO_FUNDING } from '../../src/core/quantity/funding-index.ts'
import { NO_PPM, ppm } from '../../src/core/quantity/ppm.ts'
import { ONE_DOLLAR, price } from '../../src/core/quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../src/core/quantity/quantity.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { value } from '../../src/core/quantity/value.ts'
import { assetId, marketId } from '../../src/core/instrument/identifier.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../../src/core/market/listing.ts'
import type { Portfolio } from '../../src/core/portfolio/portfolio.ts'
import { measuredOf, riskBook } from '../../src/core/margin/models/plimsoll-1/risk-book.ts'
import { figuresOf, sizeFreeMaintenance } from '../../src/core/margin/models/plimsoll-1/size-free.ts'
import type { Calibration } from '../../src/estimate/calibration/calibrator.ts'
import { describeEpoch } from '../../src/estimate/calibration/describe-epoch.ts'
import { LISTED_AFTER_DAYS } from '../../src/estimate/calibration/left-out.ts'
import { grossOf, type Leg, type Line } from '../../src/estimate/backtest/book.ts'
import { CALIBRATED_SHARES, chargeTables } from '../../src/estimate/backtest/charge-tables.ts'
import { linesOf } from '../../src/estimate/backtest/lines.ts'
import { sizeFreeMargin } from '../../src/estimate/backtest/size-free-margin.ts'
import { buildSection } from '../../src/estimate/epoch/build-section.ts'
import type { EpochDescription } from '../../src/estimate/epoch/description.ts'
import { epochOf, ONE, SECONDS } from '../margin/property-setting.ts'
import { flatCurve } from '../workload/world.ts'
import { calibrationOf, calibrations, factorSeries } from './drawn-calibrations.ts'

/** Powers of two, so that every whole worth is a whole number of atoms. */
const PRICES: Readonly<Record<string, bigint>> = {
  A: 8n,
  B: 2n,
  ETH: 2_048n,
  GONE: 4n,
  rETH: 2_048n,
  stETH: 2_048n,
  USDC: 1n,
  USDT: 1n,
}
const SPOTS = Object.keys(PRICES)
const PERPETUALS = ['A', 'ETH', 'GONE']

const NOW = timestamp(1_700_000_000_000)
const CLOSE_OUT = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }

function quoteAt(whole: bigint) {
  return {
    price: price(whole * ONE),
    halfWidth: value(0n),
    guarded: false,
    observedAt: NOW,
    confidence: ppm(1_000_000n),
  }
}

function listedAsset(id: string): ListedAsset {
  const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
  const terms = {
    nativeDecimals: 18,
    borrowable: true,
    borrowCurve: flatCurve(0n),
    priceRules,
    closeOutCost: CLOSE_OUT,
  }
  const index = id === 'USD' ? { ...quoteAt(1n), price: ONE_DOLLAR } : quoteAt(PRICES[id] ?? 1n)
  return { terms: { ...terms, id: assetId(id) }, index }
}

function listedPerpetual(underlying: string): ListedMarket {
  const sizes = { lot: quantity(1n), minimumQuantity: quantity(1n), maximumOpenInterest: quantity(1n) }
  const terms = {
    ...sizes,
    kind: 'perpetual' as const,
    id: marketId(`${underlying}-PERP`),
    underlying: assetId(underlying),
    settlement: assetId('USD'),
    tick: price(1n),
    priceBandPpm: NO_PPM,
    closeOutCost: CLOSE_OUT,
  }
  return {
    terms,
    status: 'open',
    mark: quoteAt(PRICES[underlying] ?? 1n),
    fundingIndex: NO_FUNDING,
    openInterest: NO_QUANTITY,
  }
}

const MARKET: MarketView = {
  assets: new Map(['USD', ...SPOTS].map((id) => [assetId(id), listedAsset(id)])),
  markets: new Map(PERPETUALS.map((id) => [marketId(`${id}-PERP`), listedPerpetual(id)])),
}

/** The same legs as a netting set; perpetuals were opened at their mark, so nothing is unsettled. */
function portfolioOf(legs: readonly Leg[]): Portfolio {
  const atomsOf = ({ line, worth }: Leg) => (BigInt(worth) * ONE) / (PRICES[assetOf(line)] ?? 1n)
  return {
    holdings: legs
      .filter(({ line }) => !isPerpetual(line))
      .map((leg) => ({ asset: assetId(leg.line.id), quantity: quantity(atomsOf(leg)) })),
    positions: legs
      .filter(({ line }) => isPerpetual(line))
      .map((leg) => ({
        market: marketId(`${leg.line.underlying}-PERP`),
        quantity: quantity(atomsOf(leg)),
        cost: cashFlow(BigInt(leg.worth) * ONE * ONE),
        fundingBasis: cashFlow(0n),
      })),
  }
}

function isPerpetual({ id }: Line): boolean {
  return id.endsWith(' perpetual')
}

function assetOf(line: Line): string {
  return isPerpetual(line) ? line.underlying : line.id
}

const PANEL = {
  stepMs: 86_400_000,
  times: [0],
  series: [
    ...SPOTS.map((id) => ({ asset: id, kind: 'spot' as const })),
    ...PERPETUALS.map((id) => ({ asset: id, kind: 'perpetual' as const })),
  ].map((one) => {
    const none = new Float64Array(1)
    return { ...one, close: none, high: none, low: none, volumeUsd: none, sources: [] }
  }),
}
const LINES = linesOf(PANEL, factorSeries)

/** Closing costs nothing, so that no size is beyond its use. Ether has options: its tails count for what is linear too. */
function freeToClose(description: EpochDescription): EpochDescription {
  const assets = Object.entries(description.assets).map(([id, row]) => {
    return [id, { ...row, isCollateral: true, trading: { ...row.trading, halfSpread: 0, impactFactor: 0 } }] as const
  })
  return { ...description, assets: Object.fromEntries(assets) }
}

/** What the exact model asks of the legs under the epoch that is published of a calibration, USD. */
function exactly(legs: readonly Leg[], known: Calibration) {
  const { description } = describeEpoch({
    factors: factorSeries,
    known,
    prices: new Map(),
    spot: new Set(SPOTS),
    at: 0,
    daily: 1,
    crashes: [],
    source: 'drawn',
  })
  const epoch = epochOf(buildSection(freeToClose(description)))
  const { items } = riskBook(portfolioOf(legs), MARKET, epoch)
  const { correlated, scenario, history, basis, peg } = figuresOf(sizeFreeMaintenance(measuredOf(items, epoch), epoch))
  const inFull = items.reduce((sum, item) => sum + (item.kind === 'unmeasured' ? Number(item.charge) : 0), 0)
  const terms = {
    correlated: usd(correlated),
    scenario: usd(scenario),
    history: usd(history),
    basis: usd(basis),
    peg: usd(peg),
  }
  const full = inFull / 1e18
  return { ...terms, inFull: full, required: Math.max(...Object.values(terms)) + full }
}

function usd(atoms: bigint): number {
  return Number(atoms) / 1e18
}

function twin(legs: readonly Leg[], known: Calibration) {
  const isUnderlying = known.factors.map(
    ({ steps }, i) => factorSeries[i]?.kind === 'price' && steps >= LISTED_AFTER_DAYS,
  )
  return sizeFreeMargin(legs, chargeTables(known, CALIBRATED_SHARES, isUnderlying))
}

const worths = fc.oneof(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.constantFrom(-100_000, 100_000))
const books = fc.uniqueArray(
  fc.record({ line: fc.constantFrom(...LINES), worth: worths.filter((worth) => worth !== 0) }),
  {
    minLength: 1,
    maxLength: 8,
    selector: ({ line }) => line,
  },
)

/** Figures of a section are whole ppm: half of one off each weight, loading and move, of which a leg has up to three. */
const OF_GROSS = 1e-6
const RELATIVE = 2e-5

test('every kind of line is there: coins, perpetuals, claims on ether and on the dollar', () => {
  expect(LINES.map(({ id }) => id)).toEqual([...SPOTS, ...PERPETUALS.map((id) => `${id} perpetual`)])
})

test('every term is asked for by some of the books that are drawn, and some are charged in full', () => {
  const drawn = fc.sample(fc.tuple(calibrations, books), { seed: 1, numRuns: 100 })
  const asked = drawn.map(([known, legs]) =>
    Object.values(exactly(legs, calibrationOf(known))).map((figure) => figure > 0),
  )
  for (const term of [0, 1, 2, 3, 4, 5]) expect(asked.filter((one) => one[term]).length).toBeGreaterThan(10)
})

test(
  'INV-CAL-2: the float margin of a backtest is what the exact model charges under the published epoch, term by term, to its ppm',
  () => {
    fc.assert(
      fc.property(calibrations, books, (drawn, legs) => {
        const known = calibrationOf(drawn)
        const [want, got] = [exactly(legs, known), twin(legs, known)]
        const gross = grossOf({ id: '', type: 'outright long', legs })
        for (const [term, figure] of Object.entries(want)) {
          const off = Math.abs(got[term as keyof typeof got] - figure)
          expect(off, `${term}: ${got[term as keyof typeof got]}, exactly ${figure}`).toBeLessThanOrEqual(
            RELATIVE * figure + OF_GROSS * gross,
          )
        }
      }),
      { numRuns: 150 },
    )
  },
  SECONDS,
)
