import { add } from '../../../quantity/arithmetic.ts'
import { WHOLE } from '../../../quantity/ppm.ts'
import { shareOf } from '../../../quantity/product.ts'
import { NO_WIDE_VALUE, type Value, type WideValue } from '../../../quantity/value.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { deltaExposure, vegaExposure } from '../../../pricing/option-book.ts'
import { type CorrelatedMargin, correlatedMargin, type Exposures } from './correlated.ts'
import { priceFactor, volatilityFactor } from './factor-name.ts'
import { basisFloorUp, eventChargeUp, type JumpExposure, type PegExposure, pegFloorUp } from './floors.ts'
import type { MeasuredEpoch } from './prepared-epoch.ts'
import type { InitialSizeFreeTerms, SizeFreeTerms } from './requirement.ts'
import { narrowExposures, wideExposures } from './risk-line.ts'
import { type HistoryLoss, type Measured, type ScenarioLoss, worstHistory, worstScenario } from './scenario-loss.ts'
import { underlyingLegs } from './underlying-legs.ts'

/** What a portfolio can lose whatever its size (METHODOLOGY 3 to 5), one figure each; the largest is required. */
export interface SizeFreeMaintenance {
  readonly exposures: Exposures
  readonly correlated: CorrelatedMargin
  readonly scenario: ScenarioLoss
  readonly history: HistoryLoss
  readonly basis: Value
  readonly peg: Value
}

/** The same with the initial shares of basis and peg, and what counts on that side alone. */
export interface SizeFreeInitial extends SizeFreeMaintenance {
  readonly stress: ScenarioLoss
  readonly event: Value
}

export function sizeFreeMaintenance(of: Measured, epoch: MeasuredEpoch): SizeFreeMaintenance {
  return sizeFree(of, epoch, 'maintenance')
}

export function sizeFreeInitial(of: Measured, epoch: MeasuredEpoch): SizeFreeInitial {
  const measured = sizeFree(of, epoch, 'initial')
  const { jumps } = epoch.parameters
  return {
    ...measured,
    stress: worstScenario(of, epoch, 'initialOnly'),
    event: eventChargeUp(jumpExposures(measured.exposures, epoch), jumps),
  }
}

/** What each of them asks for. */
export function figuresOf({ correlated, scenario, history, basis, peg }: SizeFreeMaintenance): SizeFreeTerms {
  return { correlated: correlated.total, scenario: scenario.loss, history: history.loss, basis, peg }
}

export function initialFiguresOf(sizeFree: SizeFreeInitial): InitialSizeFreeTerms {
  return { ...figuresOf(sizeFree), stress: sizeFree.stress.loss, event: sizeFree.event }
}

/** USD per unit of return of each factor: linear instruments, and options by the differences of their nodes. */
export function factorExposures({ lines, options }: Measured): Exposures {
  const wide = wideExposures(lines)
  const plus = (factor: FactorId, exposure: WideValue) =>
    wide.set(factor, add(wide.get(factor) ?? NO_WIDE_VALUE, shareOf(exposure, WHOLE)))
  for (const { underlying, book } of options) {
    plus(priceFactor(underlying), deltaExposure(book))
    plus(volatilityFactor(underlying), vegaExposure(book))
  }
  return narrowExposures(wide)
}

function sizeFree(of: Measured, epoch: MeasuredEpoch, side: 'maintenance' | 'initial'): SizeFreeMaintenance {
  const { parameters } = epoch
  const exposures = factorExposures(of)
  return {
    exposures,
    correlated: correlatedMargin(exposures, parameters.factorModel),
    scenario: worstScenario(of, epoch, 'both'),
    history: worstHistory(of, epoch),
    basis: basisFloorUp(underlyingLegs(of), parameters.basis[side]),
    peg: pegFloorUp(pegExposures(exposures, epoch, side)),
  }
}

/** Exposures to pegs, with what is lost of each when it slips. */
export function pegExposures(
  exposures: Exposures,
  { pegs }: MeasuredEpoch,
  side: 'maintenance' | 'initial',
): readonly PegExposure[] {
  const claims: PegExposure[] = []
  for (const [factor, exposure] of exposures) {
    const slip = pegs.get(factor)?.slip[side]
    if (slip !== undefined) claims.push({ exposure, slip })
  }
  return claims
}

function jumpExposures(exposures: Exposures, { prices }: MeasuredEpoch): readonly JumpExposure[] {
  const jumps: JumpExposure[] = []
  for (const [factor, exposure] of exposures) {
    const jumpClass = prices.get(factor)?.jumpClass
    if (jumpClass !== undefined) jumps.push({ exposure, jumpClass })
  }
  return jumps
}
