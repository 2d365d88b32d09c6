import { describe, expect, test } from 'vitest'
import { fundingIndex } from '../../../quantity/funding-index.ts'
import { NO_PPM } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { value } from '../../../quantity/value.ts'
import { type AssetId, assetId, type MarketId, marketId, orderId } from '../../../instrument/identifier.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../../../market/listing.ts'
import type { Order } from '../../../ledger/order.ts'
import { NO_POSITION, tradePosition } from '../../../ledger/position.ts'
import type { OpenPosition } from '../../../portfolio/portfolio.ts'
import { type InitialInput, NOWHERE_ELSE } from '../../model.ts'
import { standard } from './standard.ts'
import type { StandardParameters } from './parameters.ts'
import { flatCurve } from '../../../../../simulator/workload/world.ts'

const USD = 10n ** 18n
const [USDC, ETH] = [assetId('USDC'), assetId('ETH')]
const [PERP, OTHER, PAIR] = [marketId('ETH-PERP'), marketId('OTHER-PERP'), marketId('ETH-USDC')]
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
const TRADING = {
  tick: price(1n),
  lot: quantity(1n),
  minimumQuantity: quantity(1n),
  priceBandPpm: NO_PPM,
  closeOutCost: COST,
}

// ETH: haircut 10% / 20%, borrow 15% / 25%. USDC: haircut 0, borrow 5% / 10%. ETH-PERP: 5% / 10%, above 10,000 USD 10% / 20%.
const decoded = standard.decodeParameters({
  assets: {
    ETH: {
      maintenanceHaircutPpm: 100_000,
      initialHaircutPpm: 200_000,
      maintenanceBorrowPpm: 150_000,
      initialBorrowPpm: 250_000,
      source: 'test',
    },
    USDC: {
      maintenanceHaircutPpm: 0,
      initialHaircutPpm: 0,
      maintenanceBorrowPpm: 50_000,
      initialBorrowPpm: 100_000,
      source: 'test',
    },
  },
  markets: {
    'ETH-PERP': {
      tiers: [
        { aboveUsd: '0', maintenancePpm: 50_000, initialPpm: 100_000, source: 'test' },
        { aboveUsd: '10000', maintenancePpm: 100_000, initialPpm: 200_000, source: 'test' },
      ],
    },
  },
})
if (!decoded.ok) throw new Error(decoded.field)
const { parameters } = decoded

function quote(atoms: bigint, halfWidth = 0n) {
  return { price: price(atoms), halfWidth: value(halfWidth), guarded: false, observedAt: timestamp(0) }
}

function asset(id: AssetId, atoms: bigint | undefined): readonly [AssetId, ListedAsset] {
  const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
  const terms = { id, nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost: COST }
  return [id, { terms, index: atoms === undefined ? undefined : quote(atoms) }]
}

function perpetual(id: MarketId, mark: bigint | undefined): readonly [MarketId, ListedMarket] {
  const kind = 'perpetual' as const
  const terms = { ...TRADING, kind, id, underlying: ETH, settlement: USDC, maximumOpenInterest: quantity(1n) }
  const quoted = mark === undefined ? undefined : quote(mark)
  return [id, { terms, status: 'open', mark: quoted, fundingIndex: fundingIndex(0n), openInterest: NO_QUANTITY }]
}

/** ETH and its perpetual at 100, USDC at 1. */
function view(over: { readonly eth?: bigint; readonly mark?: bigint | undefined } = {}): MarketView {
  const pair: ListedMarket = {
    terms: { ...TRADING, kind: 'spot', id: PAIR, base: ETH, quote: USDC },
    status: 'open',
    mark: undefined,
    fundingIndex: fundingIndex(0n),
    openInterest: NO_QUANTITY,
  }
  const mark = 'mark' in over ? over.mark : 100n * USD
  return {
    assets: new Map([asset(ETH, over.eth ?? 100n * USD), asset(USDC, USD), asset(assetId('NEW'), undefined)]),
    markets: new Map<MarketId, ListedMarket>([perpetual(PERP, mark), perpetual(OTHER, 100n * USD), [PAIR, pair]]),
  }
}

interface Book {
  readonly eth?: bigint
  readonly usdc?: bigint
  readonly contracts?: bigint
  readonly orders?: readonly Order[]
  readonly market?: MarketView
}

