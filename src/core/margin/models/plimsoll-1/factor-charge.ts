import { larger } from '../../../quantity/arithmetic.ts'
import { type Extremes, extremesUp, widest } from '../../../quantity/adverse.ts'
import type { Move } from '../../../quantity/move.ts'
import { NO_PPM, type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { factorOf } from './factor-model.ts'
import type { FactorCharge, MeasuredEpoch } from './measured-epoch.ts'

type Tables = Pick<MeasuredEpoch, 'parameters' | 'scenarios' | 'windows'>

/** Charge of a factor, worked out once. */
export function factorCharges(epoch: Tables): (factor: FactorId) => FactorCharge {
  const charges = new Map<FactorId, FactorCharge>()
  return (factor) => {
    const known = charges.get(factor)
    if (known !== undefined) return known
    const charge = chargeOf(factor, epoch)
    charges.set(factor, charge)
    return charge
  }
}

function chargeOf(factor: FactorId, { parameters, scenarios, windows }: Tables): FactorCharge {
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
