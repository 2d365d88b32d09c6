/** Parts of a section of an epoch, as JSON, for tests. */

export const DEPTH = {
  halfSpreadPpm: 100,
  impactFactorPpm: 1_000_000,
  dailyVolatilityPpm: 30_000,
  dailyVolumeUnits: '50000.5',
}
export const ASSET = {
  isCollateral: true,
  jumpClass: 'major',
  depth: DEPTH,
  concentration: { freeUnits: '1000', surchargePpm: 50_000 },
}
export const FACTOR = { riskWeightPpm: 110_000, loadingsPpm: [800_000, 0, 0, 0], marketFallSign: -1, earnsOffset: true }

/** A complete section, small: a coin with all kinds of contracts, and a claim. */
export const SECTION = {
  source: 'typed for tests',
  creditedSharePpm: 800_000,
  oneWeightPpm: 200_000,
  breakWeightPpm: 100_000,
  factors: {
    BTC: FACTOR,
    'BTC/basis/perpetual': FACTOR,
    'BTC/basis/future': FACTOR,
    'BTC/vol': { ...FACTOR, marketFallSign: 1 },
    'USDC/peg': FACTOR,
  },
  initialFactorPpm: 1_250_000,
  assets: {
    BTC: ASSET,
    USDC: { ...ASSET, claim: { betaPpm: 1_000_000, maintenanceSlipPpm: 30_000, initialSlipPpm: 120_000 } },
  },
  contracts: {
    BTC: {
      perpetual: DEPTH,
      future: DEPTH,
      option: {
        depth: DEPTH,
        minimumPpm: 10_000,
        grid: {
          priceMovesPpm: [-104_403, 0, 116_537],
          volatilityDownPpm: -250_000,
          volatilityUpPpm: 500_000,
          termPowerQuarters: 1,
          volatilityFloor: '0.3',
        },
      },
    },
  },
  scenarios: [
    { id: 'BTC +1', dampPpm: 1_000_000, initialOnly: false, movesPpm: { BTC: 116_537, 'BTC/vol': -250_000 } },
    { id: 'crash', dampPpm: 500_000, initialOnly: true, movesPpm: { BTC: -395_000 } },
  ],
  windows: { count: 3, columns: { BTC: [-1_000_000, 0, 10_000_000_000], 'USDC/peg': [1, -1, 0] } },
  basis: { maintenancePpm: 10_000, initialPpm: 50_000 },
  jumps: {
    major: { longPpm: 150_000, shortPpm: 150_000 },
    large: { longPpm: 350_000, shortPpm: 500_000 },
    other: { longPpm: 500_000, shortPpm: 800_000 },
  },
  keeper: { flatFeeUsd: '5', keeperPpm: 500 },
  confidenceThresholdPpm: 990_000,
  warnUsagePpm: 800_000,
  reduceOnlyUsagePpm: 900_000,
}
