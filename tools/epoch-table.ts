import type {
  AssetDescription,
  ContractDescription,
  CrashDescription,
  EpochDescription,
  FactorDescription,
  Tier,
  TradingDescription,
} from '../src/estimate/epoch/description.ts'

/**
 * The provisional epoch, typed in by hand; epochs/README.md says where each group of figures comes from. Its windows are simulated
 * and come from tools/make-epoch.ts.
 */
export type TypedEpoch = Omit<EpochDescription, 'windows'>

type Loadings = FactorDescription['loadings']

interface Coin {
  readonly tier: Tier
  readonly sigma: number
  /** Of the whole market, of bitcoin and ether against the rest, of old payment coins, of volatility. */
  readonly loadings: Loadings
  readonly dailyUnits: number
  /** Collapsed later: known as it was before, but it never earned an offset. */
  readonly later?: 'collapsed'
}

/** 99.5% quantile of a day's |return| in sigmas. */
const QUANTILE: Readonly<Record<Tier, number>> = { major: 3.95, large: 4.2, other: 4.4 }
const HALF_SPREAD: Readonly<Record<Tier, number>> = { major: 0.0002, large: 0.0005, other: 0.0015 }
const BASIS_MOVE: Readonly<Record<Tier, { perpetual: number; future: number }>> = {
  major: { perpetual: 0.006, future: 0.008 },
  large: { perpetual: 0.01, future: 0.012 },
  other: { perpetual: 0.015, future: 0.015 },
}
const SURCHARGE: Readonly<Record<Tier, number>> = { major: 0.05, large: 0.1, other: 0.2 }
const UNRELATED: Loadings = [0, 0, 0, 0]

const COINS: Readonly<Record<string, Coin>> = {
  ADA: { tier: 'large', sigma: 0.052, loadings: [0.8, -0.05, 0.2, 0], dailyUnits: 140_000_000 },
  AVAX: { tier: 'large', sigma: 0.063, loadings: [0.76, -0.15, 0, 0], dailyUnits: 2_300_000 },
  BCH: { tier: 'large', sigma: 0.051, loadings: [0.8, 0.05, 0.1, 0], dailyUnits: 100_000 },
  BNB: { tier: 'large', sigma: 0.05, loadings: [0.76, 0, 0, 0], dailyUnits: 620_000 },
  BTC: { tier: 'major', sigma: 0.0305, loadings: [0.85, 0.3, 0, 0], dailyUnits: 56_000 },
  DOGE: { tier: 'large', sigma: 0.077, loadings: [0.57, -0.05, 0, 0], dailyUnits: 1_000_000_000 },
  ETH: { tier: 'major', sigma: 0.039, loadings: [0.88, 0.12, 0, 0], dailyUnits: 480_000 },
  FTT: { tier: 'other', sigma: 0.054, loadings: [0.88, 0.1, 0, 0], dailyUnits: 550_000, later: 'collapsed' },
  LINK: { tier: 'large', sigma: 0.0545, loadings: [0.82, -0.05, 0, 0], dailyUnits: 5_300_000 },
  LTC: { tier: 'large', sigma: 0.047, loadings: [0.84, 0.05, 0.1, 0], dailyUnits: 590_000 },
  LUNA: { tier: 'other', sigma: 0.09, loadings: [0.62, -0.05, 0, 0], dailyUnits: 6_600_000, later: 'collapsed' },
  SOL: { tier: 'large', sigma: 0.06, loadings: [0.74, -0.1, 0, 0], dailyUnits: 3_600_000 },
  XLM: { tier: 'large', sigma: 0.052, loadings: [0.75, 0, 0.45, 0], dailyUnits: 100_000_000 },
  XMR: { tier: 'large', sigma: 0.05, loadings: [0.7, 0.05, 0, 0], dailyUnits: 60_000 },
  XRP: { tier: 'large', sigma: 0.054, loadings: [0.72, 0, 0.4, 0], dailyUnits: 350_000_000 },
}

/** An algorithmic stablecoin is no claim, as nobody redeems it: a price of its own. */
const UST: Coin = {
  tier: 'other',
  sigma: 0.0105,
  loadings: [0.15, 0, 0, 0],
  dailyUnits: 92_000_000,
  later: 'collapsed',
}

