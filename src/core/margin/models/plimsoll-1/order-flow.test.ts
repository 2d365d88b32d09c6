import { describe, expect, test } from 'vitest'
import { cashFlow, NO_CASH_FLOW } from '../../../quantity/cash-flow.ts'
import { assetId, marketId } from '../../../instrument/identifier.ts'
import { worthOfClaims, claimsOf } from '../../../portfolio/claims.ts'
import type { Portfolio } from '../../../portfolio/portfolio.ts'
import { filledPortfolio } from './filled-portfolio.ts'
import { type OrderFlow, orderFlows } from './order-flow.ts'
import { endsOf, orderVertices } from './order-vertex.ts'
import { MARKETS, order, units, VIEW, wide } from './small-world.test-data.ts'

const ONE = 10n ** 18n

function flowOf(...orders: ReturnType<typeof order>[]): OrderFlow {
  const [flow] = orderFlows(orders, VIEW)
  if (flow === undefined) throw new Error('one market')
  return flow
}

describe('the flow of a market', () => {
  const { perp, pair } = MARKETS
  const table: [name: string, flow: OrderFlow, want: object][] = [
    // 3 * (101 - 100) USDC at 2, and nothing for the one below the mark.
    [
      'limits above the mark cost a buyer',
      flowOf(order(perp, 'buy', 3, 101), order(perp, 'buy', 2, 90)),
      { bought: 5n * ONE, sold: 0n, buyLoss: wide(6), sellLoss: 0n },
    ],
    [
      'limits below it a seller',
      flowOf(order(perp, 'sell', 3, 99), order(perp, 'sell', 2, 110), order(perp, 'buy', 1, 100)),
      { bought: ONE, sold: 5n * ONE, buyLoss: 0n, sellLoss: wide(6) },
    ],
    // BTC at 100 USD is 50 USDC: 3 * (52 - 50) USDC at 2.
    ['a pair has the ratio for its mark', flowOf(order(pair, 'buy', 3, 52)), { bought: 3n * ONE, buyLoss: wide(12) }],
    ['a seller of the pair', flowOf(order(pair, 'sell', 3, 49)), { sold: 3n * ONE, sellLoss: wide(6) }],
  ]
  test.each(table)('%s', (_name, flow, want) => {
    expect(flow).toMatchObject(want)
  })
  test('markets come by name, those without a price not at all', () => {
    const orders = [order(perp, 'buy', 1, 1), order(MARKETS.call, 'buy', 1, 1)]
    const unknown = { ...order(perp, 'buy', 1, 1), market: marketId('NONE') }
    const names = orderFlows([unknown, ...orders], VIEW).map(({ traded }) =>
      traded.kind === 'spot' ? traded.terms.id : traded.contract.terms.id,
    )
    expect(names).toEqual(['CALL', 'PERP'])
    expect(orderFlows([], VIEW)).toEqual([])
  })
})

describe('corners', () => {
  const flows = orderFlows(
    [order(MARKETS.perp, 'buy', 3, 100), order(MARKETS.perp, 'sell', 1, 100), order(MARKETS.call, 'buy', 2, 10)],
    VIEW,
  )
  test('nothing, and every choice of sides', () => {
    const sizes = orderVertices(flows).map((fills) => fills.map(({ bought }) => bought / ONE))
    expect(sizes).toEqual([[], [2n, 3n], [2n, -1n], [0n, 3n], [0n, -1n]])
  })
  test('without orders there is one', () => {
    expect(orderVertices([])).toEqual([[]])
  })
  test('the ends of a market are all it buys and all it sells', () => {
    expect(flows.map((flow) => endsOf(flow).map(({ bought }) => bought / ONE))).toEqual([
      [2n, 0n],
      [3n, -1n],
    ])
  })
})

describe('a portfolio after fills', () => {
  const before: Portfolio = {
    holdings: [{ asset: assetId('USDC'), quantity: units(10) }],
    positions: [
      { market: MARKETS.perp.id, quantity: units(1), cost: cashFlow(90n * 10n ** 36n), fundingBasis: NO_CASH_FLOW },
    ],
  }
  const worth = (portfolio: Portfolio) => worthOfClaims(claimsOf(portfolio, VIEW))
  const filled = (flow: OrderFlow) => filledPortfolio(before, endsOf(flow))

  test('contracts are traded at the mark: worth what it was', () => {
    const after = filled(flowOf(order(MARKETS.perp, 'buy', 3, 200), order(MARKETS.perp, 'sell', 1, 50)))
    // 1 + 3 - 1 contracts, cost 90 + 300 - 100.
    expect(after.positions).toEqual([{ market: 'PERP', quantity: units(3), cost: 290n * 10n ** 36n, fundingBasis: 0n }])
    expect([worth(after), after.holdings]).toEqual([worth(before), before.holdings])
  })
  test('an option is paid for', () => {
    const after = filled(flowOf(order(MARKETS.call, 'buy', 3, 99)))
    expect(after.holdings).toEqual([{ asset: 'USDC', quantity: units(-20) }])
    expect(after.positions.find(({ market }) => market === 'CALL')).toMatchObject({ quantity: units(3), cost: 0n })
    expect(worth(after)).toBe(worth(before))
  })
  test('a pair moves both assets, and what is used up is gone', () => {
    // A fifth of a BTC at 100 is 20 USD, 10 USDC.
    const fifth = { ...order(MARKETS.pair, 'buy', 1, 50), remaining: units(1) }
    const flow = flowOf({ ...fifth, remaining: (fifth.remaining / 5n) as typeof fifth.remaining })
    const after = filled(flow)
    expect(after.holdings).toEqual([{ asset: 'BTC', quantity: ONE / 5n }])
    expect(worth(after)).toBe(worth(before))
  })
  test('rounding is against the member on both sides of a pair', () => {
    // An atom of BTC is 100 atoms of value, 50 of USDC: exact. At a price of 3 for USDC it would be 33.3: 34 paid, 33 got.
    const assets = new Map(VIEW.assets as Map<string, { index?: object }>)
    const usdc = assets.get('USDC')
    assets.set('USDC', { ...usdc, index: { ...usdc?.index, price: 3n * ONE } })
    const market = { ...VIEW, assets } as never
    const atom = 1n as ReturnType<typeof units>
    const paid = (side: 'buy' | 'sell') => {
      const [flow] = orderFlows([{ ...order(MARKETS.pair, side, 1, 50), remaining: atom }], market)
      return flow === undefined ? undefined : filledPortfolio({ holdings: [], positions: [] }, endsOf(flow)).holdings[1]
    }
    expect([paid('buy')?.quantity, paid('sell')?.quantity]).toEqual([-34n, 33n])
  })
})
