import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_PPM, ppm } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import { type AssetId, assetId } from '../instrument/identifier.ts'
import type { ListedAsset } from '../market/listing.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import type { AssetBook } from '../ledger/books.ts'
import { openLending } from '../ledger/lending.ts'
import { type Cover, coverShortfall, type Shortfall } from './cover-shortfall.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const USD = 10n ** 18n

type Amounts = Readonly<Record<string, bigint>>

interface World {
  /** What the insurance fund holds, in atoms. */
  readonly fund: Amounts
  /** Atoms of USD per unit; an asset left out never had a price. */
  readonly prices?: Amounts
  readonly halfSpreadPpm?: bigint
  /** Of a trade of 1000 USD. */
  readonly impactPpm?: bigint
}

const PRICES: Amounts = { USDC: USD, USDT: USD, ETH: 100n * USD, BTC: 1000n * USD, DUST: 1n }

function covered(world: World, ...shortfalls: readonly Shortfall[]): readonly Cover[] {
  const { fund, prices = PRICES, halfSpreadPpm = 0n, impactPpm = 0n } = world
  const closeOutCost = {
    halfSpreadPpm: ppm(halfSpreadPpm),
    impactPpm: ppm(impactPpm),
    impactNotional: value(1000n * USD),
  }
  const names = new Set([...Object.keys(fund), ...Object.keys(prices), ...shortfalls.map(({ asset }) => asset)])
  const books = [...names].map((name): readonly [AssetId, AssetBook] => {
    const ledger = { ...EMPTY_LEDGER, insuranceFund: quantity(fund[name] ?? 0n) }
    return [assetId(name), { ledger, lending: openLending(timestamp(0)) }]
  })
  const assets = [...names].map((name): readonly [AssetId, ListedAsset] => {
    const atoms = prices[name]
    const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
    const terms = { nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost }
    const index =
      atoms === undefined
        ? undefined
        : { price: price(atoms), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
    return [assetId(name), { terms: { ...terms, id: assetId(name) }, index }]
  })
  return coverShortfall(shortfalls, new Map(books), { assets: new Map(assets), markets: new Map() })
}

function debt(asset: string, atoms: bigint, bucket = 0): Shortfall {
  return { bucket, asset: assetId(asset), quantity: quantity(atoms) }
}

/** Covers in words, amounts in atoms. */
function told(covers: readonly Cover[]): readonly string[] {
  return covers.map((cover) => {
    switch (cover.kind) {
      case 'drawInsurance':
        return `draw ${cover.quantity} ${cover.asset} for bucket ${cover.bucket}`
      case 'exchangeInsurance':
        return `give ${cover.givenQuantity} ${cover.given} for ${cover.gotQuantity} ${cover.got}`
      case 'recordDeficit':
        return `deficit of ${cover.quantity} ${cover.asset} in bucket ${cover.bucket}`
      default:
        return cover satisfies never
    }
  })
}

const D = (units: bigint) => units * USD

const tables: [name: string, world: World, shortfalls: readonly Shortfall[], want: readonly string[]][] = [
  ['nothing owed needs nothing', { fund: { USDC: D(5n) } }, [], []],
  [
    'the fund pays in the asset that is owed',
    { fund: { USDC: D(50n) } },
    [debt('USDC', D(20n))],
    [`draw ${D(20n)} USDC for bucket 0`],
  ],
  [
    'a fund with exactly as much pays all',
    { fund: { USDC: D(20n) } },
    [debt('USDC', D(20n))],
    [`draw ${D(20n)} USDC for bucket 0`],
  ],
  [
    'a fund with an atom less leaves an atom of deficit',
    { fund: { USDC: D(20n) - 1n } },
    [debt('USDC', D(20n))],
    [`draw ${D(20n) - 1n} USDC for bucket 0`, 'deficit of 1 USDC in bucket 0'],
  ],
  [
    'an empty fund leaves a deficit',
    { fund: {} },
    [debt('USDC', D(20n), 3)],
    [`deficit of ${D(20n)} USDC in bucket 3`],
  ],
  [
    'what the fund lacks it buys with what it has, the most valuable first',
    // 15 USDC are missing: 300 of USDT come before 2 of ETH, worth 200.
    { fund: { USDC: D(5n), ETH: D(2n), USDT: D(300n) } },
    [debt('USDC', D(20n))],
    [`draw ${D(5n)} USDC for bucket 0`, `give ${D(15n)} USDT for ${D(15n)} USDC`, `draw ${D(15n)} USDC for bucket 0`],
  ],
  [
    'what one asset does not buy the next does, then a deficit',
    { fund: { ETH: D(2n), USDT: D(30n) } },
    [debt('USDC', D(300n))],
    [
      `give ${D(2n)} ETH for ${D(200n)} USDC`,
      `draw ${D(200n)} USDC for bucket 0`,
      `give ${D(30n)} USDT for ${D(30n)} USDC`,
      `draw ${D(30n)} USDC for bucket 0`,
      `deficit of ${D(70n)} USDC in bucket 0`,
    ],
  ],
  [
    'the first by name is given among equals',
    { fund: { USDT: D(100n), ETH: D(1n) } },
    [debt('USDC', D(50n))],
    [`give ${USD / 2n} ETH for ${D(50n)} USDC`, `draw ${D(50n)} USDC for bucket 0`],
  ],
  [
    'two debts in one asset share what the fund has',
    { fund: { USDC: D(30n) } },
    [debt('USDC', D(20n), 0), debt('USDC', D(20n), 4)],
    [`draw ${D(20n)} USDC for bucket 0`, `draw ${D(10n)} USDC for bucket 4`, `deficit of ${D(10n)} USDC in bucket 4`],
  ],
  [
    'what was given for one debt is not there for the next',
    { fund: { ETH: D(1n) } },
    [debt('USDC', D(60n)), debt('USDT', D(60n))],
    [
      `give ${(6n * USD) / 10n} ETH for ${D(60n)} USDC`,
      `draw ${D(60n)} USDC for bucket 0`,
      `give ${(4n * USD) / 10n} ETH for ${D(40n)} USDT`,
      `draw ${D(40n)} USDT for bucket 0`,
      `deficit of ${D(20n)} USDT in bucket 0`,
    ],
  ],
  [
    'a debt without a price cannot be bought',
    { fund: { ETH: D(1n) } },
    [debt('NEW', D(2n))],
    [`deficit of ${D(2n)} NEW in bucket 0`],
  ],
  [
    'but is paid from the fund in its own asset',
    { fund: { NEW: D(2n) } },
    [debt('NEW', D(2n))],
    [`draw ${D(2n)} NEW for bucket 0`],
  ],
  [
    'what has no price is not given',
    { fund: { NEW: D(2n) } },
    [debt('USDC', D(2n))],
    [`deficit of ${D(2n)} USDC in bucket 0`],
  ],
  [
    'both spreads are paid: dear to buy, cheap to sell',
    // Half a spread of 1%: 200 USDC cost 202, ETH sells at 99.
    { fund: { ETH: D(5n) }, halfSpreadPpm: 10_000n },
    [debt('USDC', D(200n))],
    [`give ${(D(202n) + 98n) / 99n} ETH for ${D(200n)} USDC`, `draw ${D(200n)} USDC for bucket 0`],
  ],
  [
    'an asset that does not reach is given whole, for what it sells for',
    // 1 ETH sells at 99; a USDC costs 1.01.
    { fund: { ETH: D(1n) }, halfSpreadPpm: 10_000n },
    [debt('USDC', D(200n))],
    [
      `give ${D(1n)} ETH for ${D(9900n) / 101n} USDC`,
      `draw ${D(9900n) / 101n} USDC for bucket 0`,
      `deficit of ${D(200n) - D(9900n) / 101n} USDC in bucket 0`,
    ],
  ],
  [
    'impact grows with the root of the size',
    // Impact 10% for 1000 USD: buying 250 USDC costs 5%, 262.5; selling 262.5 of BTC: sqrt(0.2625) * 10% = 5.1235%, so 948.765.
    { fund: { BTC: D(1n) }, impactPpm: 100_000n },
    [debt('USDC', D(250n))],
    [`give ${(262_500n * USD + 948_764n) / 948_765n} BTC for ${D(250n)} USDC`, `draw ${D(250n)} USDC for bucket 0`],
  ],
  [
    'an asset that has become worthless is given for what it brings, which used to stop the engine',
    // 20 USD are 2e19 units of what costs 1e-18 USD: no quantity holds that.
    { fund: { DUST: D(3n) } },
    [debt('USDC', D(20n))],
    [`give ${D(3n)} DUST for 3 USDC`, 'draw 3 USDC for bucket 0', `deficit of ${D(20n) - 3n} USDC in bucket 0`],
  ],
  [
    'an asset that buys not an atom is kept',
    { fund: { DUST: 3n } },
    [debt('USDC', D(20n))],
    [`deficit of ${D(20n)} USDC in bucket 0`],
  ],
]
test.each(tables)('%s', (_name, world, shortfalls, want) => {
  expect(told(covered(world, ...shortfalls))).toEqual(want)
})

const NAMES = Object.keys(PRICES)
const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 24n }))
const owed = fc.record({ asset: fc.constantFrom(...NAMES), atoms: amounts, bucket: fc.nat(2) })
const worlds = fc.record({
  fund: fc
    .tuple(...NAMES.map(() => amounts))
    .map((held): Amounts => Object.fromEntries(NAMES.map((name, i) => [name, held[i] ?? 0n]))),
  halfSpreadPpm: fc.bigInt({ min: 0n, max: 50_000n }),
  impactPpm: fc.bigInt({ min: 0n, max: 100_000n }),
})

