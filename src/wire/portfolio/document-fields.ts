import { type AssetId, assetId, type MarketId } from '../../core/instrument/identifier.ts'
import type { Quantity } from '../../core/quantity/quantity.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import { accountContent, CONTENT_FIELDS, distinctAccounts, FUND, MAIN_ACCOUNT } from './account-fields.ts'
import { assetTerms, FEES } from './asset-fields.ts'
import { contractTerms } from './contract-fields.ts'
import { inJson } from './decimal-field.ts'
import { FRACTION, NON_NEGATIVE_VALUE, POSITIVE_RATE } from './unit-fields.ts'
import type { Fees, FileAsset, FileContract } from './file-terms.ts'
import type { Findings, Reader } from './findings.ts'
import { type Located, spotOf } from './json-node.ts'
import type { FileFunding, FilePrice, FileVols } from './market-data.ts'
import { MODEL } from './model-fields.ts'
import { listOf, type ObjectFields, objectFields, tableEntries } from './object-fields.ts'
import { oneOf, textOf } from './plain-field.ts'
import { ASSET, assetNamed, marketNamed } from './name-field.ts'
import { priceTable } from './price-fields.ts'
import type { FileAccount, FileLiquidation, FileModel } from './portfolio-file.ts'
import type { Spot } from './source.ts'
import { TIME } from './time-field.ts'
import { fundingTable, VOL_TABLE } from './vol-fields.ts'

/** What a document says, before the files it names are read and the whole is checked. */
export interface Draft {
  /** Where a field of the document stands, or would. */
  readonly fieldSpot: (name: string) => Spot
  readonly name: string | undefined
  readonly asOf: Timestamp | undefined
  readonly model: FileModel
  readonly settlementAsset: AssetId
  readonly assets: ReadonlyMap<AssetId, FileAsset>
  readonly contracts: ReadonlyMap<MarketId, FileContract>
  readonly prices: TableOrFile<ReadonlyMap<string, FilePrice>>
  readonly vols: TableOrFile<ReadonlyMap<AssetId, FileVols>>
  readonly funding: ReadonlyMap<MarketId, FileFunding>
  readonly fees: Fees
  readonly liquidation: FileLiquidation
  readonly insurance: ReadonlyMap<AssetId, Quantity>
}

/** A table, or the file that holds it. */
export type TableOrFile<Table> =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'file'; readonly path: string; readonly spot: Spot }

/** The unit of account. */
export const USD = assetId('USD')
export const NO_FEES: Fees = { maker: undefined, taker: undefined, liquidation: undefined }
export const NO_LIQUIDATION: FileLiquidation = {
  targetHealth: undefined,
  warnUsage: undefined,
  reduceOnlyUsage: undefined,
  takeOverUsage: undefined,
  keeperFee: undefined,
  maximumRate: undefined,
}

const DOCUMENT_FIELDS = [
  'format',
  'asOf',
  'name',
  'unitOfAccount',
  'model',
  'settlementAsset',
  ...CONTENT_FIELDS,
  'accounts',
  'assets',
  'markets',
  'prices',
  'vols',
  'funding',
  'fees',
  'liquidation',
  'insurance',
]
const LIQUIDATION_FIELDS = [
  'targetHealth',
  'warnUsage',
  'reduceOnlyUsage',
  'takeOverUsage',
  'keeperFeeUsd',
  'maxRateUsd',
]

/** A whole document: what it says, and its accounts. */
export function readDocument(
  at: Located,
  findings: Findings,
): (Draft & { readonly accounts: readonly FileAccount[] }) | undefined {
  const fields = objectFields(at, DOCUMENT_FIELDS, findings)
  return fields === undefined ? undefined : { ...draftOf(fields), accounts: accountsOf(fields, findings) }
}

/** The first line of a file of lines: a document without accounts. */
export function readFirstLine(at: Located, findings: Findings): Draft | undefined {
  const fields = objectFields(at, DOCUMENT_FIELDS, findings)
  if (fields === undefined) return undefined
  const expected = 'no accounts: each further line is one'
  for (const name of [...CONTENT_FIELDS, 'accounts'])
    fields.forbidden(name, { expected, remedy: 'move it to lines of their own, an account each' })
  return draftOf(fields)
}

