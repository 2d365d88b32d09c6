import { describe, expect, test } from 'vitest'
import { NO_PPM, ppm, WHOLE } from '../quantity/ppm.ts'
import { price } from '../quantity/price.ts'
import { quantity } from '../quantity/quantity.ts'
import { timestamp } from '../quantity/timestamp.ts'
import { NO_VALUE, value } from '../quantity/value.ts'
import { type AssetId, assetId, marketId } from '../instrument/identifier.ts'
import type { ListedAsset } from '../market/listing.ts'
import { type Bucket, creditBucket, emptyBucket } from '../ledger/account.ts'
import { EMPTY_LEDGER } from '../ledger/asset-ledger.ts'
import type { AssetBook } from '../ledger/books.ts'
import { openLending } from '../ledger/lending.ts'
import { moveBetweenBuckets, payPenalty, repayDebts } from './collateral-use.ts'
import { type Draft, draftOf } from './draft.ts'
import type { LiquidationStep } from './step.ts'
import { flatCurve } from '../../../simulator/workload/world.ts'

const USD = 10n ** 18n
const LENDING = openLending(timestamp(0))
const NAMES = ['USDC', 'USDT', 'ETH', 'BTC', 'DUST', 'NEW']

interface World {
  /** USD per unit, in atoms; an asset left out never had a price. */
  readonly prices?: Readonly<Record<string, bigint>>
  /** Of every asset, without impact. */
  readonly halfSpreadPpm?: bigint
  readonly penaltyPpm?: bigint
}

// USDC and USDT at 1, ETH at 100, BTC at 1000.
const PRICES = { USDC: USD, USDT: USD, ETH: 100n * USD, BTC: 1000n * USD, DUST: 1n }

function world({ prices = PRICES, halfSpreadPpm = 0n, penaltyPpm = 0n }: World = {}) {
  const closeOutCost = { halfSpreadPpm: ppm(halfSpreadPpm), impactPpm: NO_PPM, impactNotional: value(1n) }
  const assets = NAMES.map((name): readonly [AssetId, ListedAsset] => {
    const atoms = prices[name]
    const priceRules = { freshForMs: 1, lowConfidencePpm: NO_PPM, dailyVolatilityPpm: NO_PPM }
    const terms = { nativeDecimals: 18, borrowable: true, borrowCurve: flatCurve(0n), priceRules, closeOutCost }
    const index =
      atoms === undefined
        ? undefined
        : { price: price(atoms), halfWidth: NO_VALUE, guarded: false, observedAt: timestamp(0) }
    return [assetId(name), { terms: { ...terms, id: assetId(name) }, index }]
  })
  const books: ReadonlyMap<AssetId, AssetBook> = new Map(
    NAMES.map((name) => [assetId(name), { ledger: EMPTY_LEDGER, lending: LENDING }]),
  )
  return {
    books,
    market: { assets: new Map(assets), markets: new Map() },
    liquidation: { bufferPpm: NO_PPM, penaltyPpm: ppm(penaltyPpm) },
  }
}

type Units = Readonly<Record<string, bigint>>

/** Buckets by their balances in whole units. */
function drafted(...buckets: readonly Units[]): Draft {
  return draftOf(
    buckets.map((units, number) => {
      const bucket = Object.entries(units).reduce<Bucket>(
        (held, [name, amount]) => creditBucket(held, assetId(name), quantity(amount * USD), LENDING),
        emptyBucket('cross'),
      )
      return { number, bucket }
    }),
  )
}

/** Steps in words: amounts in atoms. */
function told(steps: readonly LiquidationStep[]): readonly string[] {
  return steps.map((step) => {
    switch (step.kind) {
      case 'moveBetweenBuckets':
        return `${step.from.quantity} ${step.from.asset} ${step.from.bucket} -> ${step.to}`
      case 'repayDebt':
        return `${step.given.quantity} ${step.given.asset} for ${step.got.quantity} ${step.got.asset}, ${step.value}`
      case 'payPenalty':
        return `${step.paid.quantity} ${step.paid.asset} as penalty, ${step.value}`
      default:
        return step.kind
    }
  })
}

function atoms(units: bigint, name = ''): string {
  return `${units * USD}${name === '' ? '' : ` ${name}`}`
}

describe('moving between buckets', () => {
  const moves: [name: string, buckets: readonly Units[], want: readonly string[]][] = [
    ['meets a debt from another bucket', [{ ETH: -2n }, { ETH: 5n }], [`${atoms(2n)} ETH 1 -> 0`]],
    ['moves no more than there is', [{ ETH: -2n }, { ETH: 1n }], [`${atoms(1n)} ETH 1 -> 0`]],
    [
      'takes the most valuable balance first',
      [{ ETH: -7n }, { ETH: 2n }, { ETH: 6n }],
      [`${atoms(6n)} ETH 2 -> 0`, `${atoms(1n)} ETH 1 -> 0`],
    ],
    [
      'meets the debt of the lower bucket first',
      [{ ETH: -2n }, { ETH: -3n }, { ETH: 4n }],
      [`${atoms(2n)} ETH 2 -> 0`, `${atoms(2n)} ETH 2 -> 1`],
    ],
    ['leaves other assets alone', [{ ETH: -2n }, { BTC: 5n }], []],
    ['does nothing without debts', [{ ETH: 2n }, { ETH: 5n }], []],
  ]
  test.each(moves)('%s', (_name, buckets, want) => {
    expect(told(moveBetweenBuckets(world(), drafted(...buckets)).steps)).toEqual(want)
  })
})

