import type { Depth } from '../../../quantity/liquidity.ts'
import { value, VALUE_BOUND } from '../../../quantity/value.ts'
import { type AssetId, assetId, isName, type MarketId, marketId } from '../../../instrument/identifier.ts'
import type { DecodedParameters } from '../../model.ts'
import { assetRisk, depth, requireNotBelow, shareBySide } from './decode-asset.ts'
import { contractRisk } from './decode-contract.ts'
import { knownFactor, scenarioList, windowTable } from './decode-scenario.ts'
import { decodeFactorModel, type FactorModel } from './factor-model.ts'
import { basisClass, basisFactor, type BasisKind, pegFactor, priceFactor, volatilityFactor } from './factor-name.ts'
import type { JumpClass, Jumps } from './floors.ts'
import type { KeeperParameters } from './keeper.ts'
import type { AssetRisk, ContractRisk, Plimsoll1Parameters } from './parameters.ts'
import { FieldError, fields, record, refusing } from './section-field.ts'
import { atoms, ppmWithin, share } from './section-figure.ts'

const NAMES = [
  'source',
  'creditedSharePpm',
  'oneWeightPpm',
  'breakWeightPpm',
  'factors',
  'initialFactorPpm',
  'assets',
  'contracts',
  'markets',
  'scenarios',
  'windows',
  'basis',
  'jumps',
  'keeper',
  'confidenceThresholdPpm',
  'warnUsagePpm',
  'reduceOnlyUsagePpm',
] as const

/** From one whole to ten. */
const INITIAL_FACTOR = { from: 1_000_000, to: 10_000_000 }
/** A short loses more than the whole when a price more than doubles. */
const SHORT_JUMP = { from: 0, to: 10_000_000 }
/** So that the names of its factors are names too, of at most 64 characters. */
const LONGEST_ASSET = 40

/**
 * Reads the section `plimsoll-1` of an epoch, the format of the README beside this file. What is wrong is told by field, the
 * first in the order of that table; unknown fields are refused, and so is an epoch that leaves a factor out which its own
 * assets and contracts need: the factor is named.
 */
export function decodePlimsoll1(section: unknown): DecodedParameters<Plimsoll1Parameters> {
  return refusing(() => {
    const got = fields(section, '$', NAMES)
    if (typeof got.source !== 'string' || got.source === '')
      throw new FieldError('source', 'where the figures come from', got.source)
    const { creditedSharePpm, oneWeightPpm, breakWeightPpm, factors } = got
    const model = decodeFactorModel({ creditedSharePpm, oneWeightPpm, breakWeightPpm, factors })
    if (!model.ok) return model
    const factorModel = model.parameters
    const initialFactor = ppmWithin(got.initialFactorPpm, 'initialFactorPpm', INITIAL_FACTOR)
    const assets = assetTable(got.assets, factorModel)
    const contracts = contractTable(got.contracts, factorModel, assets)
    const markets = depthTable(got.markets)
    const scenarios = scenarioList(got.scenarios, 'scenarios', factorModel)
    const windows = windowTable(got.windows, 'windows', factorModel)
    const { maintenancePpm, initialPpm } = fields(got.basis, 'basis', ['maintenancePpm', 'initialPpm'])
    const sides = { maintenance: 'basis.maintenancePpm', initial: 'basis.initialPpm' }
    const basis = shareBySide({ maintenance: maintenancePpm, initial: initialPpm }, sides)
    const measured = { factorModel, initialFactor, assets, contracts, markets, scenarios, windows, basis }
    return { ok: true, parameters: { ...measured, ...charges(got) } }
  })
}

function charges(got: Readonly<Record<(typeof NAMES)[number], unknown>>) {
  const jumps = readJumps(got.jumps)
  const keeper = readKeeper(got.keeper)
  const confidenceThreshold = share(got.confidenceThresholdPpm, 'confidenceThresholdPpm')
  const warnUsage = share(got.warnUsagePpm, 'warnUsagePpm')
  const reduceOnlyUsage = share(got.reduceOnlyUsagePpm, 'reduceOnlyUsagePpm')
  requireNotBelow(reduceOnlyUsage, warnUsage, 'reduceOnlyUsagePpm', got.reduceOnlyUsagePpm)
  return { jumps, keeper, confidenceThreshold, warnUsage, reduceOnlyUsage }
}

