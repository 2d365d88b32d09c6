import { larger } from '../../../quantity/arithmetic.ts'
import { type Extremes, extremesUp, tailMeansUp, widest } from '../../../quantity/adverse.ts'
import { NO_PPM, WHOLE } from '../../../quantity/ppm.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import { factorOf } from './factor-model.ts'
import type { FactorCharge, MeasuredEpoch } from './measured-epoch.ts'
import { tailOf } from './scenario-loss.ts'

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
  const inWindows = windows.table.columnOf(factor) ?? []
  let scenario: Extremes = { fall: NO_PPM, rise: NO_PPM }
  let { rise } = extremesUp(inWindows, WHOLE)
  for (const { initialOnly, damp, moves } of scenarios) {
    if (initialOnly) continue
    const inScenarios = moves.table.columnOf(factor) ?? []
    scenario = widest(scenario, extremesUp(inScenarios, damp))
    rise = larger(rise, extremesUp(inScenarios, WHOLE).rise)
  }
  const history = tailMeansUp(inWindows, tailOf(windows.table.rowCount))
  return { weight: { fall: riskWeight, rise: riskWeight }, scenario, history, rise }
}
