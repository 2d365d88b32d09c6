import fc from 'fast-check'
import { cashFlow } from '../../src/core/quantity/cash-flow.ts'
import { fundingIndex, NO_FUNDING } from '../../src/core/quantity/funding-index.ts'
import { NO_PPM, ppm } from '../../src/core/quantity/ppm.ts'
import { ONE_DOLLAR, price } from '../../src/core/quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../src/core/quantity/quantity.ts'
import { rate } from '../../src/core/quantity/rate.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { value } from '../../src/core/quantity/value.ts'
import { assetId, type MarketId, marketId, orderId } from '../../src/core/instrument/identifier.ts'
import type { Contract, Market } from '../../src/core/instrument/market.ts'
import type { ListedMarket, MarketView } from '../../src/core/market/listing.ts'
import type { Order } from '../../src/core/ledger/order.ts'
import type { Holding, OpenPosition, Portfolio } from '../../src/core/portfolio/portfolio.ts'
import type { Elsewhere } from '../../src/core/margin/model.ts'
import { flatCurve } from '../workload/world.ts'
import type { AssetDocument, DepthDocument, FactorDocument, SectionDocument } from './section-document.ts'

/** Random epochs, prices, portfolios and orders of a small venue, for the house model. `JUNK` and `USD` are in no epoch. */
export const ASSETS = ['USD', 'USDC', 'ETH', 'BTC', 'wstETH', 'FTT', 'LINK', 'JUNK'] as const
const DAY = 86_400_000
const NOW = 1_000 * DAY

const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
const TRADING = { tick: price(1n), lot: quantity(1n), minimumQuantity: quantity(1n), priceBandPpm: NO_PPM }
const SETTLED = { closeOutCost: COST, settlement: assetId('USDC'), maximumOpenInterest: quantity(1n) }

function contract(id: string, underlying: string, rest: object): Contract {
  return { ...TRADING, ...SETTLED, id: marketId(id), underlying: assetId(underlying), ...rest } as Contract
}

const expiry = (days: number) => timestamp(NOW + days * DAY)
const dollars = (whole: number) => price(BigInt(whole) * 10n ** 18n)

/** `JUNK-PERP` has no figures in any epoch; `ETH-OLD` was never repriced. */
const CONTRACTS: readonly Contract[] = [
  contract('ETH-PERP', 'ETH', { kind: 'perpetual' }),
  contract('BTC-PERP', 'BTC', { kind: 'perpetual' }),
  contract('FTT-PERP', 'FTT', { kind: 'perpetual' }),
  contract('JUNK-PERP', 'JUNK', { kind: 'perpetual' }),
  contract('ETH-MAR', 'ETH', { kind: 'future', expiry: expiry(30) }),
  contract('ETH-JUN', 'ETH', { kind: 'future', expiry: expiry(120) }),
  contract('ETH-C', 'ETH', { kind: 'option', right: 'call', strike: dollars(3_100), expiry: expiry(30) }),
  contract('ETH-P', 'ETH', { kind: 'option', right: 'put', strike: dollars(2_900), expiry: expiry(120) }),
  contract('ETH-C2', 'ETH', { kind: 'option', right: 'call', strike: dollars(3_600), expiry: expiry(60) }),
  contract('ETH-OLD', 'ETH', { kind: 'option', right: 'put', strike: dollars(2_500), expiry: expiry(60) }),
]

function pair(base: string, quote: string): Market {
  const id = marketId(`${base}-${quote}`)
  return { ...TRADING, closeOutCost: COST, kind: 'spot', id, base: assetId(base), quote: assetId(quote) }
}

const PAIRS: readonly Market[] = [pair('ETH', 'USDC'), pair('wstETH', 'ETH')]
export const CONTRACT_IDS = CONTRACTS.map(({ id }) => id)
export const MARKET_IDS = [...CONTRACTS, ...PAIRS].map(({ id }) => id)

const shares = fc.oneof(fc.constantFrom(0, 1_000_000), fc.integer({ min: 0, max: 1_000_000 }))
const atMost = (max: number) => fc.integer({ min: 0, max })

const depth: fc.Arbitrary<DepthDocument> = fc.record({
  halfSpreadPpm: fc.oneof(fc.constant(0), atMost(20_000)),
  impactFactorPpm: fc.oneof(fc.constant(0), atMost(2_000_000)),
  dailyVolatilityPpm: atMost(100_000),
  dailyVolumeUnits: fc.integer({ min: 1, max: 100_000 }).map((n) => `${n}.5`),
})

