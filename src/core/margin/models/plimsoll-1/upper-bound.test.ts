import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flatCurve } from '../../../../../simulator/workload/world.ts'
import { extremesUp, followedUp, tailMeansUp } from '../../../quantity/adverse.ts'
import { NO_FUNDING } from '../../../quantity/funding-index.ts'
import type { Move } from '../../../quantity/move.ts'
import { NO_PPM, ppm, WHOLE } from '../../../quantity/ppm.ts'
import { price } from '../../../quantity/price.ts'
import { costOf, fundingOf } from '../../../quantity/product.ts'
import { NO_QUANTITY, quantity } from '../../../quantity/quantity.ts'
import { timestamp } from '../../../quantity/timestamp.ts'
import { NO_VALUE, value, wideValue } from '../../../quantity/value.ts'
import { type AssetId, assetId, type MarketId, marketId } from '../../../instrument/identifier.ts'
import type { ListedAsset, ListedMarket, MarketView } from '../../../market/listing.ts'
import type { OpenPosition, Portfolio } from '../../../portfolio/portfolio.ts'
import { boundMaintenance, isSurelySufficient, maintenance } from './assess.ts'
import { maintenanceTerms } from './maintenance-terms.ts'
import { plimsoll1 } from './plimsoll-1.ts'
import type { PreparedEpoch } from './measured-epoch.ts'
import { maintenanceRequirement, sizeFreePart } from './requirement.ts'
import { measuredOf, riskBook } from './risk-book.ts'
import { factorsOfContract, riskLine } from './risk-line.ts'
import { worstScenario } from './scenario-loss.ts'
import { figuresOf, requiredSizeFree, sizeFreeMaintenance } from './size-free.ts'
import { epochWith, MARKETS, wide } from './small-world.test-data.ts'
import { termBounds } from './term-bounds.ts'
import { sizeFreeBound } from './upper-bound.ts'

const ONE = 10n ** 18n
const DOCUMENT = join(import.meta.dirname, '../../../../../epochs/provisional-2026-11.json')

interface Claimed {
  readonly claim?: object
}

