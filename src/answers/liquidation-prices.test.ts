import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDecimal18, parseDecimal18 } from '../core/quantity/decimal.ts'
import { price } from '../core/quantity/price.ts'
import { priceRatio } from '../core/quantity/price-ratio.ts'
import { assetId } from '../core/instrument/identifier.ts'
import { marginModel } from '../core/margin/registry.ts'
import type { SetLiquidation } from '../wire/liquidation-report.ts'
import { assessOwner } from './assess.ts'
import { setLiquidations } from './liquidation-prices.ts'
import type { JudgedFile } from './margin-report.ts'
import { marketMover, priceMoves } from './market-mover.ts'
import { judgedOf, TRADER } from './trader.test-data.ts'

const quiet = () => undefined

function pricesOf(judged: JudgedFile): readonly SetLiquidation[] {
  return setLiquidations(judged, 'prices', quiet)
}

function rootsOf(set: SetLiquidation | undefined, asset: string): readonly string[] {
  return set?.assets.find((one) => one.asset === asset)?.roots.map((root) => root.price) ?? []
}

function atoms(decimal: string): bigint {
  const parsed = parseDecimal18(decimal)
  if (!parsed.ok) throw new RangeError(decimal)
  return parsed.atoms
}

/** Whether each netting set of the first owner is to be liquidated when an asset costs so much: by the path that reports use. */
function liquidatedAt(judged: JudgedFile, asset: string, to: string): readonly boolean[] {
  const now = judged.market.assets.get(assetId(asset))?.index?.price
  const [owner] = judged.owners
  if (now === undefined || owner === undefined) throw new RangeError(asset)
  const moves = priceMoves(new Map([[assetId(asset), priceRatio(now, price(atoms(to)))]]))
  const market = marketMover(judged.market, () => undefined)(moves)
  return assessOwner(owner, { ...judged.valuation, market }).map(({ liquidatable }) => liquidatable)
}

/*
 * The short trader with ETH at 2000 f and ETH-PERP at 2001 f, USDC at 0.9998:
 *   claim in USDC  2500 - 352 - 12 (2001 f - 2050) = 26748 - 24012 f, below zero from f = 1.1139 on: owed, 2 %
 *   excess         1.02 * 0.9998 (26748 - 24012 f) + 0.9 * 3000 f - 816.076752 - 960.287904 f
 *                  = 26461.426656 - 22747.629456 f, zero at f = 1.163260...: ETH at 2326.520...
 * Nothing below: there excess = 0.99 * 0.9998 (26748 - 24012 f) + 2700 f - 816.076752 - 960.287904 f, which falls with f.
 * BTC at 68000 f, BTC-PERP at 68020 f: claim 2500 + 588 + 0.4 (68020 f - 68900) = 27208 f - 24472, owed below f = 0.8994:
 *   excess         1.02 * 0.9998 (27208 f - 24472) + 2700 - 816.076752 f - 960.287904
 *                  = 26930.532816 f - 23216.735616, zero at f = 0.862097...: BTC at 58622.63...
 */
test('the roots of the short trader are those worked out by hand', () => {
  const [set] = pricesOf(judgedOf(TRADER))
  expect(rootsOf(set, 'ETH')).toEqual(['2326.53'])
  expect(26461.426656 - (22747.629456 * 2326.52) / 2000).toBeGreaterThan(0)
  expect(26461.426656 - (22747.629456 * 2326.53) / 2000).toBeLessThan(0)
  expect(rootsOf(set, 'BTC')).toEqual(['58622.6'])
  expect((26930.532816 * 58622.7) / 68000 - 23216.735616).toBeGreaterThan(0)
  expect((26930.532816 * 58622.6) / 68000 - 23216.735616).toBeLessThan(0)
})

const PLAIN = {
  maintenanceHaircutPpm: 0,
  initialHaircutPpm: 0,
  maintenanceBorrowPpm: 0,
  initialBorrowPpm: 0,
  source: 'test',
}
const CASH = {
  ...PLAIN,
  maintenanceHaircutPpm: 10_000,
  initialHaircutPpm: 10_000,
  maintenanceBorrowPpm: 20_000,
  initialBorrowPpm: 20_000,
}
const tier = (ppm: number) => ({
  tiers: [{ aboveUsd: '0', maintenancePpm: ppm, initialPpm: ppm, source: 'test' }],
})

