import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cashFlow } from '../../../quantity/cash-flow.ts'
import { type FundingIndex, fundingIndex, NO_FUNDING } from '../../../quantity/funding-index.ts'
import { NO_PPM } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { value } from '../../../quantity/value.ts'
import { type AssetId, assetId, type MarketId, marketId, orderId } from '../../../instrument/identifier.ts'
import type { ListedMarket, MarketView } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'
import { NO_POSITION, tradePosition } from '../../../ledger/position.ts'
import type { Holding, OpenPosition, Portfolio } from '../../../portfolio/portfolio.ts'
import { type InitialInput, type Side, NOWHERE_ELSE } from '../../model.ts'
import { standard } from './standard.ts'
import { completed } from './completed.ts'
import type { SideParameters, StandardParameters } from './parameters.ts'
import { flatCurve } from '../../../../../simulator/workload/world.ts'

// A counterexample of many amounts can take minutes to shrink by single atoms: what is found after seconds will do.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 })

const USD = 10n ** 18n
/** The last asset and the last perpetual are not in the parameters. */
const ASSETS = ['USDC', 'USDT', 'ETH', 'DOGE'].map(assetId)
const PERPS = ['ETH-PERP', 'USDT-PERP', 'DOGE-PERP'].map(marketId)
const PAIRS = ['ETH-USDC', 'DOGE-USDT'].map(marketId)
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
const TRADING = {
  tick: price(1n),
  lot: quantity(1n),
  minimumQuantity: quantity(1n),
  priceBandPpm: NO_PPM,
  closeOutCost: COST,
}

type Input = InitialInput<StandardParameters>

const share = fc.integer({ min: 0, max: 1_000_000 })
/** Two shares, the initial one at least the maintenance one. */
const sharePair = fc.tuple(share, share).map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number])
const source = 'generated'

const assetRow = fc.tuple(sharePair, sharePair).map(([haircut, borrow]) => ({
  maintenanceHaircutPpm: haircut[0],
  initialHaircutPpm: haircut[1],
  maintenanceBorrowPpm: borrow[0],
  initialBorrowPpm: borrow[1],
  source,
}))

/** Tiers whose thresholds ascend and whose rates never fall, as the decoder demands. */
function tierRows(most: number) {
  // Four times two of them stay below the whole.
  const rise = fc.integer({ min: 0, max: 125_000 })
  return fc
    .array(fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), rise, rise), { minLength: 1, maxLength: most })
    .map((steps) => {
      let [above, maintenancePpm, gap] = [0, 0, 0]
      return steps.map(([width, up, wider], i) => {
        above = i === 0 ? 0 : above + width
        maintenancePpm += up
        gap += wider
        return { aboveUsd: `${above}`, maintenancePpm, initialPpm: maintenancePpm + gap, source }
      })
    })
}

function parametersWith(tiers: number) {
  return fc
    .record({ USDC: assetRow, USDT: assetRow, ETH: assetRow, eth: tierRows(tiers), usdt: tierRows(tiers) })
    .map(({ USDC, USDT, ETH, eth, usdt }) => {
      const markets = { 'ETH-PERP': { tiers: eth }, 'USDT-PERP': { tiers: usdt } }
      const decoded = standard.decodeParameters({ assets: { USDC, USDT, ETH }, markets })
      if (!decoded.ok) throw new Error(`${decoded.field}: ${decoded.expected}`)
      return decoded.parameters
    })
}

// Together within the state bounds: 1e4 units at 1e4 at a peg below 10, a thousandfold, stays below 1e15 USD.
const prices = fc.bigInt({ min: 1n, max: 10n ** 22n })
const pegs = fc.bigInt({ min: 1n, max: 10n ** 19n })
const units = fc.oneof(fc.bigInt({ min: -9n, max: 9n }), fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }))
const positive = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 22n })).map(quantity)

interface World {
  /** Of USDC, USDT, ETH and DOGE. */
  readonly index: readonly [bigint, bigint, bigint, bigint]
  /** Of the perpetuals. */
  readonly mark: readonly [bigint, bigint, bigint]
  readonly funding: bigint
  /** Half-width of every price, ppm of it: any at all is low confidence here. */
  readonly doubtPpm: bigint
}

