import { gridMoves } from '../../estimate/epoch/scenario-list.ts'
import type { ContractRow } from '../../estimate/epoch/section.ts'
import type { EpochCheck, EpochFault } from '../../wire/epoch-report.ts'
import { houseField } from './field-text.ts'
import type { PublishedSection } from './open-epoch.ts'
import { ALLOWED_PPM } from './scenario-faults.ts'

/** Ppm of ppm. */
const WHOLE = 1e12

/**
 * Correlations are positive definite by construction, R = D + L L', where what the loadings leave of each factor's own variance is
 * above zero. The decoder asks the same; sums of squares of whole ppm are exact here.
 */
export function ownShareCheck({ factors }: PublishedSection): EpochCheck {
  const rows = Object.entries(factors)
  const faults = rows.flatMap(([id, { loadingsPpm }]) => {
    const explained = loadingsPpm.reduce((sum, one) => sum + one * one, 0)
    if (explained < WHOLE) return []
    const expected = 'squares that add up to less than 1'
    return [{ field: houseField('factors', id, 'loadingsPpm'), row: null, expected, got: `${explained / WHOLE}` }]
  })
  return { id: 'ownShares', compared: rows.length, faults }
}

/** Prices of the option grids against the moves that the risk weights of their underlyings give, within 1 ppm. */
export function optionGridCheck({ contracts, factors }: PublishedSection): EpochCheck {
  const weights = new Map(Object.entries(factors).map(([id, { riskWeightPpm }]) => [id, riskWeightPpm]))
  const grids = Object.entries(contracts).flatMap(([id, { option }]) =>
    option === undefined ? [] : [{ id, found: option.grid.priceMovesPpm, expected: gridMoves(weights.get(id) ?? 0) }],
  )
  const faults = grids.flatMap(({ id, found, expected }) => {
    const at = ['contracts', id, 'option', 'grid', 'priceMovesPpm'] as const
    if (found.length !== expected.length)
      return [{ field: houseField(...at), row: null, expected: `${expected.length} moves`, got: `${found.length}` }]
    return expected.flatMap((move, i) => {
      const got = found[i] ?? 0
      return Math.abs(got - move) <= ALLOWED_PPM
        ? []
        : [{ field: houseField(...at, i), row: null, expected: `${move}`, got: `${got}` }]
    })
  })
  return { id: 'optionGrids', compared: grids.reduce((sum, { expected }) => sum + expected.length, 0), faults }
}

/** Contracts are as volatile as what they are on, and a claim as the asset it stands for. */
export function dailyVolatilityCheck({ assets, contracts }: PublishedSection): EpochCheck {
  const known = new Map(Object.entries(assets).map(([id, { depth }]) => [id, depth.dailyVolatilityPpm]))
  const found = [
    ...Object.entries(assets).map(([id, { claim, depth }]) => ({
      of: claim?.reference,
      keys: ['assets', id, 'depth'],
      got: depth.dailyVolatilityPpm,
    })),
    ...Object.entries(contracts).flatMap(([id, row]) => contractVolatilities(id, row)),
  ]
  const compared = found.flatMap(({ of, keys, got }) => {
    const expected = of === undefined ? undefined : known.get(of)
    return expected === undefined ? [] : [{ keys, got, expected }]
  })
  const faults = compared
    .filter(({ got, expected }) => got !== expected)
    .map(({ keys, got, expected }): EpochFault => {
      return { field: houseField(...keys, 'dailyVolatilityPpm'), row: null, expected: `${expected}`, got: `${got}` }
    })
  return { id: 'dailyVolatilities', compared: compared.length, faults }
}

function contractVolatilities(
  of: string,
  { perpetual, future, option }: ContractRow,
): readonly { readonly of: string; readonly keys: readonly string[]; readonly got: number }[] {
  const kinds = [
    { depth: perpetual, keys: ['contracts', of, 'perpetual'] },
    { depth: future, keys: ['contracts', of, 'future'] },
    { depth: option?.depth, keys: ['contracts', of, 'option', 'depth'] },
  ]
  return kinds.flatMap(({ depth, keys }) => (depth === undefined ? [] : [{ of, keys, got: depth.dailyVolatilityPpm }]))
}