describe('repaying debts', () => {
  const repayments: [name: string, buckets: readonly Units[], sharePpm: bigint, want: readonly string[]][] = [
    [
      'sells collateral at its price',
      [{ ETH: 5n, USDC: -200n }],
      1_000_000n,
      [`${atoms(2n)} ETH for ${atoms(200n)} USDC, ${atoms(200n)}`],
    ],
    [
      'repays only its share',
      [{ ETH: 5n, USDC: -200n }],
      250_000n,
      [`${USD / 2n} ETH for ${atoms(50n)} USDC, ${atoms(50n)}`],
    ],
    ['does nothing for a share of nothing', [{ ETH: 5n, USDC: -200n }], 0n, []],
    [
      'sells the most valuable collateral first, then the next',
      // 5 ETH are worth 500, 400 USDT 400: the debt of 600 takes all ETH and 100 USDT.
      [{ USDT: 400n, ETH: 5n, USDC: -600n }],
      1_000_000n,
      [
        `${atoms(5n)} ETH for ${atoms(500n)} USDC, ${atoms(500n)}`,
        `${atoms(100n)} USDT for ${atoms(100n)} USDC, ${atoms(100n)}`,
      ],
    ],
    [
      'takes the first by name among equals',
      [{ USDT: 500n, ETH: 5n, USDC: -100n }],
      1_000_000n,
      [`${atoms(1n)} ETH for ${atoms(100n)} USDC, ${atoms(100n)}`],
    ],
    [
      'takes the lower bucket among equals of one asset',
      [{ USDC: -100n }, { ETH: 5n }, { ETH: 5n }],
      1_000_000n,
      [`${atoms(1n)} ETH for ${atoms(100n)} USDC, ${atoms(100n)}`],
    ],
    [
      'repays debts by name',
      [{ ETH: 3n, USDT: -200n, USDC: -100n }],
      1_000_000n,
      [
        `${atoms(1n)} ETH for ${atoms(100n)} USDC, ${atoms(100n)}`,
        `${atoms(2n)} ETH for ${atoms(200n)} USDT, ${atoms(200n)}`,
      ],
    ],
    [
      'stops where collateral ends',
      [{ ETH: 1n, USDC: -600n }],
      1_000_000n,
      [`${atoms(1n)} ETH for ${atoms(100n)} USDC, ${atoms(100n)}`],
    ],
    ['sells nothing that has no price', [{ NEW: 5n, USDC: -600n }], 1_000_000n, []],
    ['repays nothing that has no price', [{ ETH: 5n, NEW: -600n }], 1_000_000n, []],
  ]
  test.each(repayments)('%s', (_name, buckets, sharePpm, want) => {
    expect(told(repayDebts(world(), drafted(...buckets), ppm(sharePpm)).steps)).toEqual(want)
  })

  test('pays the spread of both: the debt is bought dear and the collateral sold cheap', () => {
    // Half a spread of 1%: 200 USDC cost 202; ETH sells at 99, so 202 / 99 = 2.0404... of it.
    const { steps } = repayDebts(world({ halfSpreadPpm: 10_000n }), drafted({ ETH: 5n, USDC: -200n }), WHOLE)
    expect(told(steps)).toEqual([`${(202n * USD + 98n) / 99n} ETH for ${atoms(200n)} USDC, ${atoms(202n)}`])
  })

  test('buys what all of the collateral is sold for when it does not reach', () => {
    // 1 ETH sells at 99; at 1.01 that buys 98.0198... USDC.
    const { steps } = repayDebts(world({ halfSpreadPpm: 10_000n }), drafted({ ETH: 1n, USDC: -200n }), WHOLE)
    expect(told(steps)).toEqual([`${USD} ETH for ${(9_900n * USD) / 101n} USDC, ${99n * USD}`])
  })

  const edges: [name: string, extra: bigint, wholeDebt: boolean][] = [
    ['with an atom to spare', 1n, true],
    ['to the atom', 0n, true],
    ['but for an atom', -1n, false],
  ]
  test.each(edges)('repays all when collateral reaches %s', (_name, extra, wholeDebt) => {
    const bucket = [
      ['ETH', 2n * USD + extra],
      ['USDC', -200n * USD],
    ].reduce<Bucket>(
      (held, [name, amount]) => creditBucket(held, assetId(name as string), quantity(amount as bigint), LENDING),
      emptyBucket('cross'),
    )
    const [step] = repayDebts(world(), draftOf([{ number: 0, bucket }]), WHOLE).steps
    // An atom of ETH is worth 100 atoms of USDC.
    const repaid = wholeDebt ? 200n * USD : 200n * USD - 100n
    expect(step?.kind === 'repayDebt' ? [step.given.quantity, step.got.quantity] : []).toEqual([
      wholeDebt ? 2n * USD : 2n * USD - 1n,
      repaid,
    ])
  })

  test('goes past collateral that has become worthless, which used to stop the engine', () => {
    // 200 USD are 2e20 units of what costs 1e-18 USD: no quantity holds that. A unit of it buys one atom of USDC.
    const { steps } = repayDebts(world(), drafted({ DUST: 1n, USDC: -200n }), WHOLE)
    expect(told(steps)).toEqual([`${USD} DUST for 1 USDC, 1`])
  })
})

