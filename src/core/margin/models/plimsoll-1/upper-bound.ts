import { add, isLess, larger } from '../../../quantity/arithmetic.ts'
import {
  adverseLossUp,
  compoundedUp,
  extremeLoss,
  type Extremes,
  extremesUp,
  NO_ADVERSE_LOSS,
  sizedLoss,
  widest,
} from '../../../quantity/adverse.ts'
import type { Move } from '../../../quantity/move.ts'
import { NO_PPM, type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { shareOf } from '../../../quantity/product.ts'
import { NO_WIDE_VALUE, type Value, value, type WideValue } from '../../../quantity/value.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { factorOf } from './factor-model.ts'
import { basisFloorUp, pegFloorUp } from './floors.ts'
import type { MeasuredEpoch } from './prepared-epoch.ts'
import type { RiskLine } from './risk-line.ts'
import type { Measured } from './scenario-loss.ts'
import { factorExposures, pegExposures } from './size-free.ts'
import { underlyingLegs } from './underlying-legs.ts'

/** The most a factor is charged in any term of the maintenance side. */
export interface FactorCharge {
  /** Its own worst move in any damped scenario or window, and at least its risk weight. */
  readonly worst: Extremes
  /** Its largest rise, not damped: what moves on top of it moves so much more. */
  readonly rise: Ppm
}

/** Charge of a factor, worked out once. */
export function factorCharges(epoch: Omit<MeasuredEpoch, 'chargeOf'>): (factor: FactorId) => FactorCharge {
  const charges = new Map<FactorId, FactorCharge>()
  return (factor) => {
    const known = charges.get(factor)
    if (known !== undefined) return known
    const charge = chargeOf(factor, epoch)
    charges.set(factor, charge)
    return charge
  }
}

/**
 * At least the size-free part of MM, from sums of sizes and each factor's own worst move alone: no root, no scenario, no window.
 *
 * A line loses its price part and, on what the price left, its residual (basis, peg): -V (m + r + m r). Price parts of one factor are
 * netted, which is exact; of residuals the sizes are added, each with the largest rise of the price. That is at least the loss in any
 * row, hence any mean of them, and with risk weights in place of moves at least G + U, which is at least c K + (1 - c) G + U. Lines that
 * earn no offset are added by size. Floors are worked out as they are. Undefined with options: nothing so simple bounds them.
 */
export function sizeFreeBound(of: Measured, epoch: MeasuredEpoch): Value | undefined {
  if (of.options.length > 0) return undefined
  const net = new Map<FactorId, WideValue>()
  let sum = NO_ADVERSE_LOSS
  for (const line of of.lines) {
    const { price, residual } = partsOf(line)
    const above = price === undefined ? NO_PPM : epoch.chargeOf(price.factor).rise
    if (residual !== undefined) {
      const size = compoundedUp(largestOf(epoch.chargeOf(residual.factor)), above)
      sum = add(sum, sizedLoss(residual.share, size))
    }
    if (price === undefined) continue
    if (isNetted(line)) net.set(price.factor, add(net.get(price.factor) ?? NO_WIDE_VALUE, price.share))
    else sum = add(sum, extremeLoss(price.share, epoch.chargeOf(price.factor).worst))
  }
  for (const [factor, share] of net) sum = add(sum, extremeLoss(share, epoch.chargeOf(factor).worst))
  const measured = add(adverseLossUp(sum), value(BigInt(ROUNDINGS + 2 * of.lines.length)))
  const basis = basisFloorUp(underlyingLegs(of), epoch.parameters.basis.maintenance)
  const peg = pegFloorUp(pegExposures(factorExposures(of), epoch, 'maintenance'))
  return larger(measured, larger(basis, peg))
}

/** Three ceilings of the correlated component; each line has at most two exposures, each rounded itself. */
const ROUNDINGS = 4

interface Part {
  readonly factor: FactorId
  /** As `shareOf`. */
  readonly share: WideValue
}

function partsOf({ factors, worth }: RiskLine): {
  readonly price: Part | undefined
  readonly residual: Part | undefined
} {
  const whole = shareOf(worth, WHOLE)
  switch (factors.kind) {
    case 'asset':
      return { price: { factor: factors.price, share: whole }, residual: undefined }
    case 'claim': {
      const { reference, beta, peg } = factors
      const price = reference === undefined ? undefined : { factor: reference, share: shareOf(worth, beta) }
      return { price, residual: { factor: peg, share: whole } }
    }
    case 'contract':
      return { price: { factor: factors.price, share: whole }, residual: { factor: factors.basis, share: whole } }
    default:
      return factors satisfies never
  }
}

/** A claim that moves further than its reference stops at nothing before the reference does: its gains, held short, are not linear. */
function isNetted({ factors, earnsOffset }: RiskLine): boolean {
  return earnsOffset && (factors.kind !== 'claim' || !isLess(WHOLE, factors.beta))
}

function largestOf({ worst }: FactorCharge): Ppm {
  return larger(worst.fall, worst.rise)
}

function chargeOf(factor: FactorId, { parameters, scenarios, windows }: Omit<MeasuredEpoch, 'chargeOf'>): FactorCharge {
  const { riskWeight } = factorOf(parameters.factorModel, factor)
  let worst: Extremes = { fall: riskWeight, rise: riskWeight }
  let rise = NO_PPM
  const widen = (moves: readonly Move[], damp: Ppm) => {
    worst = widest(worst, extremesUp(moves, damp))
    rise = larger(rise, extremesUp(moves, WHOLE).rise)
  }
  for (const { initialOnly, damp, moves } of scenarios)
    if (!initialOnly) widen(moves.table.columnOf(factor) ?? [], damp)
  widen(windows.table.columnOf(factor) ?? [], WHOLE)
  return { worst, rise }
}