/** Ten coins against ten short perpetuals, and a requirement of 19,900 for something else. */
const HEDGED = {
  format: 'plimsoll portfolio v1',
  model: {
    id: 'standard',
    parameters: {
      assets: { ETH: PLAIN, USDC: CASH },
      markets: { 'ETH-PERP': tier(0), 'BTC-PERP': tier(100_000) },
    },
  },
  settlementAsset: 'USDC',
  balances: { ETH: '10' },
  positions: [
    { market: 'ETH-PERP', quantity: '-10', entryPrice: '2000' },
    { market: 'BTC-PERP', quantity: '10' },
  ],
  prices: { ETH: '2000', USDC: '1', BTC: '19900' },
}

/*
 * With ETH at p the claim in USDC is 20000 - 10 p, the coins are worth 10 p:
 *   below 2000  0.99 (20000 - 10 p) + 10 p - 19900 = 0.1 p - 100    zero at 1000
 *   above 2000  1.02 (20000 - 10 p) + 10 p - 19900 = 500 - 0.2 p    zero at 2500
 * Zero is not below zero: both are still safe.
 */
test('a hedge has a root on either side, exact at neighbouring ticks', () => {
  const [set] = pricesOf(judgedOf(HEDGED))
  const eth = set?.assets.find(({ asset }) => asset === 'ETH')
  expect(eth).toMatchObject({
    price: '2000',
    tick: '0.01',
    answer: 'several',
    searched: { from: '0.01', to: '20000' },
    stretch: { from: '999.99', to: '2500' },
    roots: [
      {
        price: '2500.01',
        move: '0.250005',
        direction: 'rise',
        sigmas: null,
        proof: { inside: { price: '2500', excess: '0' }, outside: { price: '2500.01', excess: '-0.002' } },
      },
      {
        price: '999.99',
        move: '-0.500005',
        direction: 'fall',
        proof: { inside: { price: '1000', excess: '0' }, outside: { price: '999.99', excess: '-0.001' } },
      },
    ],
  })
})

test('what is to be liquidated already has its roots inward', () => {
  // At 900 the excess is 0.1 * 900 - 100 = -10; the safe stretch is from 1000 to 2500.
  const judged = judgedOf({
    ...HEDGED,
    prices: { ...HEDGED.prices, ETH: '900' },
    positions: [{ ...HEDGED.positions[0], entryPrice: '2000' }, HEDGED.positions[1]],
  })
  const [set] = pricesOf(judged)
  expect(set?.liquidatable).toBe(true)
  expect(rootsOf(set, 'ETH')).toEqual(['2500.001', '999.999'])
  expect(set?.assets.find(({ asset }) => asset === 'ETH')?.stretch).toEqual({ from: null, to: '999.999' })
})

test('none says what was searched', () => {
  // A long of one coin loses at most 2000 of 9900.
  const [set] = pricesOf(
    judgedOf({ ...HEDGED, balances: { USDC: '10000' }, positions: [{ market: 'ETH-PERP', quantity: '1' }] }),
  )
  expect(set?.assets.find(({ asset }) => asset === 'ETH')).toMatchObject({
    answer: 'none',
    roots: [],
    searched: { from: '0.01', to: '20000' },
    stretch: { from: null, to: null },
  })
})

test('who owes nothing is not searched', () => {
  const [set] = pricesOf(judgedOf({ ...HEDGED, balances: { ETH: '1' }, positions: [] }))
  expect(set).toMatchObject({ unencumbered: true, assets: [], joint: null })
})

test("the market's tick counts, the finest of several", () => {
  const markets = {
    'ETH-PERP': { kind: 'perpetual', underlying: 'ETH', tickSize: '0.5' },
    'ETH-27MAR26': { kind: 'future', underlying: 'ETH', expiry: '2026-03-27T08:00:00Z', tickSize: '2' },
  }
  const [set] = pricesOf(judgedOf({ ...HEDGED, markets }))
  expect(rootsOf(set, 'ETH')).toEqual(['2500.5', '999.5'])
})

/*
 * A bucket of its own with a line of 500: 1000 USDC and five coins bought at 2000. Claim 1000 + 5 (p - 2000) = 5 p - 9000, owed below 1800:
 * shortfall 1.02 (9000 - 5 p). The pool has 10000 USDC and owes 1 ETH: 9900 - p, which grants the whole line while p <= 9400.
 *   liquidated when 1.02 (9000 - 5 p) > 500, p < 1701.96...
 * A pool of 2300 USDC that owes one coin spares 0.99 * 2300 - p = 2277 - p, at 1800 already 477: the line is granted in part,
 *   1.02 (9000 - 5 p) > 2277 - p is p < (9180 - 2277) / 4.1 = 1683.65..., where 2277 - p is more than 500 again: the line decides, 1701.96...
 */
