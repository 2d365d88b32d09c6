import type { EpochDescription, OptionDescription, Tier } from '../epoch/description.ts'

/** What an option on one underlying is assumed to be like: no history of implied volatilities is at hand. */
export type OptionAssumption = Omit<OptionDescription, 'trading'> & { readonly dailyVolumeUnits: number }

type Fixed = Pick<EpochDescription, 'creditedShare' | 'oneWeight' | 'breakWeight' | 'initialFactor'>
type Charges = Pick<
  EpochDescription,
  'basis' | 'jumps' | 'keeper' | 'confidenceThreshold' | 'warnUsage' | 'reduceOnlyUsage'
>

const FIXED: Fixed = { creditedShare: 0.8, oneWeight: 0.2, breakWeight: 0.1, initialFactor: 1.25 }

const CHARGES: Charges = {
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

const VOLATILITY_GRID = { minimum: 0.005, volatilityDown: -0.25, volatilityUp: 0.5, termPowerQuarters: 1 }

/** Published figures that no price history tells: those of METHODOLOGY 2 to 5, and judgement where `assumptionTexts` says so. */
export const ASSUMED = {
  weights: FIXED,
  charges: CHARGES,
  halfSpread: { major: 0.0002, large: 0.0005, other: 0.0015 } satisfies Record<Tier, number>,
  claimHalfSpread: 0.0005,
  impactFactor: 1,
  /** Of a day's volume, where nobody tells it. */
  dailyUsd: { major: 500e6, large: 50e6, other: 2e6 } satisfies Record<Tier, number>,
  /** Times what the coin trades. */
  perpetualVolume: 5,
  futureVolume: 0.5,
  basisMove: {
    major: { perpetual: 0.006, future: 0.008 },
    large: { perpetual: 0.01, future: 0.012 },
    other: { perpetual: 0.015, future: 0.015 },
  } satisfies Record<Tier, { perpetual: number; future: number }>,
  surcharge: { major: 0.05, large: 0.1, other: 0.2 } satisfies Record<Tier, number>,
  slip: {
    dollar: { maintenance: 0.03, initial: 0.12 },
    staked: { maintenance: 0.05, initial: 0.1 },
  },
  volatility: { sigma: 0.06, correlation: -0.35 },
  optionTrading: { halfSpread: 0.005, impactFactor: 1 },
  options: new Map<string, OptionAssumption>([
    ['BTC', { ...VOLATILITY_GRID, volatilityFloor: '0.3', dailyVolumeUnits: 20_000 }],
    ['ETH', { ...VOLATILITY_GRID, volatilityFloor: '0.35', dailyVolumeUnits: 150_000 }],
    ['SOL', { ...VOLATILITY_GRID, volatilityFloor: '0.45', dailyVolumeUnits: 200_000 }],
  ]),
  crashDamp: 0.5,
} as const

/** Days (UTC) that are charged as stress on the initial side, where prices go back that far. */
export const CRASH_DAYS = ['2020-03-12', '2021-05-19', '2022-06-13', '2022-11-09'] as const

export function assumptionTexts(withoutVolume: readonly string[]): readonly string[] {
  return [
    'No order books: half spreads are 0.02%, 0.05% and 0.15% of the price (majors, large, other), impact grows with the root of size over a day (Y = 1).',
    'Where no volume of a perpetual is known it trades five times what its coin does; dated futures trade half of it.',
    'No implied volatilities: they may rise by half or fall by a quarter, move 6% a day and against their price at a correlation of -0.35; floors of 30%, 35% and 45% for BTC, ETH and SOL.',
    'Bases of dated futures, and of perpetuals without prices of their own, move by 0.6% to 1.5% and with nothing else.',
    'Named crashes: a coin that had no price then fell as the median coin did; a half of the loss is charged.',
    'Depth of no asset is known: an offset is earned by history alone.',
    ...(withoutVolume.length === 0
      ? []
      : [
          `No volume of ${withoutVolume.length} assets (${shortList(withoutVolume)}): contracts on them are charged as if 500, 50 or 2 million USD were traded a day (majors, large, other), and they are no collateral.`,
        ]),
  ]
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
