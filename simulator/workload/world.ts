import { parseDecimal18 } from '../../src/core/quantity/decimal.ts'
import { ppm } from '../../src/core/quantity/ppm.ts'
import { price, type Price } from '../../src/core/quantity/price.ts'
import { quantity, type Quantity } from '../../src/core/quantity/quantity.ts'
import { timestamp } from '../../src/core/quantity/timestamp.ts'
import { value, type Value } from '../../src/core/quantity/value.ts'
import type { Asset } from '../../src/core/instrument/asset.ts'
import type { BorrowCurve } from '../../src/core/instrument/borrow-curve.ts'
import type { CloseOutCost } from '../../src/core/instrument/close-out-cost.ts'
import { assetId, marketId } from '../../src/core/instrument/identifier.ts'
import type { DatedFuture, EuropeanOption, Perpetual, SpotPair } from '../../src/core/instrument/market.ts'
import type { Epoch } from '../../src/core/market/epoch.ts'

/** The small world of tests and simulations: five assets, three perpetuals, one spot pair, round figures throughout. */

export const USDT = assetId('USDT')
export const BTC = assetId('BTC')
export const ETH = assetId('ETH')
/** Hardly traded: high haircuts, wide spreads. */
export const THIN = assetId('THIN')
/** May be held, never owed. */
export const GOLD = assetId('GOLD')

/** A claim on ETH that can be redeemed: in simulations only. */
export const STAKED = assetId('STAKED')

export const BTC_PERP = marketId('BTC-PERP')
export const ETH_PERP = marketId('ETH-PERP')
export const THIN_PERP = marketId('THIN-PERP')
export const BTC_USDT = marketId('BTC-USDT')
export const GOLD_USDT = marketId('GOLD-USDT')
export const STAKED_USDT = marketId('STAKED-USDT')

/** Quantity of a decimal string: "1.5" is one and a half units. */
export function units(text: string): Quantity {
  return quantity(atoms(text))
}

/** Price of a decimal string. */
export function at(text: string): Price {
  return price(atoms(text))
}

/** USD of a decimal string. */
export function usd(text: string): Value {
  return value(atoms(text))
}

/** Atoms (1e-18) of a decimal string. Throws RangeError for anything else. */
export function atoms(text: string): bigint {
  const parsed = parseDecimal18(text)
  if (!parsed.ok) throw new RangeError(`${text}: ${parsed.problem}`)
  return parsed.atoms
}

/** Half a basis point spread and 0.1% impact per million: what a liquid market costs. */
const LIQUID: CloseOutCost = { halfSpreadPpm: ppm(500n), impactPpm: ppm(1_000n), impactNotional: usd('1000000') }
const ILLIQUID: CloseOutCost = { halfSpreadPpm: ppm(10_000n), impactPpm: ppm(50_000n), impactNotional: usd('10000') }

const PRICE_RULES = { freshForMs: 60_000, lowConfidencePpm: ppm(10_000n), dailyVolatilityPpm: ppm(40_000n) }

/** The same yearly rate at every utilisation, and everything lent may be borrowed. */
export function flatCurve(yearlyPpm: bigint): BorrowCurve {
  const yearly = ppm(yearlyPpm)
  return { basePpm: yearly, kinkPpm: ppm(800_000n), atKinkPpm: yearly, atFullPpm: yearly, capPpm: ppm(1_000_000n) }
}

/** An asset with 18 decimals at 5% a year; give what differs. */
export function assetTerms(terms: Partial<Asset> & Pick<Asset, 'id'>): Asset {
  return {
    nativeDecimals: 18,
    borrowable: true,
    borrowCurve: flatCurve(50_000n),
    priceRules: PRICE_RULES,
    closeOutCost: LIQUID,
    ...terms,
  }
}

/** A perpetual on BTC settled in USDT: tick 0.1, lot 0.001, band 10%, at most 1,000 contracts long; give what differs. */
export function perpetualTerms(terms: Partial<Perpetual> & Pick<Perpetual, 'id'>): Perpetual {
  return {
    kind: 'perpetual',
    tick: at('0.1'),
    lot: units('0.001'),
    minimumQuantity: units('0.001'),
    priceBandPpm: ppm(100_000n),
    closeOutCost: LIQUID,
    underlying: BTC,
    settlement: USDT,
    maximumOpenInterest: units('1000'),
    ...terms,
  }
}

