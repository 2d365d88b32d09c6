import { atomsOf, centsDown, centsUp } from '../../report/amount.ts'
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
  return { netLiquidationValue: held, parts: sharedOut(exact, total), maintenanceMargin: total, excess: held - total }
}

/** The cents to hand out are fewer than the parts, save for the total's own rounding up: at most one more. */
function sharedOut(
  exact: readonly { readonly id: string; readonly note: string; readonly atoms: bigint }[],
  total: bigint,
): readonly PrintedPart[] {
  const parts = exact.map(({ id, note, atoms }) => ({
    id,
    note,
    cents: centsDown(atoms),
    lost: atoms - centsDown(atoms) * ATOMS_PER_CENT,
  }))
  let missing = total - parts.reduce((sum, { cents }) => sum + cents, 0n)
  for (const part of parts.toSorted((a, b) => (a.lost > b.lost ? -1 : a.lost < b.lost ? 1 : 0))) {
    if (missing <= 0n) break
    part.cents += 1n
    missing -= 1n
  }
  return parts.map(({ id, note, cents }) => ({ id, note, cents }))
}
