import type { AssetId, MarketId } from '../core/instrument/identifier.ts'
import type { Contract } from '../core/instrument/market.ts'
import type { Portfolio } from '../core/portfolio/portfolio.ts'
import { USD } from '../wire/portfolio/document-fields.ts'
import type { FileMarket } from './market-of-file.ts'
import type { NettingSet, OwnedSets } from './netting-sets.ts'

/** What the excess of a netting set can change with. */
export interface Dependencies {
  /** With a price; not the unit of account. In the order in which they come: holdings, underlyings, what is settled in, references. */
  readonly assets: readonly AssetId[]
  /** Of assets whose moves reprice an option. */
  readonly optioned: ReadonlySet<AssetId>
  readonly contracts: readonly Contract[]
}

/** Of a bucket with a line also what the pool and the lines before it depend on, for they decide what it is granted. */
export function dependenciesOf(
  set: NettingSet,
  { sets }: OwnedSets,
  {
    market,
    referenceOf,
  }: { readonly market: FileMarket; readonly referenceOf: (asset: AssetId) => AssetId | undefined },
): Dependencies {
  const before = sets.filter(
    ({ mode, number }) => mode.kind === 'cross' || (mode.kind === 'line' && number < set.number),
  )
  const portfolios = [set, ...(set.mode.kind === 'line' ? before : [])].map(({ portfolio }) => portfolio)
  const contracts = contractsOf(portfolios, market)
  const assets = new Set<AssetId>()
  for (const { holdings } of portfolios) for (const { asset } of holdings) assets.add(asset)
  for (const { underlying } of contracts) assets.add(underlying)
  for (const { settlement } of contracts) assets.add(settlement)
  const reference = (asset: AssetId) => {
    const backing = market.assets.get(asset)?.terms.backing
    return backing === undefined ? referenceOf(asset) : backing.reference
  }
  // A Set that grows while it is walked is walked to its new end: references of references are found too.
  for (const asset of assets) {
    const above = reference(asset)
    if (above !== undefined) assets.add(above)
  }
  const priced = [...assets].filter((asset) => asset !== USD && market.assets.get(asset)?.index !== undefined)
  const underlyings = new Set(contracts.flatMap(({ kind, underlying }) => (kind === 'option' ? [underlying] : [])))
  const optioned = priced.filter((asset) =>
    [...underlyings].some((underlying) => underlying === asset || reference(underlying) === asset),
  )
  return { assets: priced, optioned: new Set(optioned), contracts }
}

function contractsOf(portfolios: readonly Portfolio[], { markets }: FileMarket): readonly Contract[] {
  const found = new Map<MarketId, Contract>()
  for (const { positions } of portfolios) {
    for (const { market } of positions) {
      const terms = markets.get(market)?.terms
      if (terms !== undefined && terms.kind !== 'spot') found.set(market, terms)
    }
  }
  return [...found.values()]
}
