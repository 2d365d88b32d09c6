import { expect, test } from 'vitest'
import { checkBreakdowns } from './check-breakdown.ts'
import { assessNettingSet, assessOwner } from './assess.ts'
import { judgedOf, reportOf, TRADER } from './trader.test-data.ts'
import { price } from '../core/quantity/price.ts'
import { assetId } from '../core/instrument/identifier.ts'

const PRICES = { USDC: '1', ETH: '2000' }

/** Needs 1 % of USDC held, 2 % of USDC owed and 10 % of ETH held. */
function owner(pool: Record<string, string>, ...buckets: object[]) {
  return { ...TRADER, settlementAsset: 'USDC', balances: pool, positions: [], buckets, prices: PRICES }
}

/** One ETH against a loan: NLV = 2000 - loan, MM = 200 + 2 % of the loan. */
function lineBucket(id: number, line: string, loan: string) {
  return { id, mode: 'line', line, balances: { ETH: '1', USDC: `-${loan}` } }
}

/*
 * Pool: 1000 USDC, NLV 1000, MM 10: it can spare 990.
 * Bucket 1: loan 2200: NLV -200, MM 244: lacks 444. Line 400: granted 400, drawn 400: liquidatable.
 * Bucket 2: loan 1900: NLV 100, MM 238: lacks 138. Line 5000: granted 990 - 400 = 590, drawn 138: not liquidatable.
 * Bucket 3: loan 2300: NLV -300, MM 246: lacks 546. Line 5000: granted 590 - 138 = 452, drawn 452: liquidatable.
 */
test('lines are served from what the pool can spare, in the order of the buckets', () => {
  const document = owner(
    { USDC: '1000' },
    lineBucket(1, '400', '2200'),
    lineBucket(2, '5000', '1900'),
    lineBucket(3, '5000', '2300'),
  )
  const sets = reportOf(document).nettingSets
  expect(sets.map(({ line, liquidatable, status }) => ({ line, liquidatable, status }))).toEqual([
    // The pool owes nothing itself.
    { line: { drawnByBuckets: '990' }, liquidatable: false, status: 'unencumbered' },
    { line: { limit: '400', shortfall: '444', drawn: '400' }, liquidatable: true, status: 'insolvent' },
    { line: { limit: '5000', shortfall: '138', drawn: '138' }, liquidatable: false, status: 'healthy' },
    { line: { limit: '5000', shortfall: '546', drawn: '452' }, liquidatable: true, status: 'insolvent' },
  ])
  // 1000 - 10 - 990: a draw never takes the pool below its maintenance margin.
  expect(sets[0]).toMatchObject({ excess: '0', available: '980' })
})

test('a pool in liquidation grants nothing', () => {
  // Pool: 1 ETH against 1800: NLV 200, MM 236.
  const sets = reportOf(owner({ ETH: '1', USDC: '-1800' }, lineBucket(1, '400', '1900'))).nettingSets
  expect(sets.map(({ liquidatable }) => liquidatable)).toEqual([true, true])
  expect(sets[1]?.line).toEqual({ limit: '400', shortfall: '138', drawn: '0' })
})

/*
 * Bucket: loan 1600: NLV 400, IM 400 + 4 % of 1600 = 464: lacks 64 initially.
 * The pool's IM is 2 % of what it holds: with 65.31 USDC, NLV - IM = 64.0038; with 65.30, 63.994.
 */
test.each([
  ['covers what its lines would draw', '65.31', [true, true]],
  ['does not', '65.30', [false, false]],
])('new risk is allowed where the pool %s', (_, held, allowed) => {
  const sets = reportOf(owner({ USDC: held }, lineBucket(1, '400', '1600'))).nettingSets
  expect(sets.map(({ newRiskAllowed }) => newRiskAllowed)).toEqual(allowed)
})

test('a bucket that lacks more than its line takes no new risk, one that is isolated stands alone', () => {
  const isolated = { id: 2, mode: 'isolated', balances: { ETH: '1', USDC: '-1600' } }
  const sets = reportOf(owner({ USDC: '1000' }, lineBucket(1, '63.99', '1600'), isolated)).nettingSets
  expect(sets.map(({ newRiskAllowed }) => newRiskAllowed)).toEqual([true, false, false])
})

test('cross buckets are margined with the pool, and a row names the bucket it is of', () => {
  const cross = { id: 7, mode: 'cross', balances: { ETH: '1', USDC: '-500' } }
  const report = reportOf(owner({ USDC: '1000' }, cross))
  expect(report.nettingSets).toHaveLength(1)
  // 500 USDC and one ETH: 2500; 5 + 200
  expect(report.nettingSets[0]).toMatchObject({
    buckets: [0, 7],
    netLiquidationValue: '2500',
    maintenanceMargin: '205',
  })
  expect(report.nettingSets[0]?.attribution.map(({ id, bucket }) => [id, bucket])).toEqual([
    ['USDC', null],
    ['ETH', 7],
  ])
  expect(checkBreakdowns(report).faults).toEqual([])
})

test('a netting set is judged under a moved market without anything else changing', () => {
  const { owners, valuation } = judgedOf(owner({ ETH: '1', USDC: '-1500' }))
  const set = owners[0]?.sets[0]
  const listed = valuation.market.assets.get(assetId('ETH'))
  if (set === undefined || owners[0] === undefined || listed?.index === undefined) throw new Error('no set')
  const moved = { ...listed, index: { ...listed.index, price: price(1_600n * 10n ** 18n) } }
  const assets = new Map([...(valuation.market.assets as ReadonlyMap<never, never>), [assetId('ETH'), moved] as never])
  const under = { ...valuation, market: { ...valuation.market, assets } }
  // 1600 - 1500 = 100, and 160 + 30
  expect(assessNettingSet(set, under)).toMatchObject({ value: 100n * 10n ** 18n, requirement: 190n * 10n ** 18n })
  expect(assessOwner(owners[0], under).map(({ liquidatable }) => liquidatable)).toEqual([true])
  expect(assessOwner(owners[0], valuation).map(({ liquidatable }) => liquidatable)).toEqual([false])
})

test('what only reduces is charged for no more than is held, and not at all where it would add', () => {
  const at = (quantity: string, reduceOnly: boolean) => {
    const orders = [{ market: 'ETH-PERP', quantity, limitPrice: '2001', reduceOnly }]
    return reportOf({ ...TRADER, orders }).nettingSets[0]?.initialMargin
  }
  expect(at('-3', true)).toBe('4207.438368')
  expect(at('40', true)).toBe('4207.438368')
  // 3 more short: 8 % of 3 * 2001 * 0.9998 = 480.143952
  expect(at('-3', false)).toBe('4687.58232')
})
