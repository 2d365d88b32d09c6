import { parseDecimal18 } from '../../../quantity/decimal.ts'
import { type Ppm, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { type RateTier, rateTiers } from '../../../quantity/tier.ts'
import { isLess } from '../../../quantity/arithmetic.ts'
import { NO_VALUE, type Value, value, VALUE_BOUND } from '../../../quantity/value.ts'
import { type AssetId, assetId, isName, type MarketId, marketId } from '../../../instrument/identifier.ts'
import type { DecodedParameters } from '../../model.ts'

/** What one USD of an asset, held or owed, adds to a requirement. */
export interface AssetWeights {
  /** Share of a positive balance's value that counts for nothing: 1 - collateral weight. */
  readonly haircut: Ppm
  /** Share of a debt's value required on top of the debt. */
  readonly borrowWeight: Ppm
}

/** One requirement's figures: the maintenance and the initial side have one each. */
export interface SideParameters {
  readonly assets: ReadonlyMap<AssetId, AssetWeights>
  readonly markets: ReadonlyMap<MarketId, readonly RateTier[]>
}

export interface StandardParameters {
  readonly maintenance: SideParameters
  readonly initial: SideParameters
}

/** What is not in the table is worth nothing as collateral, and every dollar of debt or notional needs another. */
export const UNKNOWN_ASSET: AssetWeights = { haircut: WHOLE, borrowWeight: WHOLE }
export const UNKNOWN_MARKET: readonly RateTier[] = rateTiers([{ above: NO_VALUE, rate: WHOLE }])

interface TierRow {
  readonly above: Value
  readonly maintenance: Ppm
  readonly initial: Ppm
}
type AssetRow = { readonly [side in 'maintenance' | 'initial']: AssetWeights }

class SectionError extends Error {
  readonly field: string
  readonly expected: string
  readonly found: string
  constructor(field: string, expected: string, found: unknown) {
    super(`${field}: expected ${expected}`)
    this.field = field
    this.expected = expected
    this.found = found === undefined ? 'nothing' : (JSON.stringify(found, bigintAsText) ?? typeof found)
  }
}

/** JSON has no bigint, and a caller in the same process may well pass one. */
function bigintAsText(_key: string, found: unknown): unknown {
  return typeof found === 'bigint' ? `${found}n` : found
}

/**
 * Reads `{ assets: { ID: { maintenanceHaircutPpm, initialHaircutPpm, maintenanceBorrowPpm, initialBorrowPpm, source } },
 * markets: { ID: { tiers: [{ aboveUsd, maintenancePpm, initialPpm, source }] } } }`.
 * Initial figures are never below maintenance figures; tiers start at "0", ascend, and never get cheaper.
 */
export function decodeStandard(section: unknown): DecodedParameters<StandardParameters> {
  try {
    const { assets, markets } = fields(section, '$', ['assets', 'markets'])
    const assetRows = Object.entries(record(assets, 'assets')).map(
      ([id, row]) => [assetId(name(id, 'assets')), assetRow(row, `assets.${id}`)] as const,
    )
    const marketRows = Object.entries(record(markets, 'markets')).map(
      ([id, row]) => [marketId(name(id, 'markets')), tierRows(row, `markets.${id}`)] as const,
    )
    const side = (which: 'maintenance' | 'initial'): SideParameters => ({
      assets: new Map(assetRows.map(([id, row]) => [id, row[which]])),
      markets: new Map(
        marketRows.map(([id, rows]) => [id, rateTiers(rows.map((row) => ({ above: row.above, rate: row[which] })))]),
      ),
    })
    return { ok: true, parameters: { maintenance: side('maintenance'), initial: side('initial') } }
  } catch (error) {
    if (error instanceof SectionError)
      return { ok: false, field: error.field, expected: error.expected, found: error.found }
    throw error
  }
}

function assetRow(row: unknown, at: string): AssetRow {
  const names = [
    'maintenanceHaircutPpm',
    'initialHaircutPpm',
    'maintenanceBorrowPpm',
    'initialBorrowPpm',
    'source',
  ] as const
  const got = fields(row, at, names)
  text(got.source, `${at}.source`)
  const maintenance = {
    haircut: share(got.maintenanceHaircutPpm, `${at}.maintenanceHaircutPpm`),
    borrowWeight: share(got.maintenanceBorrowPpm, `${at}.maintenanceBorrowPpm`),
  }
  const initial = {
    haircut: share(got.initialHaircutPpm, `${at}.initialHaircutPpm`),
    borrowWeight: share(got.initialBorrowPpm, `${at}.initialBorrowPpm`),
  }
  requireNotBelow(initial.haircut, maintenance.haircut, `${at}.initialHaircutPpm`, got.initialHaircutPpm)
  requireNotBelow(initial.borrowWeight, maintenance.borrowWeight, `${at}.initialBorrowPpm`, got.initialBorrowPpm)
  return { maintenance, initial }
}

function tierRows(row: unknown, at: string): readonly TierRow[] {
  const { tiers } = fields(row, at, ['tiers'])
  if (!Array.isArray(tiers) || tiers.length === 0)
    throw new SectionError(`${at}.tiers`, 'a list of at least one tier', tiers)
  const rows = tiers.map((tier, i) => tierRow(tier, `${at}.tiers[${i}]`))
  rows.forEach((tier, i) => {
    const before = rows[i - 1]
    const where = `${at}.tiers[${i}]`
    if (before === undefined) {
      if (tier.above !== NO_VALUE)
        throw new SectionError(`${where}.aboveUsd`, 'the first tier to start at "0"', tiers[i].aboveUsd)
      return
    }
    if (!isLess(before.above, tier.above))
      throw new SectionError(`${where}.aboveUsd`, 'more than the tier before', tiers[i].aboveUsd)
    requireNotBelow(tier.maintenance, before.maintenance, `${where}.maintenancePpm`, tiers[i].maintenancePpm)
    requireNotBelow(tier.initial, before.initial, `${where}.initialPpm`, tiers[i].initialPpm)
  })
  return rows
}

function tierRow(tier: unknown, at: string): TierRow {
  const got = fields(tier, at, ['aboveUsd', 'maintenancePpm', 'initialPpm', 'source'])
  text(got.source, `${at}.source`)
  const above = typeof got.aboveUsd === 'string' ? parseDecimal18(got.aboveUsd) : undefined
  if (above === undefined || !above.ok || above.atoms < 0n || above.atoms >= VALUE_BOUND)
    throw new SectionError(`${at}.aboveUsd`, 'a decimal string >= 0', got.aboveUsd)
  const maintenance = share(got.maintenancePpm, `${at}.maintenancePpm`)
  const initial = share(got.initialPpm, `${at}.initialPpm`)
  requireNotBelow(initial, maintenance, `${at}.initialPpm`, got.initialPpm)
  return { above: value(above.atoms), maintenance, initial }
}

function requireNotBelow(figure: Ppm, least: Ppm, at: string, found: unknown): void {
  if (isLess(figure, least)) throw new SectionError(at, `at least ${least}`, found)
}

function share(got: unknown, at: string): Ppm {
  if (typeof got !== 'number' || got % 1 !== 0 || got < 0 || got > 1_000_000)
    throw new SectionError(at, 'a whole number of ppm from 0 to 1000000', got)
  return ppm(BigInt(got))
}

function text(got: unknown, at: string): void {
  if (typeof got !== 'string' || got === '') throw new SectionError(at, 'where the figure comes from', got)
}

function name(id: string, at: string): string {
  if (!isName(id)) throw new SectionError(at, 'names of letters, digits and . _ : / -', id)
  return id
}

function record(got: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof got !== 'object' || got === null || Array.isArray(got)) throw new SectionError(at, 'an object', got)
  return got as Readonly<Record<string, unknown>>
}

function fields<Name extends string>(
  got: unknown,
  at: string,
  names: readonly Name[],
): Readonly<Record<Name, unknown>> {
  const object = record(got, at)
  for (const key of Object.keys(object)) {
    if (!names.some((known) => known === key))
      throw new SectionError(`${at}.${key}`, `one of: ${names.join(', ')}`, key)
  }
  return object as Readonly<Record<Name, unknown>>
}