/** Units of each; contracts were bought at 100. */
function book({
  eth = 0n,
  usdc = 0n,
  contracts = 0n,
  orders = [],
  market = view(),
}: Book): InitialInput<StandardParameters> {
  const holdings = [
    { asset: ETH, quantity: quantity(eth * USD) },
    { asset: USDC, quantity: quantity(usdc * USD) },
  ].filter((holding) => holding.quantity !== 0n)
  return {
    portfolio: { holdings, positions: contracts === 0n ? [] : [open(contracts)] },
    orders,
    market,
    parameters,
    time: timestamp(0),
    elsewhere: NOWHERE_ELSE,
  }
}

function open(contracts: bigint, market: MarketId = PERP): OpenPosition {
  const level = { price: price(100n * USD), fundingIndex: fundingIndex(0n) }
  return { market, ...tradePosition(NO_POSITION, quantity(contracts * USD), level) }
}

function order(side: 'buy' | 'sell', units: bigint, limit: bigint, market: MarketId = PERP): Order {
  return {
    id: orderId(`${side}-${units}-${limit}`),
    market,
    side,
    remaining: quantity(units * USD),
    limit: price(limit * USD),
  }
}

// In tenths of a dollar.
const requirements: [name: string, book: Book, maintenance: bigint, initial: bigint][] = [
  ['nothing requires nothing', {}, 0n, 0n],
  // 1000 * 10%, 20%
  ['collateral requires its haircut', { eth: 10n }, 1_000n, 2_000n],
  // 1000 * 15%, 25%
  ['a debt requires its borrow weight, not its haircut', { eth: -10n, usdc: 5000n }, 1_500n, 2_500n],
  // 10,000 * 5%, 10%
  ['a position at the threshold is charged at the first rate', { contracts: 100n }, 5_000n, 10_000n],
  // + 100 * 10%, 20%
  ['and above it at the next for what lies above', { contracts: 101n }, 5_100n, 10_200n],
  ['a short is charged like a long', { contracts: -101n }, 5_100n, 10_200n],
  // Short 101 from 100 to 110: notional 11,110, loss of 1010 owed.
  // MM: 500 + 111 + 5% * 1010 = 661.5; IM: 1000 + 222 + 10% * 1010 = 1323
  [
    'a loss requires the borrow weight of what it is owed in',
    { contracts: -101n, market: view({ mark: 110n * USD }) },
    6_615n,
    13_230n,
  ],
]
test.each(requirements)('%s', (_name, one, maintenance, initial) => {
  expect(standard.maintenance(book(one)).requirement * 10n).toBe(maintenance * USD)
  expect(standard.initial(book(one)).requirement * 10n).toBe(initial * USD)
})

describe('unknown', () => {
  const unknown = { ...parameters, maintenance: { assets: new Map(), markets: new Map() } }
  test('assets count for nothing as collateral, and need as much again as a debt', () => {
    const [held, owed] = [1n, -1n].map((eth) => standard.maintenance({ ...book({ eth }), parameters: unknown }))
    expect(held).toEqual({ value: 100n * USD, requirement: 100n * USD, sufficient: true })
    expect(owed).toEqual({ value: -100n * USD, requirement: 100n * USD, sufficient: false })
  })

  test('markets need their whole notional', () => {
    expect(standard.maintenance({ ...book({ contracts: 3n }), parameters: unknown }).requirement).toBe(300n * USD)
  })

  test('markets of the view that the parameters lack are charged whole, orders too', () => {
    const input = book({ usdc: 500n, orders: [order('buy', 2n, 100n, OTHER)] })
    expect(standard.initial(input).requirement).toBe(200n * USD)
  })
})

describe('sufficient', () => {
  // 1 ETH at 100 behind a debt of USDC d: NLV 100 - d; MM 10 + 5% d. Even at d = 90 / 1.05 = 85.714...
  const even = 85_714_285_714_285_714_285n
  const table: [name: string, debtAtoms: bigint, ok: boolean][] = [
    ['is right at the greatest debt that is covered', even, true],
    ['ends one atom above', even + 1n, false],
    ['holds one atom below', even - 1n, true],
  ]
  test.each(table)('%s', (_name, debtAtoms, ok) => {
    const holdings = [
      { asset: ETH, quantity: quantity(USD) },
      { asset: USDC, quantity: quantity(-debtAtoms) },
    ]
    const side = standard.maintenance({ ...book({}), portfolio: { holdings, positions: [] } })
    // 100 - d >= 10 + d / 20 iff 90 * 20 >= 21 d
    expect(90n * 20n * USD >= 21n * debtAtoms).toBe(ok)
    expect(side.sufficient).toBe(ok)
  })

  test('is NLV equal to the requirement, exactly', () => {
    // 100 contracts need 500.
    expect(standard.maintenance(book({ usdc: 500n, contracts: 100n })).sufficient).toBe(true)
    const holdings = [{ asset: USDC, quantity: quantity(500n * USD - 1n) }]
    const input = book({ contracts: 100n })
    expect(standard.maintenance({ ...input, portfolio: { ...input.portfolio, holdings } }).sufficient).toBe(false)
  })
})