/** When contracts with an end come to it unless told otherwise: a day after tests begin. */
export const USUAL_EXPIRY = timestamp(1_700_000_000_000 + 86_400_000)

/** A future on BTC settled in USDT, otherwise as `perpetualTerms`; give what differs. */
export function futureTerms(terms: Partial<DatedFuture> & Pick<DatedFuture, 'id'>): DatedFuture {
  return { ...perpetualTerms({ id: terms.id }), kind: 'future', expiry: USUAL_EXPIRY, ...terms }
}

/** A call on BTC at 50,000 settled in USDT, band 50%, otherwise as `perpetualTerms`; give what differs. */
export function optionTerms(terms: Partial<EuropeanOption> & Pick<EuropeanOption, 'id'>): EuropeanOption {
  const priceBandPpm = ppm(500_000n)
  const own = { kind: 'option', expiry: USUAL_EXPIRY, strike: at('50000'), right: 'call', priceBandPpm } as const
  return { ...perpetualTerms({ id: terms.id }), ...own, ...terms }
}

/** BTC against USDT: tick 0.1, lot 0.00001, at least 0.0001, band 5%; give what differs. */
export function spotTerms(terms: Partial<SpotPair> & Pick<SpotPair, 'id'>): SpotPair {
  return {
    kind: 'spot',
    tick: at('0.1'),
    lot: units('0.00001'),
    minimumQuantity: units('0.0001'),
    priceBandPpm: ppm(50_000n),
    closeOutCost: LIQUID,
    base: BTC,
    quote: USDT,
    ...terms,
  }
}

/** Simulated curves by asset, of odd figures so that their roundings show. */
const CURVES: Readonly<Record<string, BorrowCurve>> = {
  USDT: curve(20_001n, 733_333n, 91_003n, 750_007n, 870_001n),
  BTC: curve(0n, 450_007n, 70_001n, 999_983n, 900_007n),
  ETH: curve(10_007n, 650_011n, 38_003n, 800_011n, 1_000_000n),
  THIN: curve(100_003n, 300_007n, 200_003n, 900_001n, 400_009n),
  STAKED: curve(5_003n, 500_009n, 60_007n, 700_001n, 800_011n),
}

const CURVED_TERMS: Readonly<Record<string, Partial<Asset>>> = {
  USDT: { backing: { redeemable: true } },
  ETH: { borrowCap: units('1') },
}

function curve(base: bigint, kink: bigint, atKink: bigint, atFull: bigint, cap: bigint): BorrowCurve {
  return {
    basePpm: ppm(base),
    kinkPpm: ppm(kink),
    atKinkPpm: ppm(atKink),
    atFullPpm: ppm(atFull),
    capPpm: ppm(cap),
  }
}

export const WORLD_ASSETS: readonly Asset[] = [
  assetTerms({ id: USDT, nativeDecimals: 6, borrowCurve: flatCurve(100_000n) }),
  assetTerms({ id: BTC, nativeDecimals: 8 }),
  assetTerms({ id: ETH }),
  assetTerms({ id: THIN, borrowCurve: flatCurve(300_000n), closeOutCost: ILLIQUID }),
  assetTerms({ id: GOLD, nativeDecimals: 2, borrowable: false }),
]

/**
 * The same assets with curves that bend and caps that bind, for simulations. USDT starts at 2% and can be redeemed for a dollar; THIN
 * may be borrowed to 40%, ETH to one unit in all. And STAKED, a claim on ETH.
 */
export const CURVED_ASSETS: readonly Asset[] = [
  ...WORLD_ASSETS,
  assetTerms({ id: STAKED, backing: { reference: ETH, redeemable: true } }),
].map((asset) => ({ ...asset, ...CURVED_TERMS[asset.id], borrowCurve: CURVES[asset.id] ?? asset.borrowCurve }))

export const WORLD_MARKETS: readonly (Perpetual | SpotPair)[] = [
  perpetualTerms({ id: BTC_PERP }),
  perpetualTerms({
    id: ETH_PERP,
    underlying: ETH,
    lot: units('0.01'),
    minimumQuantity: units('0.05'),
    maximumOpenInterest: units('20000'),
  }),
  perpetualTerms({
    id: THIN_PERP,
    underlying: THIN,
    tick: at('0.0001'),
    lot: units('1'),
    minimumQuantity: units('1'),
    closeOutCost: ILLIQUID,
    maximumOpenInterest: units('10000'),
  }),
  spotTerms({ id: BTC_USDT }),
  spotTerms({ id: GOLD_USDT, base: GOLD, lot: units('0.01'), minimumQuantity: units('0.01') }),
]