interface TypedClaim {
  readonly reference?: string
  readonly sigma: number
  /** x of the peg. */
  readonly move: number
  readonly dailyUnits: number
  readonly halfSpread: number
}

const CLAIMS: Readonly<Record<string, TypedClaim>> = {
  BETH: { reference: 'ETH', sigma: 0.012, move: 0.05, dailyUnits: 600, halfSpread: 0.0015 },
  BUSD: { sigma: 0.0011, move: 0.01, dailyUnits: 580_000_000, halfSpread: 0.0001 },
  DAI: { sigma: 0.0022, move: 0.014, dailyUnits: 240_000_000, halfSpread: 0.0002 },
  USDC: { sigma: 0.0011, move: 0.01, dailyUnits: 3_900_000_000, halfSpread: 0.0001 },
  USDT: { sigma: 0.001, move: 0.01, dailyUnits: 54_000_000_000, halfSpread: 0.0001 },
  stETH: { reference: 'ETH', sigma: 0.006, move: 0.03, dailyUnits: 20_000, halfSpread: 0.0005 },
  wstETH: { reference: 'ETH', sigma: 0.006, move: 0.03, dailyUnits: 10_000, halfSpread: 0.0005 },
}
const STABLECOIN_SLIP = { maintenance: 0.03, initial: 0.12 }
const STAKED_SLIP = { maintenance: 0.05, initial: 0.1 }

interface TypedOption {
  readonly dailyUnits: number
  readonly volatilityFloor: string
  readonly loadings: Loadings
}

const OPTIONS: Readonly<Record<string, TypedOption>> = {
  BTC: { dailyUnits: 20_000, volatilityFloor: '0.3', loadings: [-0.35, 0, 0, 0.8] },
  ETH: { dailyUnits: 150_000, volatilityFloor: '0.35', loadings: [-0.4, 0, 0, 0.78] },
  SOL: { dailyUnits: 200_000, volatilityFloor: '0.45', loadings: [-0.4, 0, 0, 0.65] },
}
const VOLATILITY = { down: -0.25, up: 0.5, sigma: 0.06 }

/** Where a coin has no series of that day, the median of those that have stands in for it. */
const BLACK_THURSDAY_DONOR = -0.412
const MAY_2021_DONOR = -0.335
const CRASHES: readonly CrashDescription[] = [
  {
    id: 'crash of 2020-03-12',
    damp: 0.5,
    returns: {
      ADA: -0.412,
      AVAX: BLACK_THURSDAY_DONOR,
      BCH: -0.447,
      BNB: -0.429,
      BTC: -0.395,
      DOGE: -0.321,
      ETH: -0.446,
      FTT: BLACK_THURSDAY_DONOR,
      LINK: BLACK_THURSDAY_DONOR,
      LTC: -0.385,
      LUNA: BLACK_THURSDAY_DONOR,
      SOL: BLACK_THURSDAY_DONOR,
      XLM: -0.376,
      XMR: -0.439,
      XRP: BLACK_THURSDAY_DONOR,
    },
  },
  {
    id: 'crash of 2021-05-19',
    damp: 0.5,
    returns: {
      ADA: -0.268,
      AVAX: -0.375,
      BCH: -0.362,
      BNB: -0.341,
      BTC: -0.144,
      DOGE: -0.307,
      ETH: -0.277,
      FTT: -0.281,
      LINK: -0.384,
      LTC: -0.368,
      LUNA: -0.395,
      SOL: -0.375,
      XLM: -0.313,
      XMR: MAY_2021_DONOR,
      XRP: -0.335,
    },
  },
]

export const PROVISIONAL: TypedEpoch = {
  source:
    'hand-written, not calibrated: plausible figures for trying the engine, windows simulated; never use it for money. ' +
    'epochs/README.md says where each group of figures comes from',
  creditedShare: 0.8,
  oneWeight: 0.2,
  breakWeight: 0.1,
  initialFactor: 1.25,
  factors: { ...priceFactors(), ...basisFactors(), ...volatilityFactors(), ...pegFactors() },
  assets: { ...coinAssets(), ...claimAssets() },
  contracts: Object.fromEntries(Object.entries(COINS).map(([id, coin]) => [id, contractsOn(id, coin)])),
  crashes: CRASHES,
  basis: { maintenance: 0.01, initial: 0.05 },
  jumps: {
    major: { long: 0.15, short: 0.15 },
    large: { long: 0.35, short: 0.5 },
    other: { long: 0.5, short: 0.8 },
  },
  keeper: { flatFeeUsd: 5, share: 0.0005 },
  confidenceThreshold: 0.99,
  warnUsage: 0.8,
  reduceOnlyUsage: 0.9,
}