test('NLV rounds down and a requirement up, once each', () => {
  // One atom of ETH at a price of one atom is worth 1e-18 of an atom of value.
  const holdings = [{ asset: ETH, quantity: quantity(1n) }]
  const tiny = { ...book({ market: view({ eth: 1n }) }), portfolio: { holdings, positions: [] } }
  expect(standard.maintenance(tiny)).toEqual({ value: 0n, requirement: 1n, sufficient: false })
  const debt = { ...tiny, portfolio: { holdings: [{ asset: ETH, quantity: quantity(-1n) }], positions: [] } }
  expect(standard.maintenance(debt)).toEqual({ value: -1n, requirement: 1n, sufficient: false })
})

describe('what has no price counts as nothing:', () => {
  test('a holding, a contract without a mark, and orders for it', () => {
    const market = view({ mark: undefined })
    const input = book({ contracts: 3n, orders: [order('buy', 2n, 100n)], market })
    const holdings = [{ asset: assetId('NEW'), quantity: quantity(5n * USD) }]
    const unpriced = { ...input, portfolio: { ...input.portfolio, holdings } }
    expect(standard.initial(unpriced)).toEqual({ value: 0n, requirement: 0n, sufficient: true })
    expect(standard.explainMaintenance(unpriced).derivation.terms).toEqual([])
  })
})

describe('a low-confidence price', () => {
  // Any half-width is low confidence here. 10 ETH +- 3: 30; 5 contracts +- 4: 20.
  const doubts: [name: string, holding: Book, index: bigint, mark: bigint, maintenance: bigint, initial: bigint][] = [
    ['charges a holding its half-width, initially', { eth: 10n }, 3n, 0n, 100n, 200n + 30n],
    ['charges a debt the same', { eth: -10n }, 3n, 0n, 150n, 250n + 30n],
    ['charges contracts the half-width of their mark', { contracts: -5n }, 0n, 4n, 25n, 50n + 20n],
    ['charges both', { eth: 10n, contracts: 5n }, 3n, 4n, 125n, 250n + 50n],
    ['charges nothing to who holds nothing of it', { usdc: 10n }, 3n, 4n, 0n, 0n],
  ]
  test.each(doubts)('%s', (_name, one, index, mark, maintenance, initial) => {
    const { assets, markets } = view()
    const [eth, perp] = [assets.get(ETH), markets.get(PERP)]
    if (eth === undefined || perp === undefined) throw new Error('not listed')
    const market = {
      assets: new Map([[ETH, { ...eth, index: quote(100n * USD, index * USD) }], asset(USDC, USD)]),
      markets: new Map([[PERP, { ...perp, mark: quote(100n * USD, mark * USD) }]]),
    }
    const input = book({ ...one, market })
    expect(standard.maintenance(input).requirement).toBe(maintenance * USD)
    expect(standard.initial(input).requirement).toBe(initial * USD)
    expect(standard.initial(input).value).toBe(standard.maintenance(input).value)
  })
})

test('requires the price of every holding, and the mark and settlement price of every contract', () => {
  const { portfolio } = book({ eth: 1n, contracts: 2n })
  const keys = standard.requires(
    { ...portfolio, positions: [...portfolio.positions, open(1n, marketId('GONE'))] },
    view(),
  )
  expect(keys).toEqual([
    { kind: 'index', asset: ETH },
    { kind: 'mark', market: PERP },
    { kind: 'index', asset: USDC },
    { kind: 'mark', market: 'GONE' },
  ])
})

