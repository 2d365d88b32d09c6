import { expect, test } from 'vitest'
import type { BreakdownNode, MarginReport } from '../wire/margin-report.ts'
import { checkBreakdowns } from './check-breakdown.ts'
import { reportOf, TRADER } from './trader.test-data.ts'

const given = (value: string): BreakdownNode => ({ id: 'leaf', op: 'given', value })
const ATOM = '0.000000000000000001'

/** A report whose maintenance breakdown has the node as its only term, beside exposures, correlations and scenarios to check by. */
function reportWith(node: BreakdownNode): MarginReport {
  const report = reportOf(TRADER)
  const [set] = report.nettingSets
  if (set === undefined) throw new Error('no set')
  const root: BreakdownNode = { id: 'maintenanceMargin', op: 'sum', value: node.value, terms: [node] }
  const row = {
    kind: 'addOn',
    id: 'x',
    bucket: null,
    maintenanceMargin: node.value,
    initialMargin: set.initialMargin,
    share: null,
  } as const
  const rows = [3, 4].map((weighted, i) => ({
    factor: `f${i}`,
    exposure: '10',
    riskWeight: '0.300000',
    weighted: `${weighted}`,
    earnsOffset: true,
    from: [],
  }))
  const matrix = [
    [1_000_000, 0],
    [0, 1_000_000],
  ]
  const scenarios = [
    { id: 'a', moves: {}, damp: '1.000000', initialOnly: true, pnl: '-90', contributions: null },
    { id: 'b', moves: {}, damp: '0.500000', initialOnly: false, pnl: '-50', contributions: null },
    { id: 'c', moves: {}, damp: '1.000000', initialOnly: false, pnl: '-20', contributions: null },
  ]
  const correlations = { factors: ['f0', 'f1'], now: matrix, one: matrix, break: matrix }
  const over = {
    maintenanceMargin: node.value,
    breakdown: root,
    attribution: [row],
    exposures: rows,
    correlations,
    scenarios,
  }
  return { ...report, nettingSets: [{ ...set, ...over }] }
}

const op = (
  name: BreakdownNode['op'],
  value: string,
  terms: readonly string[],
  rest: Partial<BreakdownNode> = {},
): BreakdownNode => ({
  id: name,
  op: name,
  value,
  terms: terms.map(given),
  ...rest,
})

const NODES: readonly BreakdownNode[] = [
  op('sum', '4', ['7', '-3']),
  op('sumOfSizes', '10', ['7', '-3']),
  op('max', '7', ['7', '-3']),
  op('product', '-21', ['7', '-3']),
  op('product', '0.000000000000000001', ['0.000000000000000001', '0.1'], { rounded: 'up' }),
  op('scale', '3.5', ['7'], { factor: '0.5' }),
  // 0.8 * 10 + 0.2 * 20, and 1 that follows
  op('blend', '13', ['10', '20', '1'], { factor: '0.8' }),
  // 3 and 4 that do not move together
  { id: 'K', op: 'quadratic', value: '5', matrix: 'now' },
  // Half of 50 is more than 20; what counts initially alone does not count.
  { id: 'worst', op: 'worstLoss', value: '25', worst: [{ id: 'b', pnl: '-50' }] },
]

test.each(NODES.map((node) => [node.op, node] as const))(
  'a %s that follows from its terms is found right',
  (_, node) => {
    expect(checkBreakdowns(reportWith(node)).faults).toEqual([])
  },
)

test.each(NODES.filter(({ id }) => id !== 'K').map((node) => [node.op, node] as const))(
  'a %s that is an atom off is found',
  (_, node) => {
    const isNegative = node.value.startsWith('-')
    const value =
      node.value === ATOM
        ? '0.000000000000000002'
        : isNegative
          ? `${node.value}.000000000000000001`
          : oneAtomMore(node.value)
    expect(checkBreakdowns(reportWith({ ...node, value })).faults).toHaveLength(1)
  },
)

function oneAtomMore(value: string): string {
  const [whole, fraction = ''] = value.split('.')
  return `${whole}.${fraction.padEnd(17, '0')}1`
}

test('a root that its form does not have is found', () => {
  const node: BreakdownNode = { id: 'K', op: 'quadratic', value: '5.001', matrix: 'break' }
  expect(checkBreakdowns(reportWith(node)).faults).toMatchObject([{ node: 'main/0 maintenanceMargin/K' }])
})

test('a requirement, and an attribution that does not add up to it, are found', () => {
  const report = reportOf(TRADER)
  const [set] = report.nettingSets
  if (set === undefined) throw new Error('no set')
  const forged = { ...report, nettingSets: [{ ...set, maintenanceMargin: '2103' }] }
  expect(checkBreakdowns(forged).faults.map(({ node }) => node)).toEqual([
    'main/0 maintenanceMargin',
    'main/0 attribution of maintenanceMargin',
  ])
})

/*
 * 0.8 * 3 + 0.2 * 7.5 = 3.9 from a root and a sum that were rounded up themselves: three atoms below to one above is what the
 * exact ones may give.
 */
const BLEND = (value: string): BreakdownNode => ({
  id: 'correlated',
  op: 'blend',
  value,
  factor: '0.8',
  terms: [
    { id: 'K', op: 'max', value: '3', terms: [given('3')] },
    { id: 'G', op: 'sumOfSizes', value: '7.5', rounded: 'up', terms: [given('-7.5')] },
  ],
})
test.each([
  ['3.9', 0],
  ['3.899999999999999998', 0],
  ['3.900000000000000001', 0],
  ['3.899999999999999997', 1],
  ['3.900000000000000002', 1],
])('a blend of roots and sums that reads %s has %i faults', (value, faults) => {
  expect(checkBreakdowns(reportWith(BLEND(value))).faults).toHaveLength(faults)
})

test('a sum of sizes rounded up as a whole is no more than its terms, each rounded up, and less by under an atom each', () => {
  const sum = (value: string): BreakdownNode => ({
    ...op('sumOfSizes', value, ['1', '-2']),
    rounded: 'up',
  })
  const faults = ['3', '2.999999999999999998', '2.999999999999999997', '3.000000000000000001'].map(
    (value) => checkBreakdowns(reportWith(sum(value))).faults.length,
  )
  expect(faults).toEqual([0, 0, 1, 1])
})

test('losses in windows of history are taken: no report holds the windows', () => {
  const node: BreakdownNode = { id: 'history', op: 'worstLoss', value: '1', count: 1_500 }
  expect(checkBreakdowns(reportWith(node)).faults).toEqual([])
})
