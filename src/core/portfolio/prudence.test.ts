import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_CASH_FLOW, cashFlow } from '../quantity/cash-flow.ts'
import { NO_FUNDING } from '../quantity/funding-index.ts'
import { ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { ONE } from '../quantity/unit.ts'
import { value } from '../quantity/value.ts'
import { assetId, marketId } from '../instrument/identifier.ts'
import type { ListedAsset, ListedMarket } from '../market/listing.ts'
import type { Quote } from '../market/quote.ts'
import { claimsWith, valuedPositions } from './claims.ts'
import type { Portfolio } from './portfolio.ts'
import { prudence } from './prudence.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const NOW = timestamp(1_000_000)
const COST = { halfSpreadPpm: ppm(0n), impactPpm: ppm(0n), impactNotional: value(ONE) }
const USDT = assetId('USDT')
const ETH = assetId('ETH')
const PERP = marketId('ETH-PERP')

/** Low confidence begins above 1% of the price. */
function asset(id: typeof ETH, at: bigint, halfWidth: bigint, guarded = false): ListedAsset {
  const priceRules = { freshForMs: 60_000, lowConfidencePpm: ppm(10_000n), dailyVolatilityPpm: ppm(40_000n) }
  const terms = { id, nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost: COST }
  return { terms, index: { price: price(at), halfWidth: value(halfWidth), guarded, observedAt: NOW } }
}

function perpetual(halfWidth: bigint): ListedMarket {
  const lot = quantity(1n)
  const trading = { id: PERP, tick: price(1n), lot, minimumQuantity: lot, priceBandPpm: ppm(0n), closeOutCost: COST }
  const terms = { kind: 'perpetual' as const, ...trading, underlying: ETH, settlement: USDT, maximumOpenInterest: lot }
  const mark = { price: price(2_000n * ONE), halfWidth: value(halfWidth), guarded: false, observedAt: NOW }
  return { terms, status: 'open', mark, fundingIndex: NO_FUNDING, openInterest: lot }
}

function charged(
  held: bigint,
  contracts: bigint,
  eth: ListedAsset,
  perp: ListedMarket,
  usdt = asset(USDT, ONE, 0n),
): bigint {
  const position = {
    market: PERP,
    quantity: quantity(contracts),
    cost: cashFlow(contracts * 2_000n * ONE),
    fundingBasis: NO_CASH_FLOW,
  }
  const portfolio: Portfolio = {
    holdings: [{ asset: ETH, quantity: quantity(held) }],
    positions: contracts === 0n ? [] : [position],
  }
  const view = {
    assets: new Map([
      [ETH, eth],
      [USDT, usdt],
    ]),
    markets: new Map([[PERP, perp]]),
  }
  const valued = valuedPositions(portfolio, view)
  return prudence(claimsWith(portfolio, valued, view), valued, view, NOW) / (ONE * ONE)
}

/** Ether at 2,000 with what else is known of it. */
function known(more: Partial<Pick<Quote, 'smoothed' | 'bid' | 'ask'>>, halfWidth = 0n): ListedAsset {
  const listed = asset(ETH, 2_000n * ONE, halfWidth)
  return listed.index === undefined ? listed : { ...listed, index: { ...listed.index, ...more } }
}

function marked(more: Partial<Pick<Quote, 'smoothed' | 'bid' | 'ask'>>): ListedMarket {
  const listed = perpetual(0n)
  return listed.mark === undefined ? listed : { ...listed, mark: { ...listed.mark, ...more } }
}

const dollars = (whole: bigint) => price(whole * ONE)
const plain = asset(ETH, 2_000n * ONE, 0n)

const table: [name: string, got: bigint, usd: bigint][] = [
  [
    'a holding the fall to its slow average',
    charged(3n * ONE, 0n, known({ smoothed: dollars(1_990n) }), marked({})),
    30n * ONE,
  ],
  ['a debt nothing for it', charged(-3n * ONE, 0n, known({ smoothed: dollars(1_990n) }), marked({})), 0n],
  [
    'a debt the rise to its slow average',
    charged(-3n * ONE, 0n, known({ smoothed: dollars(2_010n) }), marked({})),
    30n * ONE,
  ],
  [
    'a holding the bid',
    charged(3n * ONE, 0n, known({ bid: dollars(1_995n), ask: dollars(2_007n) }), marked({})),
    15n * ONE,
  ],
  [
    'a debt the ask',
    charged(-3n * ONE, 0n, known({ bid: dollars(1_995n), ask: dollars(2_007n) }), marked({})),
    21n * ONE,
  ],
  [
    'the worst of several, not their sum: average 10, bid 5, interval 30',
    charged(3n * ONE, 0n, known({ smoothed: dollars(1_990n), bid: dollars(1_995n) }, 30n * ONE), marked({})),
    90n * ONE,
  ],
  ['nothing for a bid above the price', charged(3n * ONE, 0n, known({ bid: dollars(2_005n) }), marked({})), 0n],
  ['2 long contracts the bid of their mark', charged(0n, 2n * ONE, plain, marked({ bid: dollars(1_996n) })), 8n * ONE],
  ['2 short contracts the ask of it', charged(0n, -2n * ONE, plain, marked({ ask: dollars(2_003n) })), 6n * ONE],
  ['2 short contracts nothing for the bid', charged(0n, -2n * ONE, plain, marked({ bid: dollars(1_996n) })), 0n],
  [
    // 20 units lost, which settle in what is had at 1 and asked for at 1.1: 22 are owed, 0 were had.
    '2 long contracts at the bid, what is lost at the ask of what they settle in',
    charged(0n, 2n * ONE, plain, marked({ bid: dollars(1_990n) }), asked(USDT, ONE, (11n * ONE) / 10n)),
    22n * ONE,
  ],
  [
    '3 ETH with a half-width of 30, above 1% of 2000',
    charged(3n * ONE, 0n, asset(ETH, 2_000n * ONE, 30n * ONE), perpetual(0n)),
    90n * ONE,
  ],
  [
    'a debt as much as a holding',
    charged(-3n * ONE, 0n, asset(ETH, 2_000n * ONE, 30n * ONE), perpetual(0n)),
    90n * ONE,
  ],
  ['nothing at exactly 1%', charged(3n * ONE, 0n, asset(ETH, 2_000n * ONE, 20n * ONE), perpetual(0n)), 0n],
  [
    'all of it one atom above 1%',
    charged(ONE, 0n, asset(ETH, 2_000n * ONE, 20n * ONE + 1n), perpetual(0n)),
    20n * ONE + 1n,
  ],
  [
    '2 short contracts whose mark has a half-width of 25, settling at 0.9',
    charged(0n, -2n * ONE, asset(ETH, 2_000n * ONE, 0n), perpetual(25n * ONE), asset(USDT, (9n * ONE) / 10n, 0n)),
    45n * ONE,
  ],
  [
    'a guarded price nothing: it is refused, not charged',
    charged(3n * ONE, 0n, asset(ETH, 2_000n * ONE, 30n * ONE, true), perpetual(0n)),
    0n,
  ],
]
function asked(id: typeof ETH, at: bigint, ask: bigint): ListedAsset {
  const listed = asset(id, at, 0n)
  return listed.index === undefined ? listed : { ...listed, index: { ...listed.index, ask: price(ask) } }
}

test('INV-PRUDENCE-1: it is never negative, whatever is quoted, and a wider quote never lowers it', () => {
  const near = fc.bigInt({ min: 1_900n, max: 2_100n })
  const size = fc.bigInt({ min: -9n, max: 9n })
  fc.assert(
    fc.property(size, size, near, near, near, fc.bigInt({ min: 0n, max: 90n }), (held, contracts, a, b, c, wide) => {
      const quoted = { smoothed: dollars(a), bid: dollars(b), ask: dollars(c) }
      const wider = { smoothed: dollars(a), bid: dollars(b - wide), ask: dollars(c + wide) }
      const of = (more: typeof quoted) => charged(held * ONE, contracts * ONE, known(more), marked(more))
      expect(of(quoted)).toBeGreaterThanOrEqual(0n)
      expect(of(wider)).toBeGreaterThanOrEqual(of(quoted))
    }),
  )
})

test.each(table)('charges %s', (_name, got, usd) => {
  expect(got).toBe(usd)
})
