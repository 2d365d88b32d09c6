import { add, isLess, larger } from '../../../quantity/arithmetic.ts'
import {
  adverseLossUp,
  compoundedUp,
  extremeLoss,
  followedUp,
  NO_ADVERSE_LOSS,
  sizedLoss,
} from '../../../quantity/adverse.ts'
import { NO_PPM, type Ppm, WHOLE } from '../../../quantity/ppm.ts'
import { shareOf } from '../../../quantity/product.ts'
import { NO_WIDE_VALUE, type Value, value, type WideValue } from '../../../quantity/value.ts'
import type { FactorId } from '../../../instrument/identifier.ts'
import type { Measured } from './measured.ts'
import type { MeasuredEpoch } from './measured-epoch.ts'
import type { RiskLine } from './risk-line.ts'

/** A term of the risk measure that is bounded by itself. */
export type BoundedTerm = 'weight' | 'scenario' | 'history'

/**
 * At least each term of the risk measure, from sums of sizes and each factor's own moves alone. Undefined with options: nothing so
 * simple bounds them.
 *
 * A line loses its price part and, on what the price left, its residual (basis, peg): -V (m + r + m r). Price parts of one factor are
 * netted, which is exact; of residuals the sizes are added, each with the largest rise of the price. Row by row that is at least the
 * loss, so its largest is at least the worst scenario; a mean of the worst rows is sub-additive, so the sum of each part's own mean is at
 * least that of the whole; and with risk weights it is at least G + U, which is at least c K + (1 - c) G + U. Lines that earn no
 * offset are added by size.
 */
export function termBounds(of: Measured, epoch: MeasuredEpoch): ((term: BoundedTerm) => Value) | undefined {
  if (of.options.length > 0) return undefined
  const net = new Map<FactorId, WideValue>()
  const alone: Part[] = []
  const residuals: { readonly part: Part; readonly above: Ppm }[] = []
  for (const line of of.lines) {
    const { price, residual, beta } = partsOf(line)
    const above = price === undefined ? NO_PPM : followedUp(epoch.chargeOf(price.factor).rise, beta)
    if (residual !== undefined) residuals.push({ part: residual, above })
    if (price === undefined) continue
    if (isNetted(line)) net.set(price.factor, add(net.get(price.factor) ?? NO_WIDE_VALUE, price.share))
    else alone.push(price)
  }
  for (const [factor, share] of net) alone.push({ factor, share })
  const roundings = value(BigInt(ROUNDINGS + 2 * of.lines.length))
  return (term) => {
    let sum = NO_ADVERSE_LOSS
    for (const { factor, share } of alone) sum = add(sum, extremeLoss(share, epoch.chargeOf(factor)[term]))
    for (const { part, above } of residuals) {
      const { fall, rise } = epoch.chargeOf(part.factor)[term]
      sum = add(sum, sizedLoss(part.share, compoundedUp(larger(fall, rise), above)))
    }
    return add(adverseLossUp(sum), roundings)
  }
}

/** Three ceilings of the correlated component; each line has at most two exposures, each rounded itself. */
const ROUNDINGS = 4

interface Part {
  readonly factor: FactorId
  /** As `shareOf`. */
  readonly share: WideValue
}

interface Parts {
  readonly price: Part | undefined
  readonly residual: Part | undefined
  /** How far the price part moves with its factor. */
  readonly beta: Ppm
}

function partsOf({ factors, worth }: RiskLine): Parts {
  const whole = shareOf(worth, WHOLE)
  switch (factors.kind) {
    case 'asset':
      return { price: { factor: factors.price, share: whole }, residual: undefined, beta: WHOLE }
    case 'claim': {
      const { reference, beta, peg } = factors
      const price = reference === undefined ? undefined : { factor: reference, share: shareOf(worth, beta) }
      return { price, residual: { factor: peg, share: whole }, beta }
    }
    case 'contract': {
      const { price, basis } = factors
      return { price: { factor: price, share: whole }, residual: { factor: basis, share: whole }, beta: WHOLE }
    }
    default:
      return factors satisfies never
  }
}

/** A claim that moves further than its reference stops at nothing before the reference does: its gains, held short, are not linear. */
function isNetted({ factors, earnsOffset }: RiskLine): boolean {
  return earnsOffset && (factors.kind !== 'claim' || !isLess(WHOLE, factors.beta))
}
