import type { Effect, Figure, FigureGroup, FigureUnit } from '../../wire/epoch-report.ts'

/** What a field of an epoch is, and what a rise of it does to those it touches. */
export interface FigureKind {
  readonly label: string
  readonly group: FigureGroup
  readonly unit: FigureUnit
  readonly rise: Effect
}

/** From the best traded to the worst: a jump is larger further on. */
const JUMP_CLASSES = ['major', 'large', 'other']

/** By the last name of a field: no two fields of the section have one name and two meanings. */
const KINDS: ReadonlyMap<string, FigureKind> = new Map([
  ['riskWeightPpm', kind('risk weight', 'riskWeight', 'ppm', 'tighter')],
  ['loadingsPpm', kind('loadings', 'derived', 'list', 'neither')],
  ['marketFallSign', kind('direction in a market-wide fall', 'standing', 'text', 'neither')],
  ['earnsOffset', kind('earns offsets', 'standing', 'flag', 'looser')],
  ['isCollateral', kind('is collateral', 'standing', 'flag', 'looser')],
  ['jumpClass', kind('jump class', 'standing', 'text', 'tighter')],
  ['halfSpreadPpm', kind('half spread', 'size', 'ppm', 'tighter')],
  ['impactFactorPpm', kind('impact factor', 'size', 'ppm', 'tighter')],
  ['dailyVolatilityPpm', kind('daily volatility', 'size', 'ppm', 'tighter')],
  ['dailyVolumeUnits', kind('daily volume', 'size', 'units', 'looser')],
  ['freeUnits', kind('free units', 'size', 'units', 'looser')],
  ['surchargePpm', kind('concentration', 'size', 'ppm', 'tighter')],
  ['reference', kind('claim on', 'standing', 'text', 'neither')],
  ['betaPpm', kind('beta', 'size', 'ppm', 'neither')],
  ['maintenanceSlipPpm', kind('slip, MM', 'size', 'ppm', 'tighter')],
  ['initialSlipPpm', kind('slip, IM', 'size', 'ppm', 'tighter')],
  ['minimumPpm', kind('short minimum', 'size', 'ppm', 'tighter')],
  ['priceMovesPpm', kind('grid of prices', 'derived', 'list', 'neither')],
  ['volatilityDownPpm', kind('volatility down', 'size', 'ppm', 'looser')],
  ['volatilityUpPpm', kind('volatility up', 'size', 'ppm', 'tighter')],
  ['termPowerQuarters', kind('term power, quarters', 'size', 'number', 'neither')],
  ['volatilityFloor', kind('volatility floor', 'size', 'number', 'neither')],
  ['creditedSharePpm', kind('credited share', 'whole', 'ppm', 'looser')],
  ['oneWeightPpm', kind('weight of "one"', 'whole', 'ppm', 'tighter')],
  ['breakWeightPpm', kind('weight of "break"', 'whole', 'ppm', 'tighter')],
  ['initialFactorPpm', kind('iota, IM over MM', 'whole', 'ppm', 'tighter')],
  ['maintenancePpm', kind('basis floor, MM', 'whole', 'ppm', 'tighter')],
  ['initialPpm', kind('basis floor, IM', 'whole', 'ppm', 'tighter')],
  ['longPpm', kind('jump of a long', 'whole', 'ppm', 'tighter')],
  ['shortPpm', kind('jump of a short', 'whole', 'ppm', 'tighter')],
  ['flatFeeUsd', kind('keeper flat fee', 'whole', 'usd', 'tighter')],
  ['keeperPpm', kind('keeper share', 'whole', 'ppm', 'tighter')],
  ['confidenceThresholdPpm', kind('confidence threshold', 'whole', 'ppm', 'tighter')],
  ['warnUsagePpm', kind('usage of a warning', 'whole', 'ppm', 'neither')],
  ['reduceOnlyUsagePpm', kind('usage of reduce-only', 'whole', 'ppm', 'neither')],
  ['bufferPpm', kind('liquidation buffer', 'whole', 'ppm', 'tighter')],
  ['penaltyPpm', kind('liquidation penalty', 'whole', 'ppm', 'tighter')],
])

/** What a field such as `depth.halfSpreadPpm` is; one that is new here is a text under its own name. */
export function figureKind(field: string): FigureKind {
  return KINDS.get(field.slice(field.lastIndexOf('.') + 1)) ?? kind(field, 'size', 'text', 'neither')
}

/** What going from one figure to the other does. Where one of them is absent nothing is said. */
export function effectOf({ rise, unit }: FigureKind, before: Figure, after: Figure): Effect {
  const [from, to] = [rankOf(before, unit), rankOf(after, unit)]
  if (rise === 'neither' || from === undefined || to === undefined || from === to) return 'neither'
  return opposite(rise, to < from)
}

/** After over before, less one, to six places; null where one of them is no number or before is 0. */
export function relativeChange(unit: FigureUnit, before: Figure, after: Figure): number | null {
  if (unit === 'flag' || unit === 'text' || unit === 'list') return null
  const [from, to] = [Number(before ?? Number.NaN), Number(after ?? Number.NaN)]
  const change = to / from - 1
  return Number.isFinite(change) ? Math.round(change * 1e6) / 1e6 : null
}

/** Jump classes by how much they charge, other figures by their size; undefined where there is no order. */
function rankOf(figure: Figure, unit: FigureUnit): number | undefined {
  if (figure === null || unit === 'list') return undefined
  if (unit === 'text') {
    const rank = JUMP_CLASSES.indexOf(String(figure))
    return rank < 0 ? undefined : rank
  }
  return Number(figure)
}

function opposite(rise: Effect, isFall: boolean): Effect {
  if (!isFall) return rise
  return rise === 'tighter' ? 'looser' : 'tighter'
}

function kind(label: string, group: FigureGroup, unit: FigureUnit, rise: Effect): FigureKind {
  return { label, group, unit, rise }
}