/** A claim moves with what it stands for and by its peg; anything else by a price of its own. */
function assetTable(got: unknown, model: FactorModel): ReadonlyMap<AssetId, AssetRisk> {
  const table = new Map<AssetId, AssetRisk>()
  for (const [name, row] of Object.entries(record(got, 'assets'))) {
    const id = asset(name, 'assets')
    const risk = assetRisk(row, `assets.${id}`)
    knownFactor(risk.claim === undefined ? priceFactor(id) : pegFactor(id), 'factors', model)
    if (risk.claim?.reference !== undefined) knownFactor(priceFactor(risk.claim.reference), 'factors', model)
    table.set(id, risk)
  }
  return table
}

function contractTable(
  got: unknown,
  model: FactorModel,
  assets: ReadonlyMap<AssetId, AssetRisk>,
): ReadonlyMap<AssetId, ContractRisk> {
  const table = new Map<AssetId, ContractRisk>()
  for (const [name, row] of Object.entries(record(got, 'contracts'))) {
    const id = asset(name, 'contracts')
    if (!assets.has(id)) throw new FieldError(`contracts.${id}`, 'an asset of this epoch', id)
    const risk = contractRisk(row, `contracts.${id}`)
    knownFactor(priceFactor(id), 'factors', model)
    if (risk.perpetual !== undefined) requireBasis(id, 'perpetual', model)
    if (risk.future !== undefined) requireBasis(id, 'future', model)
    if (risk.option !== undefined) knownFactor(volatilityFactor(id), 'factors', model)
    table.set(id, risk)
  }
  return table
}

/** Without it no market has a depth of its own. Whether such a market is ever listed is not the epoch's to know. */
function depthTable(got: unknown): ReadonlyMap<MarketId, Depth> {
  const table = new Map<MarketId, Depth>()
  if (got === undefined) return table
  for (const [name, row] of Object.entries(record(got, 'markets'))) {
    if (!isName(name)) throw new FieldError('markets', 'names of letters, digits and . _ : / -', name)
    table.set(marketId(name), depth(row, `markets.${name}`))
  }
  return table
}

/** The class, not a market of it: markets are listed later than an epoch is written. */
function requireBasis(underlying: AssetId, kind: BasisKind, model: FactorModel): void {
  const ofAny = basisFactor(underlying, kind, marketId('any'))
  knownFactor(basisClass(ofAny) ?? ofAny, 'factors', model)
}

function readJumps(got: unknown): Jumps {
  const { major, large, other } = fields(got, 'jumps', ['major', 'large', 'other'])
  return { major: jump(major, 'major'), large: jump(large, 'large'), other: jump(other, 'other') }
}

function jump(row: unknown, kind: JumpClass): Jumps[JumpClass] {
  const at = `jumps.${kind}`
  const got = fields(row, at, ['longPpm', 'shortPpm'])
  const short = ppmWithin(got.shortPpm, `${at}.shortPpm`, SHORT_JUMP)
  return { long: share(got.longPpm, `${at}.longPpm`), short }
}

function readKeeper(row: unknown): KeeperParameters {
  const got = fields(row, 'keeper', ['flatFeeUsd', 'keeperPpm'])
  const flatFee = value(atoms(got.flatFeeUsd, 'keeper.flatFeeUsd', VALUE_BOUND))
  return { flatFee, keeperShare: share(got.keeperPpm, 'keeper.keeperPpm') }
}

function asset(name: string, at: string): AssetId {
  if (!isName(name) || name.length > LONGEST_ASSET)
    throw new FieldError(at, `names of at most ${LONGEST_ASSET} letters, digits and . _ : / -`, name)
  return assetId(name)
}
