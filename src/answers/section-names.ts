import type { FileContract } from '../wire/portfolio/file-terms.ts'
import { isObject } from './json-object.ts'

/** What a model's section has figures of, and what it charges for the rest. */
export interface SectionNames {
  readonly hasAsset: (id: string) => boolean
  readonly hasMarket: (contract: FileContract) => boolean
  /** In words: of an asset or a market that the section does not name. */
  readonly unnamed: { readonly asset: string; readonly market: string }
  /** Whether what it owes or is worth counts with that of others; undefined where it is not in the section. */
  readonly earnsOffset: (asset: string) => boolean | undefined
}

/** What a model's section names; undefined for a model that is not known here. */
export function namedBySection(model: string, section: unknown): SectionNames | undefined {
  const rows = isObject(section) ? section : {}
  if (model === 'standard') return namedByStandard(rows)
  return model === 'plimsoll-1' ? namedByPlimsoll1(rows) : undefined
}

type Row = Readonly<Record<string, unknown>>

function namedByStandard(section: Row): SectionNames {
  return {
    hasAsset: (id) => isUnitOfAccount(id) || rowOf(section['assets'], id) !== undefined,
    hasMarket: ({ id }) => rowOf(section['markets'], id) !== undefined,
    unnamed: { asset: 'charged 100 %', market: 'charged 100 %' },
    earnsOffset: () => true,
  }
}

function namedByPlimsoll1(section: Row): SectionNames {
  const assetRow = (id: string) => rowOf(section['assets'], id)
  return {
    hasAsset: (id) => isUnitOfAccount(id) || assetRow(id) !== undefined,
    hasMarket: ({ underlying, kind }) => rowOf(rowOf(section['contracts'], underlying), kind) !== undefined,
    unnamed: {
      asset: 'charged with all it is worth, and no hedge for anything',
      market:
        'charged with its whole notional, a short option also with what it is written on, and no hedge for anything',
    },
    earnsOffset: (id) => {
      const row = assetRow(id)
      if (row === undefined) return undefined
      const factor = rowOf(section['factors'], isObject(row) && row['claim'] !== undefined ? `${id}/peg` : id)
      return isObject(factor) ? factor['earnsOffset'] === true : undefined
    },
  }
}

/** USD is the unit of account: no epoch needs to say so of it. */
function isUnitOfAccount(id: string): boolean {
  return id === 'USD'
}

function rowOf(table: unknown, id: string): unknown {
  return isObject(table) && Object.hasOwn(table, id) ? table[id] : undefined
}
