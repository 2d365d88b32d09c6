import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { ONE_DOLLAR, type Price } from '../core/quantity/price.ts'
import { fractionPpmUp } from '../core/quantity/ratio.ts'
import { unitsTradedDown } from '../core/quantity/volume.ts'
import type { Depth, FileContract } from '../wire/portfolio/file-terms.ts'
import { USD } from '../wire/portfolio/document-fields.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import { isObject } from './json-object.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * What a file says over the house model's section: whether an asset is collateral, and depths. Of a depth `advUsd` over the mark in USD
 * is the daily volume in units, rounded down, `halfSpread` is rounded up; what it leaves out is the epoch's. Its `levels` play no part:
 * impact goes with the root of the size over a day's volume. A market's depth comes on top of that of its kind of contract on the
 * underlying, under `markets`; where the epoch has none of that kind there is nothing to change: such contracts are charged in full.
 */
export function plimsoll1Override(section: unknown, file: PortfolioHeader): unknown {
  if (!isObject(section)) return section
  const assets = isObject(section['assets']) ? withAssets(section['assets'], file) : section['assets']
  const markets = ownMarkets(section, file)
  return { ...section, assets, ...(Object.keys(markets).length === 0 ? {} : { markets }) }
}

function withAssets(rows: Row, { assets, assetPrices }: PortfolioHeader): Row {
  const changed = new Map(Object.entries(rows))
  for (const { id, isCollateral, depth } of assets.values()) {
    const row = changed.get(id)
    if (!isObject(row)) continue
    changed.set(id, {
      ...row,
      ...(isCollateral ? {} : { isCollateral: false }),
      ...(depth === undefined ? {} : { depth: changedDepth(row['depth'], depth, assetPrices.get(id)?.mark) }),
    })
  }
  return Object.fromEntries(changed)
}

function ownMarkets(section: Row, file: PortfolioHeader): Row {
  const changed = new Map(isObject(section['markets']) ? Object.entries(section['markets']) : [])
  for (const contract of file.contracts.values()) {
    const ofKind = changed.get(contract.id) ?? depthOfKind(section, contract)
    if (contract.depth === undefined || !isObject(ofKind)) continue
    changed.set(contract.id, changedDepth(ofKind, contract.depth, markOf(contract, file)))
  }
  return Object.fromEntries(changed)
}

function depthOfKind({ contracts }: Row, { underlying, kind }: FileContract): unknown {
  const risk = isObject(contracts) && Object.hasOwn(contracts, underlying) ? contracts[underlying] : undefined
  const ofKind = isObject(risk) ? risk[kind] : undefined
  return kind === 'option' && isObject(ofKind) ? ofKind['depth'] : ofKind
}

/** Its own mark, else the underlying's price; of an option only its own. Settlement assets count as one USD, as their quotes do. */
function markOf({ id, kind, underlying }: FileContract, file: PortfolioHeader): Price | undefined {
  const own = file.contractPrices.get(id)?.mark
  if (own !== undefined || kind === 'option') return own
  return underlying === USD ? ONE_DOLLAR : file.assetPrices.get(underlying)?.mark
}

function changedDepth(row: unknown, { advUsd, halfSpread }: Depth, mark: Price | undefined): unknown {
  if (!isObject(row)) return row
  const isPriced = advUsd !== undefined && mark !== undefined
  return {
    ...row,
    ...(isPriced ? { dailyVolumeUnits: formatDecimal18(unitsTradedDown(advUsd, mark)) } : {}),
    ...(halfSpread === undefined ? {} : { halfSpreadPpm: Number(fractionPpmUp(halfSpread)) }),
  }
}
