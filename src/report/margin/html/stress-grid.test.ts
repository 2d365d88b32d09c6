import { expect, test } from 'vitest'
import type { ExposureRow, NettingSetReport, ScenarioRow } from '../../../wire/margin-report.ts'
import { deskReport, traderReport } from '../../../answers/house-reports.test-data.ts'
import { stressGrids } from './stress-grid.ts'

function scenario(id: string, moves: ScenarioRow['moves']): ScenarioRow {
  return { id, moves, damp: '1.000000', initialOnly: false, pnl: '0', contributions: null }
}

function exposure(factor: string): ExposureRow {
  return { factor, exposure: '1', riskWeight: '0.100000', weighted: '0.1', earnsOffset: true, from: [] }
}

const SCENARIOS = [
  scenario('ETH +2, volatility up', { ETH: '0.300000', 'ETH/vol': '0.500000' }),
  scenario('ETH +1', { ETH: '0.150000' }),
  scenario('ETH +1, volatility up', { ETH: '0.150000', 'ETH/vol': '0.500000' }),
  scenario('ETH +1, volatility down', { ETH: '0.150000', 'ETH/vol': '-0.250000' }),
  scenario('ETH -1/3', { ETH: '-0.040000' }),
  scenario('ETH 0', {}),
  scenario('ETH alone, up', { ETH: '0.070000' }),
  scenario('crash of 2020-03-12', { ETH: '-0.400000' }),
  scenario('SOL +1', { SOL: '0.200000' }),
]

function gridsOf(...factors: readonly string[]) {
  const [set] = traderReport().nettingSets
  if (set === undefined) throw new Error('the trader has one netting set')
  const over: Partial<NettingSetReport> = { exposures: factors.map(exposure), scenarios: SCENARIOS }
  return stressGrids({ ...set, ...over })
}

test('a price without options is one row of its moves, volatility still where that is known', () => {
  expect(gridsOf('ETH', 'ETH/basis/perpetual/ETH-PERP')).toEqual([
    {
      factor: 'ETH',
      moves: ['-0.040000', '0.000000', '0.150000', '0.300000'],
      rows: [{ volatility: null, cells: [4, 5, 1, 0] }],
    },
  ])
})

test('with options there is a row for each volatility, with gaps where no scenario is', () => {
  expect(gridsOf('ETH', 'ETH/vol')[0]?.rows).toEqual([
    { volatility: '0.500000', cells: [undefined, undefined, 2, 0] },
    { volatility: '0.000000', cells: [4, 5, 1, undefined] },
    { volatility: '-0.250000', cells: [undefined, undefined, 3, undefined] },
  ])
})

test('prices that move nothing here have none, nor has a report without scenarios', () => {
  expect(gridsOf('USDC/peg')).toEqual([])
  const [set] = traderReport().nettingSets
  if (set === undefined) throw new Error('the trader has one netting set')
  expect(stressGrids({ ...set, scenarios: null })).toEqual([])
})

test('the built-in epoch has eleven moves of each price, three volatilities where there are options', () => {
  const shapes = deskReport().nettingSets.map((set) =>
    stressGrids(set)
      .map(({ factor, moves, rows }) => `${factor} ${moves.length}x${rows.length}`)
      .toSorted(),
  )
  expect(shapes).toEqual([['BTC 11x3', 'SOL 11x1'], ['ETH 11x3']])
})