/** Those of a simulation: a claim can be bought and sold too. */
export const SIMULATED_MARKETS: readonly (Perpetual | SpotPair)[] = [
  ...WORLD_MARKETS,
  spotTerms({ id: STAKED_USDT, base: STAKED, lot: units('0.001'), minimumQuantity: units('0.001') }),
]

/** First prices in USD, of assets and (in USDT) of contracts. */
export const WORLD_PRICES = {
  assets: [
    [USDT, '1'],
    [BTC, '50000'],
    [ETH, '2500'],
    [THIN, '2'],
    [GOLD, '100'],
  ],
  marks: [
    [BTC_PERP, '50000'],
    [ETH_PERP, '2500'],
    [THIN_PERP, '2'],
  ],
} as const

/** What one STAKED redeems for at first. */
export const FIRST_RATE = '1.08'

/** First prices of a simulation. */
export const SIMULATED_PRICES = { ...WORLD_PRICES, assets: [...WORLD_PRICES.assets, [STAKED, '2690']] } as const

/** Figures of one asset in an epoch, ppm: [maintenance haircut, initial haircut, maintenance borrow, initial borrow]. */
export type AssetFigures = readonly [number, number, number, number]
/** Tiers of one market in an epoch: [above USD, maintenance ppm, initial ppm]. */
export type TierFigures = readonly (readonly [string, number, number])[]

export interface EpochFigures {
  readonly assets: Readonly<Record<string, AssetFigures>>
  readonly markets: Readonly<Record<string, TierFigures>>
  readonly bufferPpm: bigint
  readonly penaltyPpm: bigint
}

export const WORLD_FIGURES: EpochFigures = {
  assets: {
    USDT: [0, 0, 20_000, 50_000],
    BTC: [50_000, 100_000, 50_000, 100_000],
    ETH: [60_000, 120_000, 60_000, 120_000],
    THIN: [400_000, 600_000, 400_000, 800_000],
    GOLD: [100_000, 200_000, 1_000_000, 1_000_000],
  },
  markets: {
    'BTC-PERP': [
      ['0', 30_000, 50_000],
      ['1000000', 50_000, 100_000],
    ],
    'ETH-PERP': [['0', 40_000, 80_000]],
    'THIN-PERP': [
      ['0', 200_000, 400_000],
      ['20000', 300_000, 500_000],
    ],
  },
  bufferPpm: 100_000n,
  penaltyPpm: 10_000n,
}

/** Figures of a simulation. */
export const SIMULATED_FIGURES: EpochFigures = {
  ...WORLD_FIGURES,
  assets: { ...WORLD_FIGURES.assets, STAKED: [80_000, 150_000, 80_000, 150_000] },
}

/** An epoch for the model `standard`; give the figures that differ from WORLD_FIGURES. */
export function standardEpoch(id: string, figures: Partial<EpochFigures> = {}): Epoch {
  const { assets, markets, bufferPpm, penaltyPpm } = { ...WORLD_FIGURES, ...figures }
  const source = 'tests: no venue has these figures'
  const rows = Object.entries(assets).map(([asset, [held, heldInitial, owed, owedInitial]]) => [
    asset,
    {
      maintenanceHaircutPpm: held,
      initialHaircutPpm: heldInitial,
      maintenanceBorrowPpm: owed,
      initialBorrowPpm: owedInitial,
      source,
    },
  ])
  const tiers = Object.entries(markets).map(([market, list]) => [
    market,
    { tiers: list.map(([aboveUsd, maintenancePpm, initialPpm]) => ({ aboveUsd, maintenancePpm, initialPpm, source })) },
  ])
  const standard = { assets: Object.fromEntries(rows), markets: Object.fromEntries(tiers) }
  return {
    id,
    model: 'standard',
    sections: { standard },
    liquidation: { bufferPpm: ppm(bufferPpm), penaltyPpm: ppm(penaltyPpm) },
  }
}