function viewOf({ index, mark, funding, doubtPpm }: World): MarketView {
  const quote = (atoms: bigint) => {
    const halfWidth = value((atoms * doubtPpm) / 1_000_000n)
    return { price: price(atoms), halfWidth, guarded: false, observedAt: timestamp(0) }
  }
  const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
  const asset = { nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost: COST }
  const perps = PERPS.map((id, i): readonly [MarketId, ListedMarket] => {
    const settlement = assetId(id === 'USDT-PERP' ? 'USDT' : 'USDC')
    const kind = 'perpetual' as const
    const terms = { ...TRADING, kind, id, underlying: assetId('ETH'), settlement, maximumOpenInterest: quantity(1n) }
    const listed = { terms, status: 'open' as const, mark: quote(mark[i] ?? 1n), openInterest: NO_QUANTITY }
    return [id, { ...listed, fundingIndex: fundingIndex(funding) }]
  })
  const pairs = PAIRS.map((id): readonly [MarketId, ListedMarket] => {
    const [base, quoted] = id.split('-').map(assetId) as [AssetId, AssetId]
    const terms = { ...TRADING, kind: 'spot' as const, id, base, quote: quoted }
    return [id, { terms, status: 'open', mark: undefined, fundingIndex: fundingIndex(0n), openInterest: NO_QUANTITY }]
  })
  return {
    assets: new Map(ASSETS.map((id, i) => [id, { terms: { ...asset, id }, index: quote(index[i] ?? 1n) }])),
    markets: new Map([...perps, ...pairs]),
  }
}

function views(doubtPpm: fc.Arbitrary<bigint>): fc.Arbitrary<MarketView> {
  const index = fc.tuple(pegs, pegs, prices, prices)
  return fc.record({ index, mark: fc.tuple(prices, prices, prices), funding: units, doubtPpm }).map(viewOf)
}

const holdings: fc.Arbitrary<readonly Holding[]> = fc
  .tuple(units, units, units, units)
  .map((amounts) =>
    amounts.flatMap((atoms, i) =>
      atoms === 0n ? [] : [{ asset: ASSETS[i] ?? assetId('X'), quantity: quantity(atoms) }],
    ),
  )

const traded = fc
  .tuple(units, prices, units)
  .map(([contracts, at, index]) => ({ contracts, level: { price: price(at), fundingIndex: fundingIndex(index) } }))
const positions: fc.Arbitrary<readonly OpenPosition[]> = fc.tuple(traded, traded, traded).map((trades) =>
  trades.map(({ contracts, level }, i) => ({
    market: PERPS[i] ?? marketId('X'),
    ...tradePosition(NO_POSITION, quantity(contracts), level),
  })),
)

function ordersOf(...markets: readonly MarketId[]) {
  const side = fc.constantFrom<'buy' | 'sell'>('buy', 'sell')
  const order = fc.record({ market: fc.constantFrom(...markets), side, remaining: positive, limit: prices.map(price) })
  return fc.array(order, { maxLength: 6 }).map((rows) => rows.map((row, i): Order => ({ ...row, id: orderId(`${i}`) })))
}

const certain = views(fc.constant(0n))
const doubtful = views(fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 1_000_000n })))

interface Wanted {
  readonly tiers: number
  readonly orders: fc.Arbitrary<readonly Order[]>
  readonly market: fc.Arbitrary<MarketView>
}

function inputs({ tiers, orders, market }: Wanted): fc.Arbitrary<Input> {
  const portfolio = fc.record({ holdings, positions })
  const parameters = parametersWith(tiers)
  const [time, elsewhere] = [fc.constant(timestamp(0)), fc.constant(NOWHERE_ELSE)]
  return fc.record({ portfolio, orders, market, parameters, time, elsewhere })
}

const anyOrders = ordersOf(...PERPS, ...PAIRS)
const noOrders = fc.constant<readonly Order[]>([])
const anything = inputs({ tiers: 4, orders: anyOrders, market: doubtful })
const unordered = inputs({ tiers: 4, orders: noOrders, market: doubtful })

function excess({ value, requirement }: Side): bigint {
  return value - requirement
}

function withHolding(portfolio: Portfolio, asset: AssetId, atoms: bigint): Portfolio {
  const held = portfolio.holdings.find((holding) => holding.asset === asset)?.quantity ?? 0n
  const others = portfolio.holdings.filter((holding) => holding.asset !== asset)
  return { ...portfolio, holdings: [...others, { asset, quantity: quantity(held + atoms) }] }
}