describe('the penalty', () => {
  /** A draft after 1000 USD of contracts were closed. */
  function closed(...buckets: readonly Units[]): Draft {
    const at = { price: price(USD), fundingIndex: 0n as never }
    const trade = { kind: 'tradeContract', bucket: 0, market: marketId('P'), bought: quantity(1n), at } as const
    return { ...drafted(...buckets), steps: [{ ...trade, notional: value(1000n * USD) }] }
  }

  function paid(
    draft: Draft,
    penaltyPpm: bigint,
    prices: Readonly<Record<string, bigint>> = PRICES,
  ): readonly string[] {
    return told(payPenalty(world({ penaltyPpm, prices }), draft).steps.slice(draft.steps.length))
  }

  const penalties: [name: string, buckets: readonly Units[], penaltyPpm: bigint, want: readonly string[]][] = [
    ['is a share of what was closed', [{ USDC: 50n }], 10_000n, [`${atoms(10n)} USDC as penalty, ${atoms(10n)}`]],
    ['of nothing is not paid', [{ USDC: 50n }], 0n, []],
    ['never exceeds the NLV left', [{ USDC: 5n }], 10_000n, [`${atoms(5n)} USDC as penalty, ${atoms(5n)}`]],
    [
      'counts debts when it looks for what is left',
      [{ ETH: 1n, USDC: -97n }],
      10_000n,
      [`${(3n * USD) / 100n} ETH as penalty, ${atoms(3n)}`],
    ],
    ['is not taken from who has nothing left', [{ ETH: 1n, USDC: -100n }], 10_000n, []],
    ['is not taken from who owes', [{ ETH: 1n, USDC: -101n }], 10_000n, []],
    [
      'is taken from the most valuable collateral first',
      [{ USDC: 6n, USDT: 7n }],
      10_000n,
      [`${atoms(7n)} USDT as penalty, ${atoms(7n)}`, `${atoms(3n)} USDC as penalty, ${atoms(3n)}`],
    ],
    [
      'is taken over all buckets',
      [{ USDC: 6n }, { USDC: 7n }],
      10_000n,
      [`${atoms(7n)} USDC as penalty, ${atoms(7n)}`, `${atoms(3n)} USDC as penalty, ${atoms(3n)}`],
    ],
    [
      'is not taken in what has no price',
      [{ NEW: 100n, USDC: 6n }],
      10_000n,
      [`${atoms(6n)} USDC as penalty, ${atoms(6n)}`],
    ],
  ]
  test.each(penalties)('%s', (_name, buckets, penaltyPpm, want) => {
    expect(paid(closed(...buckets), penaltyPpm)).toEqual(want)
  })

  test('does not hunt the dust of a rounded payment through other collateral', () => {
    // 10 USD are 3.33... of what costs 3, worth an atom less than 10: no USDC is taken for it.
    const of = closed({ ETH: 100n, USDC: 50n })
    expect(paid(of, 10_000n, { ...PRICES, ETH: 3n * USD })).toEqual([
      `${(10n * USD) / 3n} ETH as penalty, ${10n * USD - 1n}`,
    ])
  })

  test('counts the debt that was repaid beside the contracts that were closed', () => {
    const draft = drafted({ ETH: 5n, USDC: -200n })
    // 1% of 200 repaid
    const repaid = repayDebts(world(), draft, WHOLE)
    expect(paid(repaid, 10_000n)).toEqual([`${(2n * USD) / 100n} ETH as penalty, ${atoms(2n)}`])
  })

  test('goes past collateral that has become worthless, which used to stop the engine', () => {
    // 10 USD are 1e19 units of what costs 1e-18 USD: no quantity holds that.
    expect(paid(closed({ DUST: 1n, USDC: 50n }), 10_000n)).toEqual([`${atoms(10n)} USDC as penalty, ${atoms(10n)}`])
    expect(paid(closed({ DUST: 3n, NEW: 1n }), 10_000n)).toEqual([`${3n * USD} DUST as penalty, 3`])
  })
})
