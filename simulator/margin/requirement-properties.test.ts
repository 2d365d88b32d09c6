import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashFlow } from '../../src/core/quantity/cash-flow.ts'
import { price } from '../../src/core/quantity/price.ts'
import { quantity } from '../../src/core/quantity/quantity.ts'
import { type AssetId, assetId, marketId } from '../../src/core/instrument/identifier.ts'
import type { MarketView } from '../../src/core/market/listing.ts'
import type { Portfolio } from '../../src/core/portfolio/portfolio.ts'
import { decodePlimsoll1 } from '../../src/core/margin/models/plimsoll-1/decode-parameters.ts'
import { plimsoll1 } from '../../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import type { PreparedEpoch } from '../../src/core/margin/models/plimsoll-1/measured-epoch.ts'
import { measuredOf, riskBook } from '../../src/core/margin/models/plimsoll-1/risk-book.ts'
import { figuresOf, sizeFreeMaintenance } from '../../src/core/margin/models/plimsoll-1/size-free.ts'
import { type Matrix, regimeMatrices } from './pairwise.ts'
import { certainViews, epochOf, epochs, marginOf, merged, ONE, provisional, RUNS, SECONDS } from './property-setting.ts'
import { ASSETS, elsewheres, ordersOf, portfolios, sections, views } from './random-world.ts'
import type { SectionDocument } from './section-document.ts'

/** Closing costs nothing, so q* is as large as a quantity or nothing at all: size-dependent terms are out of the way. */
const withoutSize = sections.map((section): SectionDocument => {
  const assets = Object.entries(section.assets).map(([id, risk]) => {
    const depth = { ...risk.depth, halfSpreadPpm: 0, impactFactorPpm: 0 }
    return [id, { ...risk, isCollateral: true, depth }] as const
  })
  return { ...section, assets: Object.fromEntries(assets) }
})

function measuredFigures(portfolio: Portfolio, market: MarketView, epoch: PreparedEpoch) {
  const { items } = riskBook(portfolio, market, epoch)
  const sizeFree = sizeFreeMaintenance(measuredOf(items, epoch), epoch)
  const factors = BigInt(sizeFree.exposures.size)
  return { ...figuresOf(sizeFree), factors }
}

function times(portfolio: Portfolio, t: bigint): Portfolio {
  const all = Array.from({ length: Number(t) }, () => portfolio)
  return all.reduce(merged, { holdings: [], positions: [] })
}

// NLV once; c K, (1 - c) G and U; a unit and a rounding for each of the two exposures of a claim; closing, and what is beyond q*.
const DEPOSIT_SITES = 1n + 3n + 4n + 2n