function factor(earnsOffset: fc.Arbitrary<boolean>, most = 1_000_000): fc.Arbitrary<FactorDocument> {
  const loading = fc.integer({ min: -499_999, max: 499_999 })
  return fc.record({
    riskWeightPpm: atMost(most),
    loadingsPpm: fc.array(loading, { minLength: 4, maxLength: 4 }),
    marketFallSign: fc.constantFrom(-1, 1),
    earnsOffset,
  })
}

const FACTORS = ['ETH', 'BTC', 'FTT', 'LINK', 'USDC/peg', 'wstETH/peg', 'ETH/vol'] as const
const BASES = ['ETH/basis/perpetual', 'ETH/basis/future', 'BTC/basis/perpetual', 'FTT/basis/perpetual'] as const
/** Listed by its own name before its class. */
const OWN_BASIS = 'ETH/basis/future/ETH-JUN'
const ALL_FACTORS: readonly string[] = [...FACTORS, ...BASES, OWN_BASIS]

function asset(claim: fc.Arbitrary<AssetDocument['claim']>): fc.Arbitrary<AssetDocument> {
  return fc
    .record({
      isCollateral: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
      jumpClass: fc.constantFrom<AssetDocument['jumpClass']>('major', 'large', 'other'),
      depth,
      concentration: fc.record({ freeUnits: fc.constantFrom('0', '1.5', '1000'), surchargePpm: atMost(200_000) }),
      of: claim,
    })
    .map(({ of, ...rest }) => (of === undefined ? rest : { ...rest, claim: of }))
}

/** Two shares, the larger one for the initial side. */
function pairOf(most: number) {
  return fc.tuple(atMost(most), atMost(most)).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number])
}

const claim = fc.tuple(pairOf(200_000), fc.constantFrom(1_000_000, 1_150_000, 400_000, 3_000_000))
const stable = claim.map(([[low, high]]) => ({ betaPpm: 1_000_000, maintenanceSlipPpm: low, initialSlipPpm: high }))
const staked = claim.map(([[low, high], betaPpm]) => ({
  reference: 'ETH',
  betaPpm,
  maintenanceSlipPpm: low,
  initialSlipPpm: high,
}))
const itself = fc.constant(undefined)

const grid = fc.constantFrom(
  { priceMovesPpm: [-370_073, -142_771, 0, 166_549, 587_484], termPowerQuarters: 1 },
  { priceMovesPpm: [-1_000_000, -50_000, 0, 52_691], termPowerQuarters: 0 },
  { priceMovesPpm: [-100_000, -33_333, 0], termPowerQuarters: 2 },
)
const VOLATILITY = { volatilityDownPpm: -250_000, volatilityUpPpm: 500_000, volatilityFloor: '0.35' }

const plainMove = fc.oneof(
  fc.constantFrom(-1_000_000, -370_073, 0, 166_549),
  fc.integer({ min: -1_000_000, max: 3_000_000 }),
)
/** Rarely beyond what a first look in small integers can hold. */
const priceMove = fc.oneof({ arbitrary: plainMove, weight: 30 }, { arbitrary: fc.constant(50_000_000), weight: 1 })

function movesOf(names: readonly string[]): fc.Arbitrary<Readonly<Record<string, number>>> {
  const moves = names.map((name) => fc.option(name.includes('/') ? plainMove : priceMove, { nil: undefined }))
  return fc.tuple(...moves).map((list) => {
    const rows = names.map((name, i) => [name, list[i]] as const)
    return Object.fromEntries(rows.flatMap(([name, moved]) => (moved === undefined ? [] : [[name, moved]])))
  })
}

