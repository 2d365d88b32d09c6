import type { NettingSetReport } from '../../../wire/margin-report.ts'
import { atomsOf, centsDown } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { setFigures } from '../set-figures.ts'

/** How much a netting set may lose before it is liquidated, all else as it is, and what that is called. */
export interface Cushion {
  readonly cents: bigint
  readonly says: string
}

/** Its excess; of a bucket with a line what is left of the line. */
export function cushionOf(set: NettingSetReport): Cushion {
  const { excess } = setFigures(set)
  if (set.line !== null && 'limit' in set.line) {
    const cents = excess + centsDown(atomsOf(set.line.limit))
    return { cents, says: `loss beyond excess and line, ${printedCents(cents)}` }
  }
  if (excess < 0n) return { cents: 0n, says: 'any loss: there is no excess left' }
  return { cents: excess, says: `loss beyond the excess of ${printedCents(excess)}` }
}