test(
  'INV-MARGIN-1: a deposit never lowers excess by more than ten units, around q* and beyond it',
  () => {
    const amounts = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 23n }))
    const about = fc.constantFrom('amount', 'to q*', 'just below q*', 'just beyond q*')
    const deposits = fc.record({ asset: fc.constantFrom(...ASSETS.map(assetId)), amount: amounts, about })
    fc.assert(
      fc.property(epochs, portfolios, views, deposits, (epoch, portfolio, market, { asset, amount, about: where }) => {
        const held = portfolio.holdings.find((one) => one.asset === asset)?.quantity ?? 0n
        const useful = epoch.parameters.assets.has(asset) ? epoch.usefulSizeOf(asset) : 0n
        const missing = useful - held + { amount: 0n, 'to q*': 0n, 'just below q*': -1n, 'just beyond q*': 1n }[where]
        const isUsable = where !== 'amount' && missing > 0n && missing < 10n ** 24n
        const more = { holdings: [{ asset, quantity: quantity(isUsable ? missing : amount) }], positions: [] }
        const [before, after] = [portfolio, merged(portfolio, more)].map((one) => marginOf(one, market, epoch).excess)
        expect((after ?? 0n) - (before ?? 0n)).toBeGreaterThanOrEqual(-DEPOSIT_SITES)
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 3 },
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-1: what other netting sets hold, and open orders, change no maintenance margin',
  () => {
    fc.assert(
      fc.property(epochs, portfolios, views, elsewheres, ordersOf(2), (epoch, portfolio, market, elsewhere, orders) => {
        const { input, requirement } = marginOf(portfolio, market, epoch)
        const withOthers = { ...input, elsewhere, orders }
        expect(plimsoll1.maintenance(withOthers).requirement).toBe(requirement)
      }),
      RUNS,
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-2: 0 <= MM <= IM on the same value, with orders and with holdings elsewhere',
  () => {
    fc.assert(
      fc.property(epochs, portfolios, views, elsewheres, ordersOf(3), (epoch, portfolio, market, elsewhere, orders) => {
        const { input, worth, requirement } = marginOf(portfolio, market, epoch)
        const initial = plimsoll1.initial({ ...input, elsewhere, orders })
        expect(initial.value).toBe(worth)
        expect(requirement).toBeGreaterThanOrEqual(0n)
        expect(initial.requirement).toBeGreaterThanOrEqual(requirement)
      }),
      RUNS,
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-10: t times a portfolio has t times M_cor and M_scn, to t times their rounding sites',
  () => {
    const factors = fc.bigInt({ min: 1n, max: 7n })
    fc.assert(
      fc.property(withoutSize.map(epochOf), portfolios, views, factors, (epoch, portfolio, market, t) => {
        const [one, many] = [portfolio, times(portfolio, t)].map((some) => measuredFigures(some, market, epoch))
        if (one === undefined || many === undefined) throw new Error('two figures')
        // Three ceilings, and for each exposure its unit and half a unit of rounding on either side.
        const off = t * one.correlated - many.correlated
        expect(off <= t * (3n + 2n * one.factors) && off >= -(t * (3n + 2n * one.factors))).toBe(true)
        for (const name of ['scenario', 'history'] as const) {
          const short = t * one[name] - many[name]
          // A ceiling each; options are rounded to 1e-54 USD first, which may tip one of them.
          expect(short >= -1n && short <= t).toBe(true)
        }
      }),
      RUNS,
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-11: two netting sets merged never have more M_cor or M_scn than both, below q*',
  () => {
    fc.assert(
      fc.property(withoutSize.map(epochOf), portfolios, portfolios, views, (epoch, a, b, market) => {
        fc.pre([...epoch.parameters.assets.keys()].every((asset) => epoch.usefulSizeOf(asset) > 0n))
        const [one, other, both] = [a, b, merged(a, b)].map((some) => measuredFigures(some, market, epoch))
        if (one === undefined || other === undefined || both === undefined) throw new Error('three figures')
        const rounded = 3n + 2n * (one.factors + other.factors)
        expect(both.correlated).toBeLessThanOrEqual(one.correlated + other.correlated + rounded)
        expect(both.scenario).toBeLessThanOrEqual(one.scenario + other.scenario + 1n)
        expect(both.history).toBeLessThanOrEqual(one.history + other.history + 1n)
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 2 },
    )
  },
  SECONDS,
)

/** Everything on ETH earns an offset, and no basis ever moves: only the basis floor is left of a hedge. */
const basisStill = withoutSize.map((section): SectionDocument => {
  const isBasis = (name: string) => name.includes('/basis/')
  const factors = Object.entries(section.factors).map(([name, row]) => {
    return [name, { ...row, earnsOffset: true, riskWeightPpm: isBasis(name) ? 0 : row.riskWeightPpm }] as const
  })
  const without = <Row>(rows: Readonly<Record<string, Row>>) =>
    Object.fromEntries(Object.entries(rows).filter(([name]) => !isBasis(name)))
  const scenarios = section.scenarios.map((row) => ({ ...row, movesPpm: without(row.movesPpm) }))
  const windows = { ...section.windows, columns: without(section.windows.columns) }
  return { ...section, factors: Object.fromEntries(factors), scenarios, windows }
})

test(
  'INV-MARGIN-12: a perfect hedge on one underlying requires only basis, liquidity and keeper',
  () => {
    const hedges = fc.constantFrom<readonly [string, string]>(
      ['ETH', 'ETH-PERP'],
      ['ETH-MAR', 'ETH-PERP'],
      ['ETH-PERP', 'ETH-JUN'],
    )
    const sizes = fc.bigInt({ min: 1n, max: 10n ** 22n })
    fc.assert(
      fc.property(basisStill, hedges, sizes, (section, [long, short], size) => {
        const epoch = epochOf(section)
        fc.pre(epoch.usefulSizeOf(assetId('ETH')) > 0n)
        const market = sameMarks()
        const open = (id: string, atoms: bigint) => ({
          market: marketId(id),
          quantity: quantity(atoms),
          cost: cashFlow(atoms * 3_000n * ONE),
          fundingBasis: cashFlow(0n),
        })
        const portfolio: Portfolio =
          long === 'ETH'
            ? { holdings: [{ asset: assetId('ETH'), quantity: quantity(size) }], positions: [open(short, -size)] }
            : { holdings: [], positions: [open(long, size), open(short, -size)] }
        const { correlated, scenario, history, peg, basis } = measuredFigures(portfolio, market, epoch)
        // Two basis exposures at a weight of nothing, the unit of each; the price's cancels to the last atom.
        expect(correlated).toBeLessThanOrEqual(2n)
        expect([scenario, history, peg]).toEqual([0n, 0n, 0n])
        const floor = size * 3_000n * BigInt(section.basis.maintenancePpm)
        expect(basis).toBe((floor + 999_999n) / 1_000_000n)
      }),
      RUNS,
    )
  },
  SECONDS,
)

/** ETH, its perpetual and its futures at 3,000; a dollar a USDC. */
function sameMarks(): MarketView {
  const [view] = fc.sample(certainViews, { seed: 1, numRuns: 1 })
  if (view === undefined) throw new Error('a view')
  const at = (whole: bigint) => price(whole * ONE)
  const assets = new Map(view.assets as Map<AssetId, { index: object }>)
  for (const [id, whole] of [
    ['ETH', 3_000n],
    ['USDC', 1n],
  ] as const) {
    const listed = assets.get(assetId(id))
    if (listed !== undefined) assets.set(assetId(id), { ...listed, index: { ...listed.index, price: at(whole) } })
  }
  const markets = new Map(view.markets as Map<string, { mark: object; fundingIndex: bigint }>)
  for (const id of ['ETH-PERP', 'ETH-MAR', 'ETH-JUN']) {
    const listed = markets.get(id)
    if (listed !== undefined)
      markets.set(id, { ...listed, mark: { ...listed.mark, price: at(3_000n) }, fundingIndex: 0n })
  }
  return { assets, markets } as unknown as MarketView
}

test(
  'INV-MARGIN-15: a weight is never negative: what is held alone requires no more than it is worth, to ten units',
  () => {
    const amounts = fc.oneof(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 1n, max: 10n ** 24n }))
    fc.assert(
      fc.property(epochs, fc.constantFrom(...ASSETS), amounts, views, (epoch, asset, amount, market) => {
        const holdings = [{ asset: assetId(asset), quantity: quantity(amount) }]
        const { excess } = marginOf({ holdings, positions: [] }, market, epoch)
        expect(excess).toBeGreaterThanOrEqual(-DEPOSIT_SITES)
      }),
      { ...RUNS, numRuns: RUNS.numRuns * 3 },
    )
  },
  SECONDS,
)

test(
  'INV-MARGIN-16: what is not in the epoch, or no collateral, adds exactly its own value, rounded up',
  () => {
    const amounts = fc.bigInt({ min: 1n, max: 10n ** 23n })
    fc.assert(
      fc.property(
        sections,
        fc.constantFrom('JUNK', 'LINK'),
        amounts,
        portfolios,
        views,
        (section, id, amount, portfolio, market) => {
          const epoch = epochOf(section)
          const asset = assetId(id)
          const others = { ...portfolio, holdings: portfolio.holdings.filter((one) => one.asset !== asset) }
          const more = { ...others, holdings: [...others.holdings, { asset, quantity: quantity(amount) }] }
          const worth = amount * (market.assets.get(asset)?.index?.price ?? 0n)
          const [before, after] = [others, more].map((one) => marginOf(one, market, epoch).requirement)
          expect((after ?? 0n) - (before ?? 0n)).toBe((worth + ONE - 1n) / ONE)
        },
      ),
      RUNS,
    )
  },
  SECONDS,
)

/** Leading minors by elimination without fractions: all above 0 iff the matrix is positive definite. */
function leadingMinors(matrix: Matrix): readonly bigint[] {
  const rows = matrix.map((row) => [...row])
  const minors: bigint[] = []
  let before = 1n
  for (let k = 0; k < rows.length; k += 1) {
    const pivot = rows[k]?.[k] ?? 0n
    minors.push(pivot)
    if (pivot === 0n) break
    for (let i = k + 1; i < rows.length; i += 1) {
      const row = rows[i] ?? []
      const factor = row[k] ?? 0n
      for (let j = k + 1; j < rows.length; j += 1)
        row[j] = ((row[j] ?? 0n) * pivot - factor * (rows[k]?.[j] ?? 0n)) / before
    }
    before = pivot
  }
  return minors
}

test(
  'INV-COR-11: every matrix of a decoded epoch is positive definite, the pure fall of the whole market semidefinite',
  () => {
    const isSound = (section: SectionDocument) => {
      const [now, one, apart] = regimeMatrices(Object.values(section.factors), section)
      for (const matrix of [now, section.oneWeightPpm < 1_000_000 ? one : now, apart])
        expect(leadingMinors(matrix ?? []).every((minor) => minor > 0n)).toBe(true)
      // At a weight of one it is s s', of rank one: every minor of two rows is 0.
      if (section.oneWeightPpm === 1_000_000) expect(leadingMinors(one ?? [])[1]).toBe(0n)
    }
    isSound(provisional)
    fc.assert(
      fc.property(sections, (section) => {
        fc.pre(decodePlimsoll1(section).ok)
        isSound(section)
      }),
      RUNS,
    )
  },
  SECONDS,
)
