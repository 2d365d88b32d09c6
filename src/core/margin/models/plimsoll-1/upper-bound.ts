import { larger } from '../../../quantity/arithmetic.ts'
import type { Value } from '../../../quantity/value.ts'
import { basisFloorUp, pegFloorUp } from './floors.ts'
import type { Measured } from './measured.ts'
import type { MeasuredEpoch } from './measured-epoch.ts'
import { factorExposures, pegExposures } from './size-free.ts'
import { termBounds } from './term-bounds.ts'
import { underlyingLegs } from './underlying-legs.ts'

/** At least the size-free part of MM, without a root, a scenario or a window; floors are worked out as they are. Undefined with options. */
export function sizeFreeBound(of: Measured, epoch: MeasuredEpoch): Value | undefined {
  const bounds = termBounds(of, epoch)
  if (bounds === undefined) return undefined
  const measured = larger(bounds('weight'), larger(bounds('scenario'), bounds('history')))
  const basis = basisFloorUp(underlyingLegs(of), epoch.parameters.basis.maintenance)
  const peg = pegFloorUp(pegExposures(factorExposures(of), epoch, 'maintenance'))
  return larger(measured, larger(basis, peg))
}
