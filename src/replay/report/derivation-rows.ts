import { atomsOf, centsDown, centsUp } from '../../report/amount.ts'
import { sharedSteps } from '../../report/shared-steps.ts'
import type { LiquidatedAccount } from './replay-report.ts'

export interface PrintedPart {
  readonly id: string
  readonly note: string
  readonly cents: bigint
}

/** A requirement and its parts in cents that add up to it, and how far the account fell short. */
export interface DerivationRows {
  /** Rounded DOWN: what is held against a requirement. */
  readonly netLiquidationValue: bigint
  readonly parts: readonly PrintedPart[]
  /** Rounded UP. */
  readonly maintenanceMargin: bigint
  /** Net liquidation value less maintenance margin, as shown. */
  readonly excess: bigint
}

const ATOMS_PER_CENT = 10n ** 16n

/**
 * Each part is rounded down to cents, and the cents missing to the total go to the parts that lost most by it (then the first).
 * Parts that do not add up to the requirement get one more that says so; where none are known, none are made up.
 */
export function derivationRows({
  netLiquidationValue,
  maintenanceMargin,
  derivation,
}: LiquidatedAccount): DerivationRows {
  const total = centsUp(atomsOf(maintenanceMargin))
  const exact = derivation.map(({ id, note, value }) => ({ id, note, atoms: atomsOf(value) }))
  const rest = atomsOf(maintenanceMargin) - exact.reduce((sum, { atoms }) => sum + atoms, 0n)
  if (rest !== 0n && exact.length > 0) exact.push({ id: 'not itemised', note: '', atoms: rest })
  const held = centsDown(atomsOf(netLiquidationValue))
  const cents = sharedSteps(
    exact.map(({ atoms }) => atoms),
    { total, step: ATOMS_PER_CENT },
  )
  const parts = exact.map(({ id, note }, i) => ({ id, note, cents: cents[i] ?? 0n }))
  return { netLiquidationValue: held, parts, maintenanceMargin: total, excess: held - total }
}
