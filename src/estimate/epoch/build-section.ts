import type {
  AssetDescription,
  ContractDescription,
  CrashDescription,
  EpochDescription,
  FactorDescription,
  OptionDescription,
  TradingDescription,
} from './description.ts'
import { moveOfLog, toPpm, weightOfLogMove } from './log-move.ts'
import { gridMoves, scenarioList } from './scenario-list.ts'
import type { AssetRow, ContractRow, DepthRow, FactorRow, ScenarioRow, Section } from './section.ts'

/**
 * The complete section of an epoch from its description: a pure function, every figure to the nearest ppm. Scenarios, grids and
 * depths are worked out from the rounded figures, so that they follow from the section itself. Throws RangeError for an asset or
 * underlying whose factor is not described.
 */
export function buildSection(description: EpochDescription): Section {
  const factors = mapped(description.factors, factorRow)
  const contracts = mapped(description.contracts, (row, id) => contractRow(row, id, description, factors))
  const oneWeightPpm = toPpm(description.oneWeight)
  const underlyings = Object.entries(description.assets)
    .filter(([, { claim }]) => claim === undefined)
    .map(([id]) => {
      const grid = contracts[id]?.option?.grid
      return grid === undefined ? { id } : { id, grid }
    })
  return {
    source: description.source,
    creditedSharePpm: toPpm(description.creditedShare),
    oneWeightPpm,
    breakWeightPpm: toPpm(description.breakWeight),
    factors,
    initialFactorPpm: toPpm(description.initialFactor),
    assets: mapped(description.assets, (row, id) => assetRow(row, id, description)),
    contracts,
    scenarios: [...scenarioList({ factors, underlyings, oneWeightPpm }), ...description.crashes.map(crashRow)],
    windows: windowTable(description),
    basis: { maintenancePpm: toPpm(description.basis.maintenance), initialPpm: toPpm(description.basis.initial) },
    jumps: mapped(description.jumps, ({ long, short }) => ({ longPpm: toPpm(long), shortPpm: toPpm(short) })),
    keeper: { flatFeeUsd: `${description.keeper.flatFeeUsd}`, keeperPpm: toPpm(description.keeper.share) },
    confidenceThresholdPpm: toPpm(description.confidenceThreshold),
    warnUsagePpm: toPpm(description.warnUsage),
    reduceOnlyUsagePpm: toPpm(description.reduceOnlyUsage),
  }
}

function factorRow({ logMove, loadings, inMarketFall, earnsOffset }: FactorDescription): FactorRow {
  return {
    riskWeightPpm: weightOfLogMove(logMove),
    loadingsPpm: loadings.map(toPpm),
    marketFallSign: inMarketFall === 'down' ? -1 : 1,
    earnsOffset,
  }
}

/** A claim is as volatile as what it stands for; one on the unit of account as its peg. */
function assetRow(
  { isCollateral, tier, trading, concentration, claim }: AssetDescription,
  id: string,
  all: EpochDescription,
) {
  const price = claim === undefined ? id : (claim.reference ?? `${id}/peg`)
  const row: AssetRow = {
    isCollateral,
    jumpClass: tier,
    depth: depthRow(trading, price, all),
    concentration: { freeUnits: `${concentration.freeUnits}`, surchargePpm: toPpm(concentration.surcharge) },
  }
  if (claim === undefined) return row
  const { reference, beta, slip } = claim
  const slips = { maintenanceSlipPpm: toPpm(slip.maintenance), initialSlipPpm: toPpm(slip.initial) }
  return { ...row, claim: { ...(reference === undefined ? {} : { reference }), betaPpm: toPpm(beta), ...slips } }
}

function contractRow(
  { perpetual, future, option }: ContractDescription,
  id: string,
  all: EpochDescription,
  factors: Readonly<Record<string, FactorRow>>,
): ContractRow {
  return {
    ...(perpetual === undefined ? {} : { perpetual: depthRow(perpetual, id, all) }),
    ...(future === undefined ? {} : { future: depthRow(future, id, all) }),
    ...(option === undefined
      ? {}
      : { option: optionRow(option, depthRow(option.trading, id, all), factorNamed(id, factors)) }),
  }
}

function optionRow(option: OptionDescription, depth: DepthRow, { riskWeightPpm }: FactorRow) {
  const { minimum, volatilityDown, volatilityUp, termPowerQuarters, volatilityFloor } = option
  const grid = {
    priceMovesPpm: gridMoves(riskWeightPpm),
    volatilityDownPpm: toPpm(volatilityDown),
    volatilityUpPpm: toPpm(volatilityUp),
    termPowerQuarters,
    volatilityFloor,
  }
  return { depth, minimumPpm: toPpm(minimum), grid }
}

function depthRow(trading: TradingDescription, factor: string, { factors }: EpochDescription): DepthRow {
  return {
    halfSpreadPpm: toPpm(trading.halfSpread),
    impactFactorPpm: toPpm(trading.impactFactor),
    dailyVolatilityPpm: toPpm(factorNamed(factor, factors).dailySigma),
    dailyVolumeUnits: `${trading.dailyVolumeUnits}`,
  }
}

/** Stress, on the initial side: the day as it was, of which the damped part is charged. */
function crashRow({ id, damp, returns }: CrashDescription): ScenarioRow {
  return { id, dampPpm: toPpm(damp), initialOnly: true, movesPpm: mapped(returns, toPpm) }
}

/** Rescaled to the volatility of today, then exponentiated. */
function windowTable({ windows, factors }: EpochDescription): Section['windows'] {
  const columns = mapped(windows, (returns, id) => {
    const { dailySigma } = factorNamed(id, factors)
    return returns.map((one) => moveOfLog(one * dailySigma))
  })
  return { count: Math.max(0, ...Object.values(columns).map(({ length }) => length)), columns }
}

function factorNamed<Row>(id: string, factors: Readonly<Record<string, Row>>): Row {
  const found = factors[id]
  if (found === undefined) throw new RangeError(`no factor is called ${id}`)
  return found
}

function mapped<From, To>(
  rows: Readonly<Record<string, From>>,
  make: (row: From, id: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, make(row, id)]))
}