describe('the standard model', () => {
  // Two rounding sites: NLV down and the requirement up. What the haircut asks is at most what was added, so
  // floor(N + w) - floor(N) >= floor(w) and ceil(R + d) - ceil(R) <= ceil(d) with d <= w: together they cost one unit.
  test('INV-MARGIN-1: a deposit never lowers excess by more than one unit', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...ASSETS), positive, (input, asset, atoms) => {
        const after = { ...input, portfolio: withHolding(input.portfolio, asset, atoms) }
        expect(excess(standard.maintenance(after)) >= excess(standard.maintenance(input)) - 1n).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('INV-MARGIN-1: nor available, while no price is of low confidence', () => {
    const sure = inputs({ tiers: 4, orders: anyOrders, market: certain })
    fc.assert(
      fc.property(sure, fc.constantFrom(...ASSETS), positive, (input, asset, atoms) => {
        const after = { ...input, portfolio: withHolding(input.portfolio, asset, atoms) }
        expect(excess(standard.initial(after)) >= excess(standard.initial(input)) - 1n).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('INV-MARGIN-2: the initial requirement is never below the maintenance requirement, and neither is negative', () => {
    fc.assert(
      fc.property(anything, (input) => {
        const [maintenance, initial] = [standard.maintenance(input), standard.initial(input)]
        expect(initial.value).toBe(maintenance.value)
        expect(0n <= maintenance.requirement && maintenance.requirement <= initial.requirement).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('INV-MARGIN-3: removing an order never raises the initial requirement', () => {
    fc.assert(
      fc.property(anything, fc.nat(5), (input, at) => {
        const fewer = { ...input, orders: input.orders.filter((_order, i) => i !== at) }
        expect(standard.initial(fewer).requirement <= standard.initial(input).requirement).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('INV-MARGIN-3: not even one of two that together shrink a position, the first at a loss', () => {
    // Looking only at the end of each side, cancelling the second of these raised the requirement from 11 to 16 USD.
    const free = {
      maintenanceHaircutPpm: 0,
      initialHaircutPpm: 0,
      maintenanceBorrowPpm: 0,
      initialBorrowPpm: 0,
      source,
    }
    const tiers = [{ aboveUsd: '0', maintenancePpm: 10_000, initialPpm: 10_000, source }]
    const decoded = standard.decodeParameters({ assets: { USDC: free }, markets: { 'ETH-PERP': { tiers } } })
    if (!decoded.ok) throw new Error(decoded.field)
    const { parameters } = decoded
    const hundred = 100n * USD
    const market = viewOf({ index: [USD, USD, USD, USD], mark: [hundred, USD, USD], funding: 0n, doubtPpm: 0n })
    const id = marketId('ETH-PERP')
    const at = { price: price(hundred), fundingIndex: fundingIndex(0n) }
    const short = { market: id, ...tradePosition(NO_POSITION, quantity(-10n * USD), at) }
    const buy = (name: string, limit: bigint): Order => {
      return { id: orderId(name), market: id, side: 'buy', remaining: quantity(5n * USD), limit: price(limit) }
    }
    const initial = (...orders: readonly Order[]) => {
      const portfolio = { holdings: [], positions: [short] }
      return standard.initial({ portfolio, orders, market, parameters, time: timestamp(0), elsewhere: NOWHERE_ELSE })
        .requirement
    }
    // Short 10 at 100: 1% of 1000. Five bought back at 102.2: 1% of the other 500, and a loss of 5 * 2.2.
    const [loss, fair] = [buy('loss', (1022n * USD) / 10n), buy('fair', hundred)]
    expect([initial(), initial(fair), initial(loss), initial(loss, fair)]).toEqual(
      [10n, 10n, 16n, 16n].map((n) => n * USD),
    )
  })

  test('INV-MARGIN-4: the derivation explains the maintenance requirement, and its parts add up to it', () => {
    fc.assert(
      fc.property(unordered, (input) => {
        const { value: total, terms } = standard.explainMaintenance(input).derivation
        expect(total).toBe(standard.maintenance(input).requirement)
        expect(terms.reduce((sum, term) => sum + term.value, 0n)).toBe(total)
        for (const term of terms) expect(term.value >= 0n).toBe(true)
        const derived = standard.explainInitial(input).derivation
        expect(derived.value).toBe(standard.initial(input).requirement)
        expect(derived.terms.reduce((sum, term) => sum + term.value, 0n)).toBe(derived.value)
      }),
      { numRuns: 400 },
    )
  })

  test('INV-MARGIN-4: the same of initial margin, with resting orders and prices of low confidence', () => {
    let withOrders = 0
    fc.assert(
      fc.property(anything, (input) => {
        const { value: total, terms } = standard.explainInitial(input).derivation
        expect(total).toBe(standard.initial(input).requirement)
        expect(terms.reduce((sum, term) => sum + term.value, 0n)).toBe(total)
        if (terms.some(({ id, value: part }) => id.startsWith('orders/') && part > 0n)) withOrders += 1
      }),
      { numRuns: 400 },
    )
    expect(withOrders).toBeGreaterThan(50)
  })

  test('INV-MARGIN-5: scaling a portfolio with one-tier markets by t scales its requirement by t, to within t units', () => {
    const scale = fc.bigInt({ min: 1n, max: 1000n })
    fc.assert(
      fc.property(inputs({ tiers: 1, orders: noOrders, market: doubtful }), scale, ({ portfolio, ...rest }, t) => {
        const scaled = {
          holdings: portfolio.holdings.map((held) => ({ ...held, quantity: quantity(held.quantity * t) })),
          positions: portfolio.positions.map((held) => scaledPosition(held, t)),
        }
        const once = standard.maintenance({ portfolio, ...rest }).requirement
        const times = standard.maintenance({ portfolio: scaled, ...rest }).requirement
        expect(times <= t * once && t * once - times < t).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('INV-MARGIN-6: a side of orders that fills at its limits, best price first, needs no more than was charged for it', () => {
    const side = fc.constantFrom<'buy' | 'sell'>('buy', 'sell')
    fc.assert(
      fc.property(
        inputs({ tiers: 4, orders: ordersOf(...PERPS), market: certain }),
        side,
        fc.constantFrom(...PERPS),
        fc.nat(6),
        (input, which, market, fills) => {
          const resting = input.orders.filter((order) => order.market === market)
          const ofSide = resting
            .filter((order) => order.side === which)
            .sort((a, b) => (which === 'buy' ? 1 : -1) * (a.limit < b.limit ? 1 : a.limit > b.limit ? -1 : 0))
            .slice(0, fills)
          const index = input.market.markets.get(market)?.fundingIndex ?? NO_FUNDING
          const positions = input.portfolio.positions.map((held) =>
            held.market === market ? ofSide.reduce((so, order) => filled(so, order, index), held) : held,
          )
          const before = standard.initial({ ...input, orders: resting })
          const after = standard.initial({ ...input, orders: [], portfolio: { ...input.portfolio, positions } })
          // Three rounding sites: NLV before and after, and the requirement afterwards; each costs less than a unit.
          expect(excess(after) >= excess(before) - 2n).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  // Rows are taken from the older side until none is left: without one it asks for as much as can be asked.
  test('INV-RAMP-8: completing raises no requirement, changes nothing of what is known, and leaves nothing new unknown', () => {
    const known = fc.subarray([...ASSETS, ...PERPS] as readonly string[] as string[])
    fc.assert(
      fc.property(anything, parametersWith(4), known, (input, newer, names) => {
        const only = (side: SideParameters): SideParameters => ({
          assets: new Map([...side.assets].filter(([id]) => names.includes(id))),
          markets: new Map([...side.markets].filter(([id]) => names.includes(id))),
        })
        const { maintenance, initial } = input.parameters
        const older = { maintenance: only(maintenance), initial: only(initial) }
        const parameters = completed(older, newer)
        const [before, after] = [older, parameters].map((by) => ({ ...input, parameters: by }))
        if (before === undefined || after === undefined) throw new Error('nothing to compare')
        expect(standard.maintenance(after).requirement <= standard.maintenance(before).requirement).toBe(true)
        expect(standard.initial(after).requirement <= standard.initial(before).requirement).toBe(true)
        for (const side of ['maintenance', 'initial'] as const) {
          const rowsOf = ({ assets, markets }: SideParameters) => new Map<string, unknown>([...assets, ...markets])
          const [rows, own, others] = [parameters, older, newer].map((by) => rowsOf(by[side]))
          for (const [id, row] of own ?? []) expect(rows?.get(id)).toBe(row)
          for (const [id, row] of others ?? []) expect(rows?.get(id)).toBe(own?.get(id) ?? row)
        }
      }),
    )
  })
})

function filled(held: OpenPosition, { side, remaining, limit }: Order, index: FundingIndex): OpenPosition {
  const bought = quantity(side === 'buy' ? remaining : -remaining)
  return { market: held.market, ...tradePosition(held, bought, { price: limit, fundingIndex: index }) }
}

function scaledPosition(held: OpenPosition, t: bigint): OpenPosition {
  const { market, cost, fundingBasis } = held
  return {
    market,
    quantity: quantity(held.quantity * t),
    cost: cashFlow(cost * t),
    fundingBasis: cashFlow(fundingBasis * t),
  }
}