function priceFactors(): Record<string, FactorDescription> {
  return eachOf({ ...COINS, UST }, ({ tier, sigma, loadings, later }, id) => [
    id,
    factor(sigma, QUANTILE[tier] * sigma, loadings, { earnsOffset: later === undefined }),
  ])
}

/** No history is at hand: a quarter of the move is taken for sigma. */
function basisFactors(): Record<string, FactorDescription> {
  const kind = (name: 'perpetual' | 'future') =>
    eachOf(COINS, ({ tier, later }, id) => {
      const move = BASIS_MOVE[tier][name]
      return [`${id}/basis/${name}`, factor(move / 4, move, UNRELATED, { earnsOffset: later === undefined })]
    })
  return { ...kind('perpetual'), ...kind('future') }
}

/** x is what takes a volatility as far up as the grid does. */
function volatilityFactors(): Record<string, FactorDescription> {
  return eachOf(OPTIONS, ({ loadings }, id) => [
    `${id}/vol`,
    { ...factor(VOLATILITY.sigma, Math.log(1 + VOLATILITY.up), loadings, { earnsOffset: true }), inMarketFall: 'up' },
  ])
}

function pegFactors(): Record<string, FactorDescription> {
  return eachOf(CLAIMS, ({ sigma, move }, id) => [`${id}/peg`, factor(sigma, move, UNRELATED, { earnsOffset: true })])
}

function factor(
  dailySigma: number,
  logMove: number,
  loadings: Loadings,
  { earnsOffset }: { readonly earnsOffset: boolean },
): FactorDescription {
  return { dailySigma, logMove, loadings, inMarketFall: 'down', earnsOffset }
}

function coinAssets(): Record<string, AssetDescription> {
  return eachOf({ ...COINS, UST }, ({ tier, dailyUnits }, id) => [
    id,
    {
      isCollateral: true,
      tier,
      trading: trading(HALF_SPREAD[tier], dailyUnits),
      concentration: { freeUnits: dailyUnits, surcharge: SURCHARGE[tier] },
    },
  ])
}

function claimAssets(): Record<string, AssetDescription> {
  return eachOf(CLAIMS, ({ reference, dailyUnits, halfSpread }, id) => [
    id,
    {
      isCollateral: true,
      tier: 'major',
      trading: trading(halfSpread, dailyUnits),
      concentration: { freeUnits: dailyUnits, surcharge: SURCHARGE.major },
      claim: reference === undefined ? { beta: 1, slip: STABLECOIN_SLIP } : { reference, beta: 1, slip: STAKED_SLIP },
    },
  ])
}

/** A perpetual trades five times what the coin does, a future half of it. */
function contractsOn(id: string, { tier, dailyUnits }: Coin): ContractDescription {
  const halfSpread = HALF_SPREAD[tier]
  const option = OPTIONS[id]
  return {
    perpetual: trading(halfSpread, dailyUnits * 5),
    future: trading(2 * halfSpread, dailyUnits / 2),
    ...(option === undefined
      ? {}
      : {
          option: {
            trading: trading(0.005, option.dailyUnits),
            minimum: 0.005,
            volatilityDown: VOLATILITY.down,
            volatilityUp: VOLATILITY.up,
            termPowerQuarters: 1,
            volatilityFloor: option.volatilityFloor,
          },
        }),
  }
}

function trading(halfSpread: number, dailyVolumeUnits: number): TradingDescription {
  return { halfSpread, impactFactor: 1, dailyVolumeUnits }
}

function eachOf<Row, Made>(
  rows: Readonly<Record<string, Row>>,
  make: (row: Row, id: string) => readonly [string, Made],
): Record<string, Made> {
  return Object.fromEntries(Object.entries(rows).map(([id, row]) => make(row, id)))
}
