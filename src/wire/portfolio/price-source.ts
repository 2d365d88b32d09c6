import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import type { Draft } from './document-fields.ts'
import { hasFormat, PRICES_FORMAT } from './document-format.ts'
import type { Findings } from './findings.ts'
import { shortened } from './json-node.ts'
import type { FileFunding, FilePrice, FileVols } from './market-data.ts'
import { objectFields } from './object-fields.ts'
import { parseJson } from './parse-json.ts'
import { textOf } from './plain-field.ts'
import { priceTable } from './price-fields.ts'
import { priceRows } from './price-rows.ts'
import { quoted, ROOT, type Source, sourceOf, type SourceText, type Spot } from './source.ts'
import { TIME } from './time-field.ts'
import { fundingTable, VOL_TABLE } from './vol-fields.ts'

/** What is not said by the portfolio itself. */
export interface OutsideData {
  /** Reads a file that the portfolio names; the path is relative to the portfolio's own place. */
  readonly readFile: (path: string) => NamedFile
  /** Prices given beside the portfolio: JSON, or CSV if the name ends in .csv. They win over the portfolio's, the last over all. */
  readonly prices: readonly SourceText[]
  /** Single prices given beside the portfolio, of the same form: they win over all others and stand for no file. */
  readonly singlePrices?: readonly SourceText[]
}

export type NamedFile =
  | { readonly ok: true; readonly source: SourceText }
  /** Such as `no such file`. */
  | { readonly ok: false; readonly reason: string }

/** All that changes without the holder's doing. */
export interface MarketData {
  readonly prices: ReadonlyMap<string, FilePrice>
  readonly vols: ReadonlyMap<AssetId, FileVols>
  readonly funding: ReadonlyMap<MarketId, FileFunding>
}

const PRICES_FIELDS = ['format', 'asOf', 'name', 'prices', 'vols', 'funding']
const NOTHING: MarketData = { prices: new Map(), vols: new Map(), funding: new Map() }

/**
 * Prices, vols and funding of a portfolio and of the files it names. Entry by entry: what is given beside the portfolio wins over
 * what it says itself, and that over the files it names. Undefined if a named file cannot be read, which it has told of.
 */
export function marketData(draft: Draft, outside: OutsideData, findings: Findings): MarketData | undefined {
  const given = outside.prices.map((text) => readPrices(sourceOf(text), findings))
  const single = (outside.singlePrices ?? []).map((text) => readPrices(sourceOf(text), findings))
  const { prices, vols } = draft
  const layers: (MarketData | undefined)[] = []
  // A file of prices is not needed where prices are given.
  if (prices.kind === 'file' && given.length === 0) layers.push(readNamed(prices, outside, findings))
  if (vols.kind === 'file') {
    const named = readNamed(vols, outside, findings)
    layers.push(named === undefined ? undefined : { ...NOTHING, vols: named.vols })
  }
  layers.push({
    prices: prices.kind === 'table' ? prices.table : NOTHING.prices,
    vols: vols.kind === 'table' ? vols.table : NOTHING.vols,
    funding: draft.funding,
  })
  const known = [...layers, ...given, ...single].filter((layer) => layer !== undefined)
  if (known.length < layers.length + given.length + single.length) return undefined
  return {
    prices: new Map(known.flatMap((layer) => [...layer.prices])),
    vols: new Map(known.flatMap((layer) => [...layer.vols])),
    funding: new Map(known.flatMap((layer) => [...layer.funding])),
  }
}

function readNamed(
  { path, spot }: { readonly path: string; readonly spot: Spot },
  { readFile }: OutsideData,
  findings: Findings,
): MarketData | undefined {
  const file = readFile(path)
  if (file.ok) return readPrices(sourceOf(file.source), findings)
  findings.problems.add(spot, {
    code: 'FileNotFound',
    expected: 'a readable file',
    got: `${shortened(quoted(path).slice(1, -1))}: ${file.reason}`,
    remedy: 'paths are relative to the portfolio file; or pass --prices FILE',
  })
  return undefined
}

/** A file of prices. */
function readPrices(source: Source, findings: Findings): MarketData {
  if (source.name.endsWith('.csv')) return { ...NOTHING, prices: priceRows(source, findings) }
  const node = parseJson(source, findings.problems)
  if (node === undefined || !findings.problems.isEmpty()) return NOTHING
  const at = { node, path: ROOT, source }
  if (!hasFormat(at, PRICES_FORMAT, findings)) return NOTHING
  const fields = objectFields(at, PRICES_FIELDS, findings)
  if (fields === undefined) return NOTHING
  fields.optional('format', textOf({ least: 1, most: 64 }))
  fields.optional('name', textOf({ least: 0, most: 120 }))
  const asOf = fields.optional('asOf', TIME)
  return {
    prices: fields.optional('prices', priceTable({ isOwn: false, asOf })) ?? NOTHING.prices,
    vols: fields.optional('vols', VOL_TABLE) ?? NOTHING.vols,
    funding: fields.optional('funding', fundingTable(false)) ?? NOTHING.funding,
  }
}