const scenarios = fc
  .array(
    fc.record({
      dampPpm: fc.constantFrom(1_000_000, 500_000, 333_333),
      initialOnly: fc.boolean(),
      movesPpm: movesOf(ALL_FACTORS),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rows) => rows.map((row, i) => ({ ...row, id: `row ${i}` })))

const windows = fc
  .tuple(fc.array(movesOf(ALL_FACTORS), { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 3, 80, 81, 170))
  .map(([rows, count]) => {
    // A few rows over and over, each time weaker: many ties, and many that are not.
    const at = (name: string, row: number) => {
      const moved = rows[row % rows.length]?.[name] ?? 0
      return row % 3 === 0 ? moved : Math.trunc(moved / (1 + (row % 7)))
    }
    const column = (name: string) => Array.from({ length: count }, (_, row) => at(name, row))
    return { count, columns: Object.fromEntries(ALL_FACTORS.map((name) => [name, column(name)])) }
  })

const someFactors = fc.record(
  Object.fromEntries(
    ALL_FACTORS.map((name) => {
      const earns = name.startsWith('FTT') ? fc.boolean() : fc.integer({ min: 0, max: 6 }).map((n) => n > 0)
      return [name, factor(earns, name.includes('/') ? 100_000 : 1_000_000)]
    }),
  ),
)

/** Sections that the decoder accepts, with every kind of figure at its extremes now and then. */
export const sections: fc.Arbitrary<SectionDocument> = fc
  .record({
    creditedSharePpm: shares,
    oneWeightPpm: shares,
    breakWeightPpm: shares,
    factors: someFactors,
    initialFactorPpm: fc.constantFrom(1_000_000, 1_250_000, 1_333_333),
    assets: fc.record({
      USDC: asset(stable),
      ETH: asset(itself),
      BTC: asset(itself),
      wstETH: asset(staked),
      FTT: asset(itself),
      LINK: asset(itself).map((risk) => ({ ...risk, isCollateral: false })),
    }),
    contracts: fc
      .tuple(depth, depth, depth, depth, depth, grid, atMost(50_000))
      .map(([ethPerp, ethFuture, ethOption, btcPerp, fttPerp, nodes, minimumPpm]) => ({
        ETH: {
          perpetual: ethPerp,
          future: ethFuture,
          option: { depth: ethOption, minimumPpm, grid: { ...nodes, ...VOLATILITY } },
        },
        BTC: { perpetual: btcPerp },
        FTT: { perpetual: fttPerp },
      })),
    scenarios,
    windows,
    basis: pairOf(100_000).map(([maintenancePpm, initialPpm]) => ({ maintenancePpm, initialPpm })),
    jumps: fc.constantFrom(0, 1).map((scale) => ({
      major: { longPpm: 150_000 * scale, shortPpm: 150_000 * scale },
      large: { longPpm: 350_000 * scale, shortPpm: 500_000 * scale },
      other: { longPpm: 500_000 * scale, shortPpm: 1_800_000 * scale },
    })),
    keeper: fc.record({ flatFeeUsd: fc.constantFrom('0', '5'), keeperPpm: atMost(10_000) }),
  })
  .map((section) => ({
    source: 'generated',
    ...section,
    confidenceThresholdPpm: 990_000,
    warnUsagePpm: 800_000,
    reduceOnlyUsagePpm: 900_000,
  }))

const around = (whole: number) =>
  fc.oneof(
    fc.constant(BigInt(whole) * 10n ** 18n),
    fc.bigInt({ min: 10n ** 14n, max: 2n * BigInt(whole) * 10n ** 18n }),
  )
const confidence = fc.constantFrom(1_000_000, 1_000_000, 990_000, 970_001).map((n) => ppm(BigInt(n)))
const quote = (whole: number, doubt = fc.constantFrom(0n, 0n, 3n)) =>
  fc.record({ at: around(whole), confidence, doubt }).map(({ at, confidence: sure, doubt: part }) => ({
    price: price(at),
    halfWidth: value((at * part) / 100n),
    guarded: false,
    observedAt: timestamp(NOW),
    confidence: sure,
  }))

const PRICES: Readonly<Record<string, number>> = { USDC: 1, ETH: 3_000, BTC: 60_000, wstETH: 3_500, FTT: 25, LINK: 15 }
const RULES = { freshForMs: DAY, lowConfidencePpm: ppm(10_000n), dailyVolatilityPpm: NO_PPM }
const TERMS = {
  nativeDecimals: 18,
  borrowable: true,
  borrowCurve: flatCurve(0n),
  priceRules: RULES,
  closeOutCost: COST,
}
const CERTAIN = { price: ONE_DOLLAR, halfWidth: value(0n), guarded: false, observedAt: timestamp(NOW) }

const pricing = fc.record({
  forward: around(3_000).filter((at) => at > 10n ** 18n),
  volatility: fc.constantFrom(0n, 6n * 10n ** 17n, 12n * 10n ** 17n),
})

function listed(terms: Market): fc.Arbitrary<ListedMarket> {
  const still = { terms, status: 'open' as const, openInterest: NO_QUANTITY }
  if (terms.kind === 'spot') return fc.constant({ ...still, mark: undefined, fundingIndex: NO_FUNDING })
  const whole = terms.kind === 'option' ? 150 : (PRICES[terms.underlying] ?? 10)
  return fc
    .record({ mark: quote(whole), funding: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), pricing })
    .map((got) => {
      if (terms.kind !== 'option') return { ...still, mark: got.mark, fundingIndex: fundingIndex(got.funding) }
      const base = { ...still, mark: got.mark, fundingIndex: NO_FUNDING }
      if (terms.id === 'ETH-OLD') return base
      const { forward, volatility } = got.pricing
      return { ...base, pricing: { forward: price(forward), volatility: rate(volatility), pricedAt: timestamp(NOW) } }
    })
}

export const views: fc.Arbitrary<MarketView> = fc
  .tuple(
    fc.tuple(...ASSETS.map((id) => (id === 'USD' ? fc.constant(CERTAIN) : quote(PRICES[id] ?? 10)))),
    fc.tuple(...[...CONTRACTS, ...PAIRS].map(listed)),
  )
  .map(([quotes, markets]) => ({
    assets: new Map(
      ASSETS.map((id, i) => [assetId(id), { terms: { ...TERMS, id: assetId(id) }, index: quotes[i] ?? CERTAIN }]),
    ),
    markets: new Map(markets.map((one): readonly [MarketId, ListedMarket] => [one.terms.id, one])),
  }))

const units = fc.oneof(
  fc.bigInt({ min: -9n, max: 9n }),
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  fc.bigInt({ min: -(10n ** 23n), max: 10n ** 23n }),
)

const holding: fc.Arbitrary<Holding> = fc.record({
  asset: fc.constantFrom(...ASSETS.map(assetId)),
  quantity: units.filter((atoms) => atoms !== 0n).map(quantity),
})

/** Cost and funding basis leave profit or loss unsettled: claims beside the balances. Options are paid for. */
const position: fc.Arbitrary<OpenPosition> = fc
  .record({
    market: fc.constantFrom(...CONTRACT_IDS),
    atoms: units,
    at: fc.bigInt({ min: 0n, max: 70_000n }),
    basis: units,
  })
  .map(({ market, atoms, at, basis }) => {
    const isOption = CONTRACTS.find(({ id }) => id === market)?.kind === 'option'
    const whole = market.startsWith('BTC') ? at : at / 20n
    const cost = isOption ? 0n : atoms * whole * 10n ** 18n
    return {
      market,
      quantity: quantity(atoms),
      cost: cashFlow(cost),
      fundingBasis: cashFlow(isOption ? 0n : basis * 10n ** 18n),
    }
  })

export const portfolios: fc.Arbitrary<Portfolio> = fc.record({
  holdings: fc.uniqueArray(holding, { maxLength: 5, selector: ({ asset: id }) => id }),
  positions: fc.uniqueArray(position, { maxLength: 5, selector: ({ market }) => market }),
})

/** Orders of at most so many markets. */
export function ordersOf(markets: number): fc.Arbitrary<readonly Order[]> {
  const one = (ids: readonly MarketId[]) =>
    fc.record({
      market: fc.constantFrom(...ids),
      side: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
      remaining: fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 20n })).map(quantity),
      limit: fc.bigInt({ min: 1n, max: 10n ** 22n }).map(price),
    })
  return fc
    .uniqueArray(fc.constantFrom(...MARKET_IDS), { minLength: 1, maxLength: markets })
    .chain((ids) => fc.array(one(ids), { maxLength: 5 }))
    .map((rows) => rows.map((row, i): Order => ({ ...row, id: orderId(`${i}`) })))
}

export const elsewheres: fc.Arbitrary<Elsewhere> = fc
  .tuple(fc.array(portfolios, { maxLength: 2 }), fc.bigInt({ min: 0n, max: 10n ** 24n }))
  .map(([others, venue]) => ({ others: () => others, venueHolding: () => quantity(venue) }))

export const TIME = timestamp(NOW)
