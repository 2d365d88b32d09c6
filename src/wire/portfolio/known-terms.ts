import { type AssetId, assetId, type MarketId, marketId } from '../../core/instrument/identifier.ts'
import type { Timestamp } from '../../core/quantity/timestamp.ts'
import { volatileAsset } from './asset-fields.ts'
import { contractNamed, nameSays } from './contract-name.ts'
import { type Draft, USD } from './document-fields.ts'
import type { FileAsset, FileContract } from './file-terms.ts'
import type { Findings } from './findings.ts'
import { shortened } from './json-node.ts'
import type { FilePrice } from './market-data.ts'
import type { Mention } from './mention.ts'
import { nearestName } from './nearest-name.ts'
import { isAssetId } from './name-field.ts'
import type { MarketData } from './price-source.ts'
import { child, quoted, ROOT, type Spot } from './source.ts'

/** Terms and market of a file, put together: what its accounts are checked against. */
export interface KnownTerms extends Pick<MarketData, 'vols' | 'funding'> {
  readonly asOf: Timestamp | undefined
  readonly settlementAsset: AssetId
  readonly assets: ReadonlyMap<AssetId, FileAsset>
  readonly contracts: ReadonlyMap<MarketId, FileContract>
  readonly assetPrices: ReadonlyMap<AssetId, FilePrice>
  readonly contractPrices: ReadonlyMap<MarketId, FilePrice>
}

/** The terms of the file itself: contracts it defines, prices or funds, and the assets they need. Contracts are told of if unknown. */
export function termsOfDraft(
  draft: Draft,
  market: MarketData,
  { asOf, findings }: { readonly asOf: Timestamp | undefined; readonly findings: Findings },
): KnownTerms {
  const { settlementAsset } = draft
  const contracts = new Map(draft.contracts)
  for (const mention of findings.mentions) {
    if (mention.kind !== 'price' && mention.kind !== 'funding') continue
    const id = mention.kind === 'price' ? mention.id : mention.market
    if (isAssetId(id) || contracts.has(marketId(id))) continue
    const contract = contractNamed(marketId(id), settlementAsset)
    if (contract !== undefined) contracts.set(contract.id, contract)
    // A file of prices may serve other portfolios too: what it says of markets unknown here is left aside.
    else if (mention.isOwn) tellUnknown(mention.spot, { id, among: contracts.keys() }, findings)
  }
  const prices = [...market.prices]
  const assetPrices = prices.flatMap(([id, price]) =>
    isAssetId(id) && id !== USD ? [[assetId(id), price] as const] : [],
  )
  const contractPrices = prices.flatMap(([id, price]) => (isAssetId(id) ? [] : [[marketId(id), price] as const]))
  const settled = { ...draft, contracts }
  return {
    asOf,
    settlementAsset,
    contracts,
    assets: withAssets(draft.assets, [settlementAsset, ...draft.insurance.keys(), ...assetsOf(settled)]),
    assetPrices: new Map(assetPrices),
    contractPrices: new Map(contractPrices.filter(([id]) => contracts.has(id))),
    vols: market.vols,
    funding: new Map([...market.funding].filter(([id]) => contracts.has(id))),
  }
}

/** The terms, with those of all that accounts hold: contracts read from their names, assets that the file says nothing of. */
export function withHeldTerms(terms: KnownTerms, mentions: readonly Mention[], findings: Findings): KnownTerms {
  const found = new Map<MarketId, FileContract>()
  const held: AssetId[] = []
  for (const mention of mentions) {
    if (mention.kind === 'balance') held.push(mention.asset)
    if (mention.kind !== 'position' && mention.kind !== 'order') continue
    const { market, spot } = mention
    if (terms.contracts.has(market) || found.has(market)) continue
    const contract = contractNamed(market, terms.settlementAsset)
    if (contract !== undefined) found.set(market, contract)
    else tellUnknown(spot, { id: market, among: terms.contracts.keys() }, findings)
  }
  const contracts = found.size === 0 ? terms.contracts : new Map([...terms.contracts, ...found])
  const needed = [...held, ...assetsOf({ contracts: found, assets: new Map() })]
  return { ...terms, contracts, assets: withAssets(terms.assets, needed) }
}

/** Notes the terms that no line of the file gives, of all that is held or ordered. */
export function noteDefaults(
  terms: KnownTerms,
  given: Pick<Draft, 'assets' | 'contracts'>,
  mentions: readonly Mention[],
  findings: Findings,
): void {
  const noted = new Set<string>()
  for (const mention of mentions) {
    if (mention.kind === 'price' || mention.kind === 'funding') continue
    const id = mention.kind === 'balance' ? mention.asset : mention.market
    if (noted.has(id) || id === USD) continue
    noted.add(id)
    if (mention.kind === 'balance') {
      if (!given.assets.has(mention.asset))
        findings.assume(child(child(ROOT, 'assets'), id), 'volatile, 18 decimals, serves as collateral')
      continue
    }
    const contract = terms.contracts.get(mention.market)
    if (contract !== undefined && !given.contracts.has(mention.market))
      findings.assume(child(child(ROOT, 'markets'), id), nameSays(contract))
  }
}

function tellUnknown(
  spot: Spot,
  { id, among }: { readonly id: string; readonly among: Iterable<string> },
  findings: Findings,
): void {
  const near = nearestName(id, among)
  findings.problems.add(spot, {
    code: 'UnknownMarket',
    expected: 'a market of "markets", or a name such as BTC-PERP, BTC-27MAR26, ETH-27MAR26-2400-C',
    got: shortened(quoted(id)),
    remedy:
      near === undefined ? 'define it under "markets"' : `did you mean "${near}"? If not, define it under "markets"`,
  })
}

/** Assets that contracts and claims name. */
function assetsOf({ contracts, assets }: Pick<Draft, 'contracts' | 'assets'>): readonly AssetId[] {
  return [
    ...[...contracts.values()].flatMap(({ underlying, settlement }) => [underlying, settlement]),
    ...[...assets.values()].flatMap(({ claim }) => (claim.kind === 'volatile' ? [] : [claim.reference])),
  ]
}

function withAssets(
  assets: ReadonlyMap<AssetId, FileAsset>,
  needed: readonly AssetId[],
): ReadonlyMap<AssetId, FileAsset> {
  const missing = needed.filter((id) => id !== USD && !assets.has(id))
  return missing.length === 0 ? assets : new Map([...assets, ...missing.map((id) => [id, volatileAsset(id)] as const)])
}