test('INV-WATERFALL-1: draws and deficits add up to each debt, to the atom, and the fund never gives what it has not', () => {
  fc.assert(
    fc.property(worlds, fc.array(owed, { maxLength: 4 }), (world, rows) => {
      const debts = rows.filter(({ atoms }) => atoms > 0n)
      const covers = covered(world, ...debts.map(({ asset, atoms, bucket }) => debt(asset, atoms, bucket)))
      const fund = new Map(NAMES.map((name) => [name, world.fund[name] ?? 0n]))
      const paid = new Map<string, bigint>()
      const change = (map: Map<string, bigint>, name: string, by: bigint) => map.set(name, (map.get(name) ?? 0n) + by)
      for (const cover of covers) {
        if (cover.kind === 'exchangeInsurance') {
          change(fund, cover.given, -cover.givenQuantity)
          change(fund, cover.got, cover.gotQuantity)
          expect(cover.givenQuantity > 0n && cover.gotQuantity > 0n && cover.given !== cover.got).toBe(true)
        } else {
          expect(cover.quantity > 0n).toBe(true)
          change(paid, `${cover.asset} ${cover.bucket}`, cover.quantity)
          if (cover.kind === 'drawInsurance') change(fund, cover.asset, -cover.quantity)
        }
        for (const left of fund.values()) expect(left >= 0n).toBe(true)
      }
      const wanted = new Map<string, bigint>()
      for (const { asset, atoms, bucket } of debts) change(wanted, `${asset} ${bucket}`, atoms)
      expect(paid).toEqual(wanted)
    }),
    { numRuns: 300 },
  )
})

test('INV-WATERFALL-2: the fund never gives worth for less than it gets, and a deficit remains only when nothing it has buys an atom more', () => {
  fc.assert(
    fc.property(worlds, owed, (world, { asset, atoms, bucket }) => {
      if (atoms === 0n) return
      const covers = covered(world, debt(asset, atoms, bucket))
      for (const cover of covers) {
        if (cover.kind !== 'exchangeInsurance') continue
        const [given, got] = [PRICES[cover.given] ?? 0n, PRICES[cover.got] ?? 0n]
        expect(cover.givenQuantity * given >= cover.gotQuantity * got).toBe(true)
      }
      if (!covers.some(({ kind }) => kind === 'recordDeficit')) return
      const given = new Set<string>(
        covers.flatMap((cover) => (cover.kind === 'exchangeInsurance' ? [cover.given] : [])),
      )
      for (const [name, held] of Object.entries(world.fund)) {
        if (name === asset || given.has(name)) continue
        // Buying costs at most 99% more; so little is kept that selling it costs little more than half the spread, 5%.
        expect(held * (PRICES[name] ?? 0n) < 3n * ((PRICES[asset] ?? 0n) + USD)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})