// Contracts at 100: 10% of 10,000 USD, then 20%. A loss is charged at 110%: USDC borrows at 10%.
const resting: [name: string, book: Book, orders: readonly Order[], added: bigint][] = [
  ['no order adds nothing', { contracts: 10n }, [], 0n],
  ['a buy adds what it would open', {}, [order('buy', 10n, 100n)], 100n],
  ['a sell adds what it would open', {}, [order('sell', 10n, 100n)], 100n],
  ['the worse side is charged, not both', {}, [order('buy', 10n, 100n), order('sell', 7n, 100n)], 100n],
  ['buys of one side add up', {}, [order('buy', 10n, 100n), order('buy', 7n, 99n)], 170n],
  ['an order that shrinks a position adds nothing', { contracts: 10n }, [order('sell', 10n, 100n)], 0n],
  ['an order that turns a position is charged beyond it', { contracts: 10n }, [order('sell', 30n, 100n)], 100n],
  ['an order that turns a position by as much adds nothing', { contracts: 10n }, [order('sell', 20n, 100n)], 0n],
  // 100 at 10% + 100 more at 20%
  ['an order is charged at the rates it reaches', { contracts: 100n }, [order('buy', 100n, 100n)], 2000n],
  // 10 * 10 * 10% + 10 * 2 * 110%
  ['a buy above the mark is a loss', {}, [order('buy', 10n, 102n)], 122n],
  ['a sell below the mark is a loss', {}, [order('sell', 10n, 98n)], 122n],
  ['a buy below the mark is no gain', {}, [order('buy', 10n, 50n)], 100n],
  ['a sell above the mark is no gain', {}, [order('sell', 10n, 200n)], 100n],
  // Half: 50 + 5 * 30 * 110% = 215 more than nothing; held 100: 215 - 100
  [
    'a loss on the way is charged where it is worst',
    { contracts: 10n },
    [order('sell', 5n, 100n), order('sell', 5n, 70n)],
    115n,
  ],
  ['orders of a market that is not listed add nothing', {}, [order('buy', 10n, 100n, marketId('GONE'))], 0n],
  // Each order: gives 1000 at 125% of ETH, or at 110% of USDC; gets 1000 of USDC whole, or of ETH at 80%.
  ['a spot sell gives as if borrowed and gets whole', {}, [order('sell', 10n, 100n, PAIR)], 250n],
  ['a spot buy gives as if borrowed and gets after a haircut', {}, [order('buy', 10n, 100n, PAIR)], 300n],
  [
    'the worse side of spot orders is charged',
    {},
    [order('buy', 10n, 100n, PAIR), order('sell', 10n, 100n, PAIR)],
    300n,
  ],
  // Gives 1000 of ETH at 125% and gets 2000 of USDC: 1250 - 2000 < 0. The other: 125 - 100.
  [
    'a spot order far better than fair adds nothing, and takes nothing from another',
    {},
    [order('sell', 10n, 200n, PAIR), order('sell', 1n, 100n, PAIR)],
    25n,
  ],
  ['orders of two markets add up', {}, [order('buy', 10n, 100n), order('buy', 10n, 100n, PAIR)], 400n],
]
test.each(resting)('%s', (_name, one, orders, added) => {
  const [without, withOrders] = [book(one), book({ ...one, orders })]
  expect(standard.initial(withOrders).requirement - standard.initial(without).requirement).toBe(added * USD)
  expect(standard.maintenance(withOrders)).toEqual(standard.maintenance(without))
})

test('explains a requirement by its claims and positions, with the rate of each', () => {
  // Long 101 from 100 to 110: a profit of 1010 against a debt of 3000; 11,110 of notional: 500 + 10% of 1110.
  const {
    id,
    op,
    value: total,
    terms,
  } = standard.explainMaintenance(
    book({ eth: 10n, usdc: -3000n, contracts: 101n, market: view({ mark: 110n * USD }) }),
  ).derivation
  expect({ id, op, total }).toEqual({
    id: 'maintenanceMargin',
    op: 'sum',
    total: (100n + 611n) * USD + (995n * USD) / 10n,
  })
  expect(terms.map((term) => [term.id, term.value, term.note])).toEqual([
    ['asset/ETH', 100n * USD, 'haircut 100000 ppm'],
    // 3000 - 1010 = 1990 owed, 5%
    ['asset/USDC', (995n * USD) / 10n, 'debt, weight 50000 ppm'],
    ['position/ETH-PERP', 611n * USD, 'marginal rate 100000 ppm'],
  ])
})
