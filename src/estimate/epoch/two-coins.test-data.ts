import type { EpochDescription } from './description.ts'

const TRADING = { halfSpread: 0.0002, impactFactor: 1, dailyVolumeUnits: 1_000 }
const CONCENTRATION = { freeUnits: 500, surcharge: 0.05 }
const COIN = { isCollateral: true, tier: 'major', trading: TRADING, concentration: CONCENTRATION } as const
const PRICE = { inMarketFall: 'down', earnsOffset: true } as const

/**
 * Two coins of correlation 0.8 * 0.6 + 0.2 * 0.5 = 0.58, one of them with options whose volatility has -0.4 * 0.8 = -0.32 with its
 * price; and a claim. x of A is ln 1.25, so that its risk weight is 1/5; x of B is ln 2, a risk weight of 1/2.
 */
export const TWO_COINS: EpochDescription = {
  source: 'typed for tests',
  creditedShare: 0.8,
  oneWeight: 0.25,
  breakWeight: 0.1,
  initialFactor: 1.25,
  factors: {
    A: { ...PRICE, dailySigma: 0.05, logMove: Math.log(1.25), loadings: [0.8, 0.2, 0, 0] },
    B: { ...PRICE, dailySigma: 0.1, logMove: Math.log(2), loadings: [0.6, 0.5, 0, 0] },
    'A/vol': {
      dailySigma: 0.06,
      logMove: Math.log(1.5),
      loadings: [-0.4, 0, 0, 0.7],
      inMarketFall: 'up',
      earnsOffset: true,
    },
    'A/basis/perpetual': { ...PRICE, dailySigma: 0.002, logMove: 0.01, loadings: [0, 0, 0, 0], earnsOffset: false },
    'C/peg': { ...PRICE, dailySigma: 0.001, logMove: 0.01, loadings: [0, 0, 0, 0] },
  },
  assets: {
    A: COIN,
    B: { ...COIN, tier: 'other', isCollateral: false },
    C: { ...COIN, claim: { reference: 'B', beta: 0.9, slip: { maintenance: 0.05, initial: 0.1 } } },
  },
  contracts: {
    A: {
      perpetual: TRADING,
      option: {
        trading: { ...TRADING, halfSpread: 0.01 },
        minimum: 0.005,
        volatilityDown: -0.25,
        volatilityUp: 0.5,
        termPowerQuarters: 1,
        volatilityFloor: '0.3',
      },
    },
  },
  crashes: [{ id: 'crash', damp: 0.5, returns: { A: -0.4, B: -0.5 } }],
  windows: { A: [-2, 0, 3], 'A/vol': [1, 0, -1] },
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
