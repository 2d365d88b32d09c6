import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantity } from '../../src/core/quantity/quantity.ts'
import { assetId } from '../../src/core/instrument/identifier.ts'
import type { MarketView } from '../../src/core/market/listing.ts'
import type { Explanation } from '../../src/core/margin/explanation.ts'
import { filledPortfolio } from '../../src/core/margin/models/plimsoll-1/filled-portfolio.ts'
import { orderFlows } from '../../src/core/margin/models/plimsoll-1/order-flow.ts'
import { plimsoll1 } from '../../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import { certainViews, epochs, marginOf, ONE, RUNS, SECONDS } from './property-setting.ts'
import { elsewheres, ordersOf, portfolios, views } from './random-world.ts'

/**
 * A corner is rounded by itself: three ceilings, two units for each of at most thirteen factors, times an iota below 1.5; and an atom
 * of the quote asset for each of two spot pairs, twice, at its price, on each of five terms.
 */
function cornerUnits(market: MarketView): bigint {
  const atoms = ['USDC', 'ETH'].map((asset) => (market.assets.get(assetId(asset))?.index?.price ?? 0n) / ONE + 1n)
  return 3n * (3n + 26n) + 10n * atoms.reduce((all, one) => all + one, 0n)
}

test(
  'INV-MARGIN-3: removing an order never raises IM, but for the rounding of a corner',
  () => {
    fc.assert(
      fc.property(
        epochs,
        portfolios,
        views,
        elsewheres,
        ordersOf(6),
        fc.nat(),
        (epoch, portfolio, market, elsewhere, orders, pick) => {
          fc.pre(orders.length > 0)
          const { input } = marginOf(portfolio, market, epoch)
          const fewer = orders.filter((_, i) => i !== pick % orders.length)
          const [all, less] = [orders, fewer].map((some) => {
            return plimsoll1.initial({ ...input, elsewhere, orders: some }).requirement
          })
          expect((less ?? 0n) - (all ?? 0n)).toBeLessThanOrEqual(cornerUnits(market))
        },
      ),
      RUNS,
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-9: whatever part of the orders fills at the marks, IM is no more than it was with them',
  () => {
    const parts = fc.array(fc.bigInt({ min: -4n, max: 4n }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(
        epochs,
        portfolios,
        certainViews,
        ordersOf(6),
        parts,
        (epoch, portfolio, market, orders, quarters) => {
          const { input } = marginOf(portfolio, market, epoch)
          const fills = orderFlows(orders, market).map(({ traded, bought, sold }, i) => {
            const part = quarters[i] ?? 0n
            return { traded, bought: quantity(part < 0n ? (sold * part) / 4n : (bought * part) / 4n) }
          })
          const before = plimsoll1.initial({ ...input, orders }).requirement
          const after = plimsoll1.initial({ ...input, portfolio: filledPortfolio(portfolio, fills) }).requirement
          expect(after - before).toBeLessThanOrEqual(cornerUnits(market))
        },
      ),
      RUNS,
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-13: the order of holdings, positions and orders changes nothing',
  () => {
    fc.assert(
      fc.property(epochs, portfolios, views, elsewheres, ordersOf(6), (epoch, portfolio, market, elsewhere, orders) => {
        const { input, requirement } = marginOf(portfolio, market, epoch)
        const { holdings, positions } = portfolio
        const turned = { holdings: holdings.toReversed(), positions: positions.toReversed() }
        const other = { ...input, portfolio: turned, elsewhere, orders: orders.toReversed() }
        expect(plimsoll1.maintenance(other).requirement).toBe(requirement)
        expect(plimsoll1.initial(other)).toEqual(plimsoll1.initial({ ...input, elsewhere, orders }))
      }),
      RUNS,
    )
  },
  SECONDS,
)

function attributed({ attribution }: Explanation): bigint {
  return attribution.reduce((sum, one) => sum + one.value, 0n)
}

test(
  'INV-MARGIN-14: explanations, their trees and their attributions add up to the requirement, to the last unit',
  () => {
    fc.assert(
      fc.property(epochs, portfolios, views, elsewheres, ordersOf(6), (epoch, portfolio, market, elsewhere, orders) => {
        const { input, requirement } = marginOf(portfolio, market, epoch)
        const whole = { ...input, elsewhere, orders }
        const explained = plimsoll1.explainMaintenance(input)
        expect([explained.derivation.value, attributed(explained)]).toEqual([requirement, requirement])
        const initial = plimsoll1.initial(whole).requirement
        const other = plimsoll1.explainInitial(whole)
        expect([other.derivation.value, attributed(other)]).toEqual([initial, initial])
        for (const { derivation, scenarios } of [explained, other]) {
          const terms = derivation.terms.reduce((sum, one) => sum + one.value, 0n)
          expect(terms).toBe(derivation.value)
          const [largest] = derivation.terms
          expect(largest?.terms.filter((one) => one.binding === true)).toHaveLength(1)
          expect(largest?.terms.find((one) => one.binding === true)?.value).toBe(largest?.value)
          for (const { profit, contributions } of scenarios)
            if (contributions.length > 0) expect(contributions.reduce((sum, one) => sum + one.value, 0n)).toBe(profit)
        }
      }),
      RUNS,
    )
  },
  SECONDS,
)