/** The provisional section, with what staked ether moves changed: 1.5 times its reference is more than any real claim. */
function epochWithBeta(betaPpm: number): PreparedEpoch {
  const section = JSON.parse(readFileSync(DOCUMENT, 'utf8')).sections['plimsoll-1']
  const assets = section.assets as Readonly<Record<string, Claimed>>
  const staked = { ...assets['stETH'], claim: { ...assets['stETH']?.claim, betaPpm } }
  const decoded = plimsoll1.decodeParameters({ ...section, assets: { ...assets, stETH: staked } })
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}`)
  return decoded.parameters
}

const EPOCHS = [epochWithBeta(1_000_000), epochWithBeta(1_500_000), epochWithBeta(700_000)]
const PRICES: Readonly<Record<string, number>> = {
  USDT: 1,
  USDC: 1,
  BTC: 20_000,
  ETH: 1_500,
  SOL: 30,
  stETH: 1_450,
  FTT: 22,
}
const UNDERLYINGS = ['BTC', 'ETH', 'SOL', 'FTT']
const COST = { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(ONE) }

/** Prices of all assets, and of each a perpetual that settles in USDT with its mark half a percent above. */
function viewAt(prices: Readonly<Record<string, number>>): MarketView {
  const atoms = (usd: number) => price(BigInt(Math.round(usd * 1_000)) * (ONE / 1_000n))
  const quoted = (usd: number) => ({
    price: atoms(usd),
    halfWidth: NO_VALUE,
    guarded: false,
    confidence: WHOLE,
    observedAt: timestamp(0),
  })
  const assets = Object.entries(prices).map(([name, usd]): [AssetId, ListedAsset] => {
    const id = assetId(name)
    const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
    const terms = {
      id,
      nativeDecimals: 18,
      borrowable: true,
      borrowCurve: flatCurve(0n),
      priceRules,
      closeOutCost: COST,
    }
    return [id, { terms, index: quoted(usd) }]
  })
  const markets = UNDERLYINGS.map((name): [MarketId, ListedMarket] => {
    const terms = {
      kind: 'perpetual',
      id: marketId(`${name}-PERP`),
      underlying: assetId(name),
      settlement: assetId('USDT'),
      maximumOpenInterest: quantity(ONE),
      tick: price(1n),
      lot: quantity(1n),
      minimumQuantity: quantity(1n),
      priceBandPpm: ppm(50_000n),
      closeOutCost: COST,
    } as const
    const mark = quoted((prices[name] ?? 1) * 1.005)
    return [terms.id, { terms, status: 'open', mark, fundingIndex: NO_FUNDING, openInterest: NO_QUANTITY }]
  })
  return { assets: new Map(assets), markets: new Map(markets) }
}

/** A size of up to 50,000 USD at the prices of `PRICES`, either way; often nothing, so that portfolios of one thing come up too. */
const usd = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -50_000, max: 50_000 }) },
)
const units = (name: string, dollars: number) => quantity((BigInt(dollars) * ONE) / BigInt(PRICES[name] ?? 1))
const moved = fc.integer({ min: 400, max: 1_800 }).map((thousandths) => thousandths / 1_000)

const cases = fc
  .record({
    epoch: fc.constantFrom(...EPOCHS),
    holdings: fc.tuple(...Object.keys(PRICES).map(() => usd)),
    positions: fc.tuple(...UNDERLYINGS.map(() => usd)),
    moves: fc.tuple(...Object.keys(PRICES).map(() => moved)),
    cash: fc.integer({ min: 0, max: 60_000 }),
  })
  .map(({ epoch, holdings, positions, moves, cash }) => {
    const names = Object.keys(PRICES)
    const held = names.map((name, i) => ({
      asset: assetId(name),
      quantity: units(name, (holdings[i] ?? 0) + (name === 'USDT' ? cash : 0)),
    }))
    const open = UNDERLYINGS.map((name, i): OpenPosition => {
      const size = units(name, positions[i] ?? 0)
      const cost = costOf(size, price(BigInt(PRICES[name] ?? 1) * ONE))
      return { market: marketId(`${name}-PERP`), quantity: size, cost, fundingBasis: fundingOf(size, NO_FUNDING) }
    })
    const portfolio: Portfolio = {
      holdings: held.filter((holding) => holding.quantity !== 0n),
      positions: open.filter((position) => position.quantity !== 0n),
    }
    const market = viewAt(Object.fromEntries(names.map((name, i) => [name, (PRICES[name] ?? 1) * (moves[i] ?? 1)])))
    return { input: { portfolio, orders: [], market, parameters: epoch, time: timestamp(0) }, epoch }
  })

describe('the bound of a maintenance margin', () => {
  test('INV-BOUND-1: who surely has enough has enough, and MM never exceeds the bound beside the same NLV', () => {
    let sure = 0
    fc.assert(
      fc.property(cases, ({ input }) => {
        const [bound, exact] = [boundMaintenance(input), maintenance(input)]
        expect(bound?.value).toBe(exact.value)
        expect((bound?.atMost ?? -1n) >= exact.requirement).toBe(true)
        if (!isSurelySufficient(input)) return
        sure += 1
        expect(exact.sufficient).toBe(true)
      }),
      { numRuns: 300 },
    )
    // Else the first claim would say nothing.
    expect(sure).toBeGreaterThan(30)
  })

  test('INV-BOUND-2: no term of the size-free part exceeds its own bound, nor their largest the bound of all', () => {
    fc.assert(
      fc.property(cases, ({ input: { portfolio, market }, epoch }) => {
        const of = measuredOf(riskBook(portfolio, market, epoch).items, epoch)
        const figures = figuresOf(sizeFreeMaintenance(of, epoch))
        const bounds = termBounds(of, epoch)
        if (bounds === undefined) throw new Error('nothing here is an option')
        expect(bounds('weight') >= figures.correlated).toBe(true)
        expect(bounds('scenario') >= figures.scenario).toBe(true)
        expect(bounds('history') >= figures.history).toBe(true)
        expect((sizeFreeBound(of, epoch) ?? -1n) >= sizeFreePart(figures).asked).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('INV-BOUND-3: what is required is the same whether or not terms are looked at that cannot be the largest', () => {
    fc.assert(
      fc.property(cases, ({ input, epoch }) => {
        const book = riskBook(input.portfolio, input.market, epoch)
        expect(maintenance(input).requirement).toBe(maintenanceRequirement(maintenanceTerms(book, epoch).terms))
      }),
      { numRuns: 300 },
    )
  })
})

describe('the worst of a factor', () => {
  const moves = [-5n, 4n, -2n, 1n, -1n].map((percent) => (percent * 10_000n) as Move)

  test('is its largest fall and rise, of which a share counts, rounded up', () => {
    expect(extremesUp(moves, WHOLE)).toEqual({ fall: 50_000n, rise: 40_000n })
    // A third of 5% is 16,666.7 ppm, of 4% 13,333.3.
    expect(extremesUp(moves, ppm(333_333n))).toEqual({ fall: 16_667n, rise: 13_334n })
  })

  test('in the tail is the mean of so many falls, and of so many rises', () => {
    // (5 + 2) / 2 and (4 + 1) / 2 percent.
    expect(tailMeansUp(moves, 2)).toEqual({ fall: 35_000n, rise: 25_000n })
    // There are two rises: (4 + 1 + 0) / 3 = 1.66667%, and (5 + 2 + 1) / 3 = 2.66667%.
    expect(tailMeansUp(moves, 3)).toEqual({ fall: 26_667n, rise: 16_667n })
    expect(tailMeansUp([], 0)).toEqual({ fall: 0n, rise: 0n })
  })

  test('rises with what a claim stands for as many times as it follows it', () => {
    // 1.5 times 0.0001% is 1.5 ppm.
    expect(followedUp(ppm(1n), ppm(1_500_000n))).toBe(2n)
  })
})

describe('by hand, of 100 USD in perpetuals:', () => {
  const line = (worth: number, epoch: PreparedEpoch) => {
    const factors = factorsOfContract(MARKETS.perp)
    return { lines: [riskLine(MARKETS.perp.id, wideValue(wide(worth)), factors, epoch.parameters)], options: [] }
  }

  test('a basis on top of a price that has doubled loses twice as much', () => {
    // Price +100% and basis +10%: 2 * 1.1 - 1 = 120% of a short; without the rise the bound would be 110%.
    const movesPpm = { BTC: 1_000_000, 'BTC/basis/perpetual': 100_000 }
    const scenarios = [{ id: 'both', dampPpm: 1_000_000, initialOnly: false, movesPpm }]
    const epoch = epochWith({ scenarios, windows: { count: 1, columns: {} } })
    const short = line(-100, epoch)
    expect(worstScenario(short, epoch, 'both').loss).toBe(120n * ONE)
    expect(termBounds(short, epoch)?.('scenario')).toBeGreaterThanOrEqual(120n * ONE)
  })

  test('windows are looked at where no scenario can be the worst', () => {
    // The only scenario is a rise; in one of two windows, hence the worst 1.25 %, half is lost. M_cor is 11% or so of each of two.
    const scenarios = [{ id: 'up', dampPpm: 1_000_000, initialOnly: false, movesPpm: { BTC: 10_000 } }]
    const epoch = epochWith({ scenarios, windows: { count: 2, columns: { BTC: [-500_000, 0] } } })
    expect(requiredSizeFree(line(100, epoch), epoch)).toBe(50n * ONE)
  })
})
