import { isLess, isPositive } from '../../../quantity/arithmetic.ts'
import type { Depth } from '../../../quantity/liquidity.ts'
import type { Ppm } from '../../../quantity/ppm.ts'
import { quantity, QUANTITY_BOUND } from '../../../quantity/quantity.ts'
import { type AssetId, assetId, isName } from '../../../instrument/identifier.ts'
import type { JumpClass } from './floors.ts'
import type { AssetRisk, ClaimRisk, Concentration, ShareBySide } from './parameters.ts'
import { FieldError, fields } from './section-field.ts'
import { atoms, ppmWithin, share, truth } from './section-figure.ts'

/** For figures that may exceed the whole, but not by an order of magnitude. */
const TENFOLD = { from: 0, to: 10_000_000 }

/** `{ isCollateral, jumpClass, depth, concentration: { freeUnits, surchargePpm }, claim }`; without `claim` it stands for itself. */
export function assetRisk(row: unknown, at: string): AssetRisk {
  const got = fields(row, at, ['isCollateral', 'jumpClass', 'depth', 'concentration', 'claim'])
  return {
    isCollateral: truth(got.isCollateral, `${at}.isCollateral`),
    jumpClass: jumpClass(got.jumpClass, `${at}.jumpClass`),
    depth: depth(got.depth, `${at}.depth`),
    concentration: concentration(got.concentration, `${at}.concentration`),
    claim: got.claim === undefined ? undefined : claim(got.claim, `${at}.claim`),
  }
}

/** `{ halfSpreadPpm, impactFactorPpm, dailyVolatilityPpm, dailyVolumeUnits }`; a volume above 0. */
export function depth(row: unknown, at: string): Depth {
  const got = fields(row, at, ['halfSpreadPpm', 'impactFactorPpm', 'dailyVolatilityPpm', 'dailyVolumeUnits'])
  const halfSpread = share(got.halfSpreadPpm, `${at}.halfSpreadPpm`)
  const impactFactor = ppmWithin(got.impactFactorPpm, `${at}.impactFactorPpm`, TENFOLD)
  const dailyVolatility = ppmWithin(got.dailyVolatilityPpm, `${at}.dailyVolatilityPpm`, TENFOLD)
  const dailyVolume = quantity(atoms(got.dailyVolumeUnits, `${at}.dailyVolumeUnits`, QUANTITY_BOUND))
  if (!isPositive(dailyVolume)) throw new FieldError(`${at}.dailyVolumeUnits`, 'more than 0', got.dailyVolumeUnits)
  return { halfSpread, impactFactor, dailyVolatility, dailyVolume }
}

/** Two shares of which the initial one is no less, from the fields of these names. */
export function shareBySide(got: { maintenance: unknown; initial: unknown }, names: SideNames): ShareBySide {
  const maintenance = share(got.maintenance, names.maintenance)
  const initial = share(got.initial, names.initial)
  requireNotBelow(initial, maintenance, names.initial, got.initial)
  return { maintenance, initial }
}

export interface SideNames {
  readonly maintenance: string
  readonly initial: string
}

/** What comes later, or is asked of more, is not less. */
export function requireNotBelow(figure: Ppm, least: Ppm, at: string, found: unknown): void {
  if (isLess(figure, least)) throw new FieldError(at, `at least ${least}`, found)
}

function jumpClass(got: unknown, at: string): JumpClass {
  if (got !== 'major' && got !== 'large' && got !== 'other') throw new FieldError(at, 'major, large or other', got)
  return got
}

function concentration(row: unknown, at: string): Concentration {
  const got = fields(row, at, ['freeUnits', 'surchargePpm'])
  const freeUnits = quantity(atoms(got.freeUnits, `${at}.freeUnits`, QUANTITY_BOUND))
  return { freeUnits, surcharge: share(got.surchargePpm, `${at}.surchargePpm`) }
}

function claim(row: unknown, at: string): ClaimRisk {
  const got = fields(row, at, ['reference', 'betaPpm', 'maintenanceSlipPpm', 'initialSlipPpm'])
  const reference = got.reference === undefined ? undefined : named(got.reference, `${at}.reference`)
  const beta = ppmWithin(got.betaPpm, `${at}.betaPpm`, TENFOLD)
  const names = { maintenance: `${at}.maintenanceSlipPpm`, initial: `${at}.initialSlipPpm` }
  return {
    reference,
    beta,
    slip: shareBySide({ maintenance: got.maintenanceSlipPpm, initial: got.initialSlipPpm }, names),
  }
}

function named(got: unknown, at: string): AssetId {
  if (typeof got !== 'string' || !isName(got)) throw new FieldError(at, 'the name of an asset', got)
  return assetId(got)
}
