import { expect, test } from 'vitest'
import { factorId } from '../core/instrument/identifier.ts'
import type { Derivation } from '../core/margin/derivation.ts'
import type { Explanation } from '../core/margin/explanation.ts'
import { houseSide, type MarginInput, type MarginModel } from '../core/margin/model.ts'
import { netLiquidationValue } from '../core/portfolio/claims.ts'
import { move } from '../core/quantity/move.ts'
import { ppm } from '../core/quantity/ppm.ts'
import { value } from '../core/quantity/value.ts'
import { decodeMarginReport } from '../wire/decode.ts'
import { explainTerminal } from '../report/margin/explain-terminal.ts'
import { marginTerminal } from '../report/margin/margin-terminal.ts'
import { checkBreakdowns } from './check-breakdown.ts'
import { reportOf, TRADER } from './trader.test-data.ts'

const usd = (dollars: number) => value(BigInt(dollars) * 10n ** 18n)

/*
 * A model that asks the same of everything: weighted exposures 300 and -400. K now is 500; K break 500; G 700;
 * 0.8 * 500 + 0.2 * 700 = 540; the worst scenario loses 100; a fee of 2 on top: 542.
 */
const leaf = (id: string, op: Derivation['op'], dollars: number, rest: Partial<Derivation> = {}): Derivation => ({
  id,
  op,
  value: usd(dollars),
  terms: [],
  note: '',
  ...rest,
})
const K = leaf('K', 'max', 500, {
  terms: [
    leaf('K/now', 'quadratic', 500, { note: 'now' }),
    leaf('K/break', 'quadratic', 500, { note: 'break', binding: true }),
  ],
})
const G = leaf('G', 'sumOfSizes', 700, { terms: [leaf('BTC', 'given', 300), leaf('ETH', 'given', -400)] })
const CORRELATED = leaf('correlated', 'blend', 540, {
  terms: [K, G],
  factor: value(8n * 10n ** 17n),
  rounded: 'up',
  source: 'METHODOLOGY 3',
  binding: true,
})
const LARGER = leaf('larger', 'max', 540, { terms: [CORRELATED, leaf('scenario', 'worstLoss', 100, { count: 2 })] })
const DERIVATION = leaf('maintenanceMargin', 'sum', 542, { terms: [LARGER, leaf('keeper', 'given', 2)] })

const still = [ppm(0n), ppm(1_000_000n)].map((parts) => move(parts))
const [none, whole] = [still[0] ?? move(0n), still[1] ?? move(0n)]
const APART = [
  [whole, none],
  [none, whole],
]
const [BTC, ETH] = [factorId('BTC'), factorId('ETH')]

const EXPLANATION: Explanation = {
  derivation: DERIVATION,
  attribution: [
    { kind: 'position', id: 'ETH-PERP', value: usd(640) },
    { kind: 'collateral', id: 'ETH', value: usd(-100) },
    { kind: 'addOn', id: 'keeper/fixed', value: usd(2) },
  ],
  binding: {
    component: 'correlated',
    regime: 'break',
    scenario: undefined,
    runnerUp: { component: 'scenario', scenario: 'ETH +10 %', value: usd(100) },
  },
  exposures: [
    {
      factor: BTC,
      exposure: usd(3_000),
      riskWeight: ppm(100_000n),
      weighted: usd(300),
      earnsOffset: true,
      from: ['BTC-PERP'],
    },
    {
      factor: ETH,
      exposure: usd(-4_000),
      riskWeight: ppm(100_000n),
      weighted: usd(-400),
      earnsOffset: true,
      from: ['ETH-PERP', 'ETH'],
    },
  ],
  scenarios: [
    {
      id: 'ETH +10 %',
      moves: new Map([[ETH, move(100_000n)]]),
      damp: ppm(250_000n),
      initialOnly: false,
      profit: usd(-400),
      contributions: [{ id: 'ETH-PERP', value: usd(-400) }],
    },
    {
      id: 'BTC -1 %',
      moves: new Map([[BTC, move(-10_000n)]]),
      damp: ppm(1_000_000n),
      initialOnly: false,
      profit: usd(-30),
      contributions: [],
    },
  ],
  correlations: { factors: [BTC, ETH], now: APART, one: APART, break: APART },
}

const side = ({ portfolio, market }: MarginInput<unknown>) =>
  houseSide(netLiquidationValue(portfolio, market), usd(542))

const fake: MarginModel<unknown> = {
  id: 'fake',
  decodeParameters: (parameters) => ({ ok: true, parameters }),
  requires: () => [],
  maintenance: side,
  initial: side,
  explainMaintenance: () => EXPLANATION,
  explainInitial: () => ({ ...EXPLANATION, derivation: { ...DERIVATION, id: 'initialMargin' } }),
}

const document = { ...TRADER, model: { id: 'fake', parameters: {} } }
const models = new Map([['fake', fake]])
const detail = { exposures: true, scenarios: true, byPosition: true }

test('regimes, scenarios and factors come through as the model gives them, and follow from their terms', () => {
  const report = reportOf(document, { models, detail })
  const [set] = report.nettingSets
  expect(decodeMarginReport(JSON.parse(JSON.stringify(report))).ok).toBe(true)
  expect(checkBreakdowns(report)).toMatchObject({ faults: [] })
  expect(set?.binding).toEqual({
    component: 'correlated',
    regime: 'break',
    scenario: null,
    runnerUp: { component: 'scenario', scenario: 'ETH +10 %', value: '100' },
  })
  expect(set?.scenarios?.[0]).toEqual({
    id: 'ETH +10 %',
    moves: { ETH: '0.100000' },
    damp: '0.250000',
    initialOnly: false,
    pnl: '-400',
    contributions: { 'ETH-PERP': '-400' },
  })
  expect(set?.exposures?.[1]).toMatchObject({
    factor: 'ETH',
    exposure: '-4000',
    riskWeight: '0.100000',
    weighted: '-400',
  })
  expect(set?.attribution[1]).toMatchObject({ id: 'ETH', maintenanceMargin: '-100', share: '-0.184502' })
})

test('scenarios, factors and what positions add are there only where they are asked for', () => {
  const [set] = reportOf(document, { models }).nettingSets
  expect([set?.scenarios, set?.exposures, set?.correlations]).toEqual([null, null, null])
  const [listed] = reportOf(document, { models, detail: { ...detail, byPosition: false } }).nettingSets
  expect(listed?.scenarios?.map(({ contributions }) => contributions)).toEqual([null, null])
})

test('the screens say which regime decided, what protects, and how close the others came', () => {
  const report = reportOf(document, { models, detail })
  const style = { columns: 80, color: false, ascii: false, all: false }
  const margin = marginTerminal(report, 'trader.json', style)
  expect(margin).toContain('WHY   the hedge between ETH and ETH-PERP may break (regime: break). Next is')
  expect(margin).toMatch(/ {2}ETH, hedges the short {4}◂░░░ +−100\.00 +−18\.5 %/)
  const explained = explainTerminal(report, 'trader.json', style)
  expect(explained).toMatch(/ETH +−4,000\.00 +10\.0 % +−400\.00 {3}ETH-PERP, ETH/)
  expect(explained).toMatch(/gross G, sum of sizes +700\.00/)
  expect(explained).toMatch(/1 {2}ETH \+10 % +−100\.00 {3}◂ worst of 2/)
  expect(explained).toMatch(/ {6}correlated +540\.00 {2}◂ blend/)
})