function draftOf(fields: ObjectFields): Draft {
  const settlementAsset = fields.defaulted('settlementAsset', ASSET, {
    value: USD,
    says: 'USD itself: price 1, no peg risk',
  })
  fields.optional('format', textOf({ least: 1, most: 64 }))
  fields.optional('unitOfAccount', oneOf({ USD }))
  return {
    fieldSpot: (name) => fields.valueSpot(name),
    name: fields.optional('name', textOf({ least: 0, most: 120 })),
    asOf: fields.optional('asOf', TIME),
    model: fields.defaulted('model', MODEL, {
      value: { id: 'plimsoll-1', parameters: { kind: 'builtIn' } },
      says: 'plimsoll-1 with its built-in epoch',
    }),
    settlementAsset,
    assets: fields.optional('assets', ASSET_TABLE) ?? new Map<AssetId, FileAsset>(),
    contracts: fields.optional('markets', contractTable(settlementAsset)) ?? new Map<MarketId, FileContract>(),
    prices: fields.optional('prices', tableOrFile(priceTable({ isOwn: true, asOf: undefined }))) ?? emptyTable(),
    vols: fields.optional('vols', tableOrFile(VOL_TABLE)) ?? emptyTable(),
    funding: fields.optional('funding', fundingTable(true)) ?? new Map<MarketId, FileFunding>(),
    fees: fields.optional('fees', FEES) ?? NO_FEES,
    liquidation: fields.optional('liquidation', LIQUIDATION) ?? NO_LIQUIDATION,
    insurance: fields.optional('insurance', FUND) ?? new Map<AssetId, Quantity>(),
  }
}

function accountsOf(fields: ObjectFields, findings: Findings): readonly FileAccount[] {
  if (!fields.has('accounts')) {
    if (!fields.has('balances') && !fields.has('positions')) tellEmpty(fields, findings)
    return [{ id: MAIN_ACCOUNT, owner: undefined, ...accountContent(fields) }]
  }
  for (const name of CONTENT_FIELDS)
    fields.forbidden(name, {
      expected: 'either "accounts", or balances and positions at the top, not both',
      remedy: `move ${name} into an account: { "id": "main", "${name}": … }`,
    })
  return fields.optional('accounts', listOf(distinctAccounts(), { least: 1, most: Number.POSITIVE_INFINITY })) ?? []
}

function tellEmpty(fields: ObjectFields, findings: Findings): void {
  findings.problems.add(fields.keySpot('balances'), {
    code: 'MissingField',
    expected: 'what is held: balances, positions or accounts',
    got: 'nothing',
    remedy: 'add "balances": { "USDC": "2500" }, or "accounts"',
  })
}

function tableOrFile<Table>(table: Reader<Table>): Reader<TableOrFile<Table>> {
  return (at, findings) => {
    if (at.node.kind === 'string') {
      const path = textOf({ least: 1, most: 1_024 })(at, findings)
      return path === undefined ? undefined : { kind: 'file', path, spot: spotOf(at) }
    }
    const read = table(at, findings)
    return read === undefined ? undefined : { kind: 'table', table: read }
  }
}

/** A table that a document does not have. */
export function emptyTable<Key, Item>(): { readonly kind: 'table'; readonly table: ReadonlyMap<Key, Item> } {
  return { kind: 'table', table: new Map<Key, Item>() }
}

const ASSET_TABLE: Reader<ReadonlyMap<AssetId, FileAsset>> = (at, findings) => {
  const assets = new Map<AssetId, FileAsset>()
  for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
    const id = assetNamed(key, keySpot, findings)
    if (id === undefined) continue
    const terms = assetTerms(id)(value, findings)
    if (terms !== undefined) assets.set(id, terms)
    if (id !== USD) continue
    const expected = 'no terms of USD: it is the unit of account'
    const remedy = 'leave it out; a stablecoin goes by its own id'
    findings.problems.add(keySpot, { code: 'FieldConflict', expected, got: '"USD"', remedy })
  }
  return assets
}

function contractTable(settlement: AssetId): Reader<ReadonlyMap<MarketId, FileContract>> {
  return (at, findings) => {
    const contracts = new Map<MarketId, FileContract>()
    for (const { key, keySpot, value } of tableEntries(at, findings) ?? []) {
      const id = marketNamed(key, keySpot, findings)
      if (id === undefined) continue
      const terms = contractTerms(id, settlement)(value, findings)
      if (terms !== undefined) contracts.set(id, terms)
    }
    return contracts
  }
}

const LIQUIDATION: Reader<FileLiquidation> = (at, findings) => {
  const fields = objectFields(at, LIQUIDATION_FIELDS, findings)
  if (fields === undefined) return undefined
  return {
    targetHealth: fields.optional('targetHealth', inJson(POSITIVE_RATE)),
    warnUsage: fields.optional('warnUsage', inJson(FRACTION)),
    reduceOnlyUsage: fields.optional('reduceOnlyUsage', inJson(FRACTION)),
    takeOverUsage: fields.optional('takeOverUsage', inJson(POSITIVE_RATE)),
    keeperFee: fields.optional('keeperFeeUsd', inJson(NON_NEGATIVE_VALUE)),
    maximumRate: fields.optional('maxRateUsd', inJson(NON_NEGATIVE_VALUE)),
  }
}
