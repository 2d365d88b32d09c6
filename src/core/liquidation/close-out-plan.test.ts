import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NO_FUNDING } from '../quantity/funding-index.ts'
import { NO_PPM, type Ppm, ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { NO_QUANTITY, quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import { type AssetId, assetId, type MarketId, marketId } from '../instrument/identifier.ts'
import type { ListedAsset, ListedMarket } from '../market/listing.ts'
import { balanceOf, type Bucket, creditBucket, emptyBucket, positionOf, withPosition } from '../ledger/account.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import type { AssetBook } from '../ledger/books.ts'
import { openLending } from '../ledger/lending.ts'
import { tradePosition } from '../ledger/position.ts'
import { marginModel } from '../margin/registry.ts'
import { type CloseOutInput, closeOutPlan, draftMaintenance } from './close-out-plan.ts'
import { forcedTradePrice } from './close-out-price.ts'
import { moveBetweenBuckets, payPenalty, repayDebts } from './collateral-use.ts'
import { type Draft, draftOf, take } from './draft.ts'
import type { LiquidationStep } from './step.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

// A counterexample of many amounts can take minutes to shrink by single atoms: what is found after seconds will do.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 })

const USD = 10n ** 18n
const MILLION = 1_000_000n
const LENDING = openLending(timestamp(0))
const [USDC, ETH] = [assetId('USDC'), assetId('ETH')]
const PERP = marketId('P')

const model = marginModel('standard')
if (model === undefined) throw new Error('the standard model is gone')

interface Cost {
  readonly halfSpreadPpm: bigint
  /** Of a trade of 1000 USD. */
  readonly impactPpm: bigint
}
interface World {
  readonly mark?: bigint
  readonly eth?: bigint
  readonly lot?: bigint
  readonly cost?: Cost
  readonly ratePpm?: number
  readonly bufferPpm?: bigint
  readonly penaltyPpm?: bigint
}

const FREE: Cost = { halfSpreadPpm: 0n, impactPpm: 0n }

/** USDC at 1 without a haircut; ETH at 100, haircut 10%; debts weigh 5%. Contracts at 100, settled in USDC, rate 5%. */
function input(world: World, ...buckets: readonly Bucket[]): CloseOutInput {
  const { mark = 100n * USD, eth = 100n * USD, lot = 1n, cost = FREE, ratePpm = 50_000 } = world
  const free = { maintenanceBorrowPpm: 50_000, initialBorrowPpm: 50_000, source: 'test' }
  const decoded = model?.decodeParameters({
    assets: {
      USDC: { ...free, maintenanceHaircutPpm: 0, initialHaircutPpm: 0 },
      ETH: { ...free, maintenanceHaircutPpm: 100_000, initialHaircutPpm: 100_000 },
    },
    markets: { P: { tiers: [{ aboveUsd: '0', maintenancePpm: ratePpm, initialPpm: ratePpm, source: 'test' }] } },
  })
  if (model === undefined || decoded?.ok !== true) throw new Error('parameters')
  const closeOutCost = {
    halfSpreadPpm: ppm(cost.halfSpreadPpm),
    impactPpm: ppm(cost.impactPpm),
    impactNotional: value(1000n * USD),
  }
  return {
    buckets: buckets.map((bucket, number) => ({ number, bucket })),
    books: new Map<AssetId, AssetBook>([USDC, ETH].map((id) => [id, { ledger: EMPTY_LEDGER, lending: LENDING }])),
    market: {
      assets: new Map([listedAsset(USDC, USD, closeOutCost), listedAsset(ETH, eth, closeOutCost)]),
      markets: new Map([listedPerpetual(mark, lot, closeOutCost)]),
    },
    model,
    parameters: decoded.parameters,
    liquidation: { bufferPpm: ppm(world.bufferPpm ?? 0n), penaltyPpm: ppm(world.penaltyPpm ?? 0n) },
    time: timestamp(0),
  }
}

function quote(atoms: bigint) {
  return { price: price(atoms), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
}

type Listed = ListedAsset['terms']['closeOutCost']

function listedAsset(id: AssetId, atoms: bigint, closeOutCost: Listed): readonly [AssetId, ListedAsset] {
  const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
  const terms = { id, nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost }
  return [id, { terms, index: quote(atoms) }]
}

function listedPerpetual(mark: bigint, lot: bigint, closeOutCost: Listed): readonly [MarketId, ListedMarket] {
  const sizes = { lot: quantity(lot), minimumQuantity: quantity(lot), maximumOpenInterest: quantity(USD) }
  const names = { kind: 'perpetual' as const, id: PERP, underlying: ETH, settlement: USDC }
  const terms = { ...names, ...sizes, tick: price(1n), priceBandPpm: NO_PPM, closeOutCost }
  return [PERP, { terms, status: 'open', mark: quote(mark), fundingIndex: NO_FUNDING, openInterest: NO_QUANTITY }]
}

/** A bucket by atoms; contracts were traded at 100. */
function bucket({ usdc = 0n, eth = 0n, contracts = 0n }: { usdc?: bigint; eth?: bigint; contracts?: bigint }): Bucket {
  const held = [
    [USDC, usdc],
    [ETH, eth],
  ] as const
  const filled = held.reduce<Bucket>(
    (so, [asset, atoms]) => creditBucket(so, asset, quantity(atoms), LENDING),
    emptyBucket('cross'),
  )
  const at = { price: price(100n * USD), fundingIndex: NO_FUNDING }
  return withPosition(filled, PERP, tradePosition(positionOf(filled, PERP), quantity(contracts), at))
}

function kinds(steps: readonly LiquidationStep[]): readonly string[] {
  return steps.map(({ kind }) => kind)
}

/** Ten contracts at 100: a notional of 1000, MM 50. `nlv` in cents. */
function tenContracts(cents: bigint, contracts = 10n): Bucket {
  return bucket({ usdc: (cents * USD) / 100n, contracts: contracts * USD })
}

describe('the least fraction', () => {
  const least: [name: string, world: World, of: Bucket, fractionPpm: bigint][] = [
    // 40 >= 50 (1 - f)
    ['relieves just enough requirement', {}, tenContracts(4_000n), 200_000n],
    ['is the same for a short', {}, tenContracts(4_000n, -10n), 200_000n],
    ['is one ppm when an atom is missing', {}, bucket({ usdc: 50n * USD - 1n, contracts: 10n * USD }), 1n],
    // 40 - 10 f >= 50 (1 - f)
    ['pays its own penalty', { penaltyPpm: 10_000n }, tenContracts(4_000n), 250_000n],
    // 40 - 10 f - f >= 50 (1 - f): f >= 10 / 39 = 0.256410...
    [
      'pays the spread as well',
      { penaltyPpm: 10_000n, cost: { halfSpreadPpm: 1_000n, impactPpm: 0n } },
      tenContracts(4_000n),
      256_411n,
    ],
    // 40 >= 1.1 * 50 (1 - f): f >= 15 / 55 = 0.272727...
    ['leaves the buffer on top', { bufferPpm: 100_000n }, tenContracts(4_000n), 272_728n],
    // 38.75 - 1000 f * 1% * sqrt(f) >= 50 (1 - f); at f = 1/4: 38.75 - 1.25 = 37.5
    [
      'pays impact by the root of what it closes',
      { cost: { halfSpreadPpm: 0n, impactPpm: 10_000n } },
      tenContracts(3_875n),
      250_000n,
    ],
    // Whole contracts: 2.56 of 10 are needed, so 3, and any fraction above 2 of 10 closes 3.
    [
      'closes whole lots',
      { penaltyPpm: 10_000n, cost: { halfSpreadPpm: 1_000n, impactPpm: 0n }, lot: USD },
      tenContracts(4_000n),
      200_001n,
    ],
    // 1 >= 50 (1 - f)
    ['is nearly everything when nearly nothing is left', {}, tenContracts(100n), 980_000n],
    // MM 0 is reached with an NLV of 0, once everything is closed: 10 - 50 f, capped at what is left.
    ['is the whole when only the whole suffices', { penaltyPpm: 50_000n }, tenContracts(1_000n), 1_000_000n],
    // ETH 5 at 100, haircut 10%; debt 470 at 5%. NLV 30; MM 50 + 23.5. Repaying 470 f of ETH: MM (500 - 470 f) 10% + 470 (1 - f) 5%
    // = 73.5 - 70.5 f: f >= 43.5 / 70.5 = 0.617021...
    ['repays debts with collateral', {}, bucket({ eth: 5n * USD, usdc: -470n * USD }), 617_022n],
  ]
  test.each(least)('%s', (_name, world, of, fractionPpm) => {
    const plan = closeOutPlan(input(world, of))
    expect([plan.extent, plan.fraction]).toEqual(['partial', fractionPpm])
  })

  test('is found in a market too thin to close everything, which used to cost the member all it had', () => {
    // Notional 1000, MM 100, NLV 97. Impact 15% at 1000: closing all costs 150; closing f relieves 100 f and costs 150 f^1.5.
    // 97 - 150 f^1.5 >= 100 (1 - f) holds from f = 0.0437 to f = 0.37.
    const thin = input({ ratePpm: 100_000, cost: { halfSpreadPpm: 0n, impactPpm: 150_000n } }, tenContracts(9_700n))
    const { extent, fraction } = closeOutPlan(thin)
    // Exactly, in ppm: the impact is the least whole r with r^2 >= 150000^2 f.
    const suffices = (f: bigint) => {
      let impact = 0n
      while (impact * impact * MILLION < 150_000n * 150_000n * f) impact += 1n
      // Everything in millionths of a millionth of 1000 USD: NLV - cost >= MM left.
      return 97_000n * MILLION - f * impact >= 100_000n * (MILLION - f)
    }
    expect(extent).toBe('partial')
    expect([suffices(fraction), suffices(fraction - 1n)]).toEqual([true, false])
  })
})

describe('a partial plan', () => {
  test('trades every contract and debt by the same fraction, then takes the penalty', () => {
    // 20 contracts long in bucket 0, 5 short in bucket 1, a debt in bucket 1.
    const of = [
      bucket({ usdc: 100n * USD, contracts: 20n * USD }),
      bucket({ eth: 6n * USD, usdc: -600n * USD, contracts: -5n * USD }),
    ]
    const { extent, fraction, steps } = closeOutPlan(input({ penaltyPpm: 1_000n }, ...of))
    expect(extent).toBe('partial')
    expect(kinds(steps)).toEqual(['moveBetweenBuckets', 'tradeContract', 'tradeContract', 'repayDebt', 'payPenalty'])
    const sizes = steps.flatMap((step) => (step.kind === 'tradeContract' ? [[step.bucket, step.bought]] : []))
    expect(sizes).toEqual([
      [0, (-20n * USD * fraction) / MILLION],
      [1, (5n * USD * fraction) / MILLION],
    ])
    // 100 of the debt of 600 were met from bucket 0.
    const repaid = steps.flatMap((step) => (step.kind === 'repayDebt' ? [step.got.quantity] : []))
    expect(repaid).toEqual([(500n * USD * fraction) / MILLION])
  })

  test('settles nothing: profit and loss stay where they are', () => {
    expect(kinds(closeOutPlan(input({ mark: 99n * USD }, tenContracts(5_000n))).steps)).toEqual(['tradeContract'])
  })
})

describe('a full plan', () => {
  test('closes, settles, moves, repays and takes no penalty from who has nothing left', () => {
    // 10 contracts lose 50; 20 USDC and 0.2 ETH are there. All of it goes, 10 USDC stay owed.
    const of = [bucket({ usdc: 20n * USD, contracts: 10n * USD }), bucket({ eth: USD / 5n })]
    const { extent, fraction, steps } = closeOutPlan(input({ mark: 95n * USD, penaltyPpm: 10_000n }, ...of))
    expect([extent, fraction]).toEqual(['full', MILLION])
    expect(kinds(steps)).toEqual(['tradeContract', 'settleContract', 'repayDebt'])
    expect(steps[1]).toMatchObject({ settlement: USDC, cash: -50n * USD })
    expect(steps[2]).toMatchObject({ given: { quantity: USD / 5n }, got: { quantity: 20n * USD } })
  })

  test('meets what one bucket owes from another before it sells anything', () => {
    const of = [bucket({ contracts: 10n * USD }), bucket({ usdc: 20n * USD })]
    const { steps } = closeOutPlan(input({ mark: 95n * USD }, ...of))
    expect(kinds(steps)).toEqual(['tradeContract', 'settleContract', 'moveBetweenBuckets'])
  })
})

const cents = (most: bigint) => fc.bigInt({ min: -most, max: most })
const costs = fc.record({
  halfSpreadPpm: fc.bigInt({ min: 0n, max: 20_000n }),
  impactPpm: fc.bigInt({ min: 0n, max: 40_000n }),
})
const worlds: fc.Arbitrary<World> = fc.record({
  mark: fc.bigInt({ min: 50n * USD, max: 200n * USD }),
  eth: fc.bigInt({ min: USD, max: 10_000n * USD }),
  lot: fc.constantFrom(1n, 10n ** 15n, USD),
  cost: costs,
  ratePpm: fc.integer({ min: 5_000, max: 200_000 }),
  bufferPpm: fc.bigInt({ min: 0n, max: 200_000n }),
  penaltyPpm: fc.bigInt({ min: 0n, max: 50_000n }),
})
const buckets = fc
  .record({ usdc: cents(200_000n), eth: cents(500n), contracts: fc.bigInt({ min: -50n, max: 50n }) })
  .map(({ usdc, eth, contracts }) =>
    bucket({ usdc: (usdc * USD) / 100n, eth: (eth * USD) / 100n, contracts: contracts * USD }),
  )
/**
 * Netting sets of one or two buckets that owe something and are below maintenance: as they come, or with USDC added so that
 * NLV is about a chosen share of MM, as most liquidations find it.
 */
const distressed = fc
  .tuple(
    worlds,
    fc.array(buckets, { minLength: 1, maxLength: 2 }),
    fc.option(fc.bigInt({ min: 200_000n, max: 999_999n })),
  )
  .map(([world, of, share]) => {
    const made = input(world, ...of)
    if (share === null) return made
    const { value: nlv, requirement } = draftMaintenance(made, draftOf(made.buckets))
    const [first, ...others] = of
    const missing = quantity((requirement * share) / MILLION - nlv)
    return first === undefined ? made : input(world, creditBucket(first, USDC, missing, LENDING), ...others)
  })
  .filter((made) => !draftMaintenance(made, draftOf(made.buckets)).sufficient)

/** The plan for a fraction, put together step by step as its documentation says. */
function partial(made: CloseOutInput, fraction: Ppm): Draft {
  let draft = moveBetweenBuckets(made, draftOf(made.buckets))
  const listed = made.market.markets.get(PERP)
  const mark = listed?.mark?.price ?? price(1n)
  for (const [number, held] of draft.buckets) {
    const contracts: bigint = positionOf(held, PERP).quantity
    const [size, lot]: [bigint, bigint] = [contracts < 0n ? -contracts : contracts, listed?.terms.lot ?? 1n]
    if (size === 0n) continue
    let closed = ((size * fraction) / (MILLION * lot)) * lot
    if (closed * MILLION < size * fraction) closed += lot
    if (closed > size) closed = size
    const bought = quantity(contracts < 0n ? closed : -closed)
    // The settlement asset is worth a dollar.
    const notional = value((closed * mark + USD - 1n) / USD)
    const cost = listed?.terms.closeOutCost ?? { halfSpreadPpm: NO_PPM, impactPpm: NO_PPM, impactNotional: value(1n) }
    const at = { price: forcedTradePrice(bought, mark, notional, cost), fundingIndex: NO_FUNDING }
    draft = take(draft, { kind: 'tradeContract', bucket: number, market: PERP, bought, at, notional }, made.books)
  }
  return payPenalty(made, repayDebts(made, draft, fraction))
}

function reaches(made: CloseOutInput, draft: Draft): boolean {
  const { value: nlv, requirement } = draftMaintenance(made, draft)
  return nlv >= requirement && (nlv - requirement) * MILLION >= requirement * made.liquidation.bufferPpm
}

function ended(made: CloseOutInput, steps: readonly LiquidationStep[]): Draft {
  return steps.reduce((draft, step) => take(draft, step, made.books), draftOf(made.buckets))
}

test('INV-LIQUIDATION-4: a partial plan reaches its target, and one ppm less does not', () => {
  let partials = 0
  fc.assert(
    fc.property(distressed, (made) => {
      const { extent, fraction, steps } = closeOutPlan(made)
      if (extent === 'full') return
      partials += 1
      expect(reaches(made, ended(made, steps))).toBe(true)
      expect(steps).toEqual(partial(made, fraction).steps)
      expect(reaches(made, partial(made, ppm(fraction - 1n)))).toBe(false)
    }),
    { numRuns: 200 },
  )
  expect(partials).toBeGreaterThan(20)
})

test('INV-LIQUIDATION-6: everything is closed only when neither the whole nor a half, a quarter and so on suffices', () => {
  fc.assert(
    fc.property(distressed, (made) => {
      if (closeOutPlan(made).extent === 'partial') return
      for (let fraction = MILLION; fraction > 0n; fraction /= 2n)
        expect(reaches(made, partial(made, ppm(fraction)))).toBe(false)
    }),
    { numRuns: 200 },
  )
})

test('INV-LIQUIDATION-7: a full plan leaves no contract, and no debt beside collateral that could pay an atom of it', () => {
  let fulls = 0
  fc.assert(
    fc.property(distressed, (made) => {
      const { extent, steps } = closeOutPlan(made)
      if (extent === 'partial') return
      fulls += 1
      const left = [...ended(made, steps).buckets.values()]
      for (const held of left) expect(held.positions.size).toBe(0)
      const amounts = left.flatMap((held) =>
        [USDC, ETH].map((asset) => ({ asset, atoms: balanceOf(held, asset, LENDING) })),
      )
      const owed = amounts.filter(({ atoms }) => atoms < 0n)
      const prices = { USDC: USD, ETH: made.market.assets.get(ETH)?.index?.price ?? 1n } as Record<string, bigint>
      for (const { asset, atoms } of amounts) {
        // An atom of a debt costs at most twice its price: what is left is worth less, a sale costing at most half of it.
        if (atoms > 0n && owed.length > 0) expect(atoms * (prices[asset] ?? 1n) < 4n * 10_000n * USD).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
  expect(fulls).toBeGreaterThan(20)
})

test('INV-LIQUIDATION-2: excess is higher after a plan than before, once a full plan leaves no debt unpaid', () => {
  fc.assert(
    fc.property(distressed, (made) => {
      const before = draftMaintenance(made, draftOf(made.buckets))
      const { extent, steps } = closeOutPlan(made)
      let draft = ended(made, steps)
      if (extent === 'full') {
        // The waterfall pays what is still owed.
        for (const [number, held] of draft.buckets) {
          for (const asset of [USDC, ETH]) {
            const atoms: bigint = balanceOf(held, asset, LENDING)
            if (atoms >= 0n) continue
            const got = { bucket: number, asset, quantity: quantity(-atoms) }
            draft = take(
              draft,
              { kind: 'repayDebt', given: { ...got, quantity: NO_QUANTITY }, got, value: NO_VALUE },
              made.books,
            )
          }
        }
      }
      const after = draftMaintenance(made, draft)
      expect(after.value - after.requirement > before.value - before.requirement).toBe(true)
      expect(after.sufficient).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('INV-LIQUIDATION-8: the penalty is at most its share of what was closed, and never takes NLV below zero by more than an atom a payment', () => {
  fc.assert(
    fc.property(distressed, (made) => {
      const { steps } = closeOutPlan(made)
      const before = steps.filter(({ kind }) => kind !== 'payPenalty')
      let [closed, paid, payments] = [0n, 0n, 0n]
      for (const step of steps) {
        if (step.kind === 'tradeContract') closed += step.notional
        if (step.kind === 'repayDebt') closed += step.value
        if (step.kind === 'payPenalty') [paid, payments] = [paid + step.value, payments + 1n]
      }
      expect(paid * MILLION <= closed * made.liquidation.penaltyPpm + MILLION).toBe(true)
      const [left, after] = [before, steps].map((list) => draftMaintenance(made, ended(made, list)).value)
      if ((left ?? 0n) <= 0n) expect(payments).toBe(0n)
      else expect((after ?? 0n) >= -payments).toBe(true)
    }),
    { numRuns: 300 },
  )
})
