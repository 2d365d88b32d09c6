import type { Epoch } from '../market/epoch.ts'
import type { RampTerms } from '../market/ramp-terms.ts'
import { withRamp } from './epoch-ramp.ts'
import { readRisk, type Risk } from './state.ts'

/** The epoch in force and how it came in, as plain documents: all that is kept of a risk, the rest is read from them. */
export interface AdoptedEpoch {
  readonly epoch: Epoch
  readonly ramp?: (RampTerms & { readonly from: AdoptedEpoch }) | undefined
}

export function adoptedEpoch({ epoch, ramp }: Risk): AdoptedEpoch {
  return ramp === undefined ? { epoch } : { epoch, ramp: { ...ramp.terms, from: adoptedEpoch(ramp.from) } }
}

/** The risk of documents that `adoptedEpoch` made. Throws RangeError for an epoch that this build cannot read. */
export function adoptedRisk({ epoch, ramp }: AdoptedEpoch): Risk {
  const reading = readRisk(epoch)
  if (reading?.ok !== true) throw new RangeError(`epoch ${epoch.id} cannot be read`)
  if (ramp === undefined) return reading.risk
  const { from, ...terms } = ramp
  return withRamp(adoptedRisk(from), reading.risk, terms)
}