test('a bucket is liquidated where its line ends', () => {
  const document = {
    ...HEDGED,
    balances: { USDC: '10000', ETH: '-1' },
    positions: [],
    buckets: [
      {
        id: 1,
        mode: 'line',
        line: '500',
        balances: { USDC: '1000' },
        positions: [{ market: 'ETH-PERP', quantity: '5', entryPrice: '2000' }],
      },
    ],
  }
  const [pool, bucket] = pricesOf(judgedOf(document))
  expect(rootsOf(pool, 'ETH')).toEqual(['9900.01'])
  expect(rootsOf(bucket, 'ETH')).toEqual(['1701.96'])
  expect(1.02 * (9000 - 5 * 1701.97)).toBeLessThan(500)
  expect(1.02 * (9000 - 5 * 1701.96)).toBeGreaterThan(500)
})

test('INV-ROOT-2 between the roots of a random linear book the decision is the same at every price of a scan', () => {
  const size = fc.integer({ min: -40, max: 40 })
  const book = fc.record({
    usdc: fc.integer({ min: -30_000, max: 60_000 }),
    eth: size,
    perp: size,
    btc: fc.integer({ min: -4, max: 4 }),
  })
  fc.assert(
    fc.property(book, ({ usdc, eth, perp, btc }) => {
      const positions = [
        ...(perp === 0 ? [] : [{ market: 'ETH-PERP', quantity: `${perp}`, entryPrice: '1900' }]),
        ...(btc === 0 ? [] : [{ market: 'BTC-PERP', quantity: `${btc}`, entryPrice: '20000' }]),
      ]
      const parameters = {
        assets: { ETH: CASH, USDC: CASH },
        markets: { 'ETH-PERP': tier(40_000), 'BTC-PERP': tier(50_000) },
      }
      const model = { id: 'standard', parameters }
      const judged = judgedOf({ ...HEDGED, model, balances: { USDC: `${usdc}`, ETH: `${eth}` }, positions })
      const [set] = pricesOf(judged)
      const eths = set?.assets.find(({ asset }) => asset === 'ETH')
      if (set === undefined || eths === undefined) return
      for (let at = 37; at < 20_000; at += 331) {
        // Each root passed on the way from today's price turns the decision.
        const passed = eths.roots.filter(({ price: root }) => (Number(root) - 2_000) * (Number(root) - at) < 0).length
        expect(liquidatedAt(judged, 'ETH', `${at}`)[0]).toBe(passed % 2 === 0 ? set.liquidatable : !set.liquidatable)
      }
    }),
    { numRuns: 40 },
  )
})

const house = marginModel('plimsoll-1')
const epoch = readFileSync('epochs/provisional-2026-11.json', 'utf8')
const around = {
  models: new Map(house === undefined ? [] : [[house.id, house]]),
  builtInEpochs: new Map([['plimsoll-1', epoch]]),
}
const STRANGLE = {
  format: 'plimsoll portfolio v1',
  asOf: '2026-02-06T08:00:00Z',
  settlementAsset: 'USDC',
  balances: { USDC: '12000' },
  positions: [
    { market: 'ETH-27MAR26-2400-C', quantity: '-20' },
    { market: 'ETH-27MAR26-1600-P', quantity: '-20' },
  ],
  assets: { USDC: { kind: 'stable', reference: 'USD' } },
  prices: { USDC: '1', ETH: '2000' },
  vols: { ETH: '0.6' },
}

test(
  'a short strangle is safe between its roots and liquidated beyond: as an exact scan says',
  { timeout: 60_000 },
  () => {
    const judged = judgedOf(STRANGLE, around)
    const [set] = pricesOf(judged)
    const [high, low] = rootsOf(set, 'ETH').map(Number)
    expect([high, low].every((root) => root !== undefined)).toBe(true)
    expect(rootsOf(set, 'ETH')).toHaveLength(2)
    for (let at = 400; at <= 5_000; at += 46) {
      const isBetween = at > (low ?? 0) && at < (high ?? 0)
      expect(liquidatedAt(judged, 'ETH', `${at}`)).toEqual([!isBetween])
    }
  },
)

test(
  'the joint failure is confirmed exactly and no farther than the nearest asset alone, the others at their likeliest',
  { timeout: 60_000 },
  () => {
    const [set] = setLiquidations(judgedOf(STRANGLE, around), 'pricesAndJoint', quiet)
    const alone = set?.assets.flatMap(({ roots }) => roots.map(({ sigmas }) => Number(sigmas))) ?? []
    expect(set?.joint).toMatchObject({ isEstimate: true, confirmed: true })
    // That one factor moves by t deviations is at least t away; standing still besides cannot be nearer than the optimum.
    expect(Number(set?.joint?.sigmas)).toBeLessThan(1.2 * Math.min(...alone))
    expect(formatDecimal18(atoms(set?.joint?.probability24h ?? '')) < '0.1').toBe(true)
  },
)
