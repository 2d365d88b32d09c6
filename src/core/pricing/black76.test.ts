import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { below, between, pick, type Prng, splitmix64 } from '../../../simulator/workload/prng.ts'
import { PRICE_BOUND, price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { optionValue, preparedDelta } from './black76.ts'
import { type OptionKind, prepareOption } from './prepared-option.ts'
import { REFERENCE_ONE, referenceCall } from '../../../simulator/pricing/reference.ts'

interface Drawn {
  readonly kind: OptionKind
  readonly forward: bigint
  readonly strike: bigint
  readonly volatility: bigint
  readonly timeMs: number
}

interface Golden {
  readonly cases: readonly (Record<'kind' | 'forward' | 'strike' | 'volatility' | 'value' | 'low' | 'high', string> & {
    readonly name: string
    readonly timeMs: number
  })[]
  readonly thousand: { readonly seed: string; readonly sha256: string }
}

const ONE = 10n ** 18n
const [SECOND, MINUTE, DAY, YEAR] = [1_000, 60_000, 86_400_000, 31_536_000_000] as const
/** The reference is good to 1e-27 of an atom; a true value may lie this close to a whole atom. */
const REFERENCE_ERROR = REFERENCE_ONE / 10n ** 20n
const FILE = join(import.meta.dirname, '../../../vectors/pricing/black76.json')
const golden = JSON.parse(readFileSync(FILE, 'utf8')) as Golden

const reason = 'takes half a minute: set PLIMSOLL_SLOW=1'
const isSlowWanted = process.env['PLIMSOLL_SLOW'] === '1'

function termsOf({ kind, forward, strike, volatility, timeMs }: Drawn) {
  return { kind, forward: price(forward), strike: price(strike), volatility: rate(volatility), timeMs }
}

/** True value and delta in atoms and 120 decimals of an atom. */
function trueValue(option: Drawn): { readonly value: bigint; readonly delta: bigint } {
  const call = referenceCall({ ...option, timeMs: BigInt(option.timeMs) })
  if (option.kind === 'call') return { value: call.value, delta: call.delta * ONE }
  const parity = (option.strike - option.forward) * REFERENCE_ONE
  return { value: call.value + parity, delta: (call.delta - REFERENCE_ONE) * ONE }
}

function encloses({ low, high }: { readonly low: bigint; readonly high: bigint }, exact: bigint): boolean {
  return low * REFERENCE_ONE - REFERENCE_ERROR <= exact && exact <= high * REFERENCE_ONE + REFERENCE_ERROR
}

/** Whole numbers only, so that the same points come out on every machine. Two thirds near the money, a third anywhere. */
function draw(prng: Prng): Drawn {
  const inBounds = (atoms: bigint) => (atoms < 1n ? 1n : atoms < PRICE_BOUND ? atoms : PRICE_BOUND - 1n)
  const digits = percentOf(prng, 70) ? between(prng, 12, 24) : between(prng, 0, 30)
  const forward = inBounds((10n ** BigInt(digits) * BigInt(between(prng, 100, 999))) / 100n + (prng.next() % 1_000n))
  const spread = pick(prng, [0, 100, 10_000, 100_000, 400_000, 900_000])
  const near = (forward * BigInt(between(prng, 1_000_000 - spread, 1_000_000 + spread))) / 1_000_000n
  const anywhere = (forward * BigInt(between(prng, 1, 1_000_000))) / BigInt(between(prng, 1, 1_000_000))
  const percent = percentOf(prng, 90) ? between(prng, 5, 500) : pick(prng, [0, 1, 1_000, 10_000])
  return {
    kind: pick(prng, ['call', 'put']),
    forward,
    strike: inBounds(percentOf(prng, 67) ? near : anywhere),
    volatility: (BigInt(percent) * ONE) / 100n + (prng.next() % 10n ** 15n),
    timeMs: between(prng, 1, 99) * pick(prng, [1, SECOND, MINUTE, 10 * MINUTE, DAY, 10 * DAY, YEAR / 5]),
  }
}

function percentOf(prng: Prng, chances: number): boolean {
  return below(prng, 100) < chances
}

/** First points whose enclosure misses the true value or is wider than two atoms. */
function missed(points: number, seed: bigint): readonly Drawn[] {
  const prng = splitmix64(seed)
  const drawn = Array.from({ length: points }, () => draw(prng))
  const wrong = drawn.filter((option) => {
    const enclosure = optionValue(termsOf(option))
    const exact = trueValue(option)
    const width: bigint = enclosure.high - enclosure.low
    const delta = preparedDelta(prepareOption(termsOf(option)))
    return !encloses(enclosure, exact.value) || width < 0n || width > 2n || !encloses(delta, exact.delta)
  })
  return wrong.slice(0, 3)
}

test('INV-PRICING-4: 3,000 random points: the true value and delta lie within, and the ends at most two atoms apart', () => {
  expect(missed(3_000, 76n)).toEqual([])
})

test.skipIf(!isSlowWanted)(
  `INV-PRICING-4: 100,000 random points, the same (${reason})`,
  () => {
    expect(missed(100_000, 1_976n)).toEqual([])
  },
  600_000,
)

/** In millionths of the quote unit, undiscounted: the printed value over exp(-r T). */
const printed: [name: string, option: Drawn, millionths: bigint, tolerance: bigint][] = [
  // Hull, Options, Futures and Other Derivatives, "Black's model": F = K = 20, r = 9%, T = 4/12, 25%: put 1.12 = 1.15 e^-0.03.
  // At the money F (2 N(s/2) - 1): s = 0.25 sqrt(1/3) = 0.144338, N(0.072169) = 0.528766, 20 * 0.057532 = 1.1506.
  [
    'Hull',
    { kind: 'put', forward: 20n * ONE, strike: 20n * ONE, volatility: ONE / 4n, timeMs: YEAR / 3 },
    1_150_630n,
    50n,
  ],
  // Haug, The Complete Guide to Option Pricing Formulas, Black-76: F = K = 19, r = 10%, T = 0.75, 28%: 1.7011.
  // 1.7011 * e^0.075 = 1.7011 * 1.077884 = 1.83359, known to 0.00005 * 1.078.
  [
    'Haug',
    { kind: 'call', forward: 19n * ONE, strike: 19n * ONE, volatility: (28n * ONE) / 100n, timeMs: (YEAR * 3) / 4 },
    1_833_590n,
    60n,
  ],
  // At the money, s = 2: F (2 N(1) - 1) with N(1) = 0.841344746 (Abramowitz and Stegun, table 26.1).
  ['closed form', { kind: 'call', forward: ONE, strike: ONE, volatility: ONE, timeMs: 4 * YEAR }, 682_689n, 1n],
]
test.each(printed)('agrees with the printed value: %s', (_name, option, millionths, tolerance) => {
  const { low } = optionValue(termsOf(option))
  const distance = low / 10n ** 12n - millionths
  expect(distance < tolerance && distance > -tolerance).toBe(true)
})

const at = (kind: OptionKind, forward: bigint, strike: bigint): Drawn => ({
  kind,
  forward: forward * ONE,
  strike: strike * ONE,
  volatility: ONE / 2n,
  timeMs: DAY,
})
const LARGEST = PRICE_BOUND - 1n
const edges: [name: string, option: Drawn, low: bigint, high: bigint][] = [
  ['a call in the money at expiry is its payoff', { ...at('call', 110n, 100n), timeMs: 0 }, 10n * ONE, 10n * ONE],
  ['a call out of the money at expiry is nothing', { ...at('call', 90n, 100n), timeMs: 0 }, 0n, 0n],
  ['a put in the money at expiry is its payoff', { ...at('put', 90n, 100n), timeMs: 0 }, 10n * ONE, 10n * ONE],
  ['a call at the money at expiry is nothing', { ...at('call', 100n, 100n), timeMs: 0 }, 0n, 0n],
  ['a put without volatility is its payoff', { ...at('put', 90n, 100n), volatility: 0n }, 10n * ONE, 10n * ONE],
  ['a call far out of the money is less than an atom', at('call', 1n, 1_000_000n), 0n, 1n],
  ['a put far out of the money is less than an atom', at('put', 1_000_000n, 1n), 0n, 1n],
  [
    'a call far in the money is its payoff and less than an atom',
    at('call', 1_000_000n, 1n),
    999_999n * ONE,
    999_999n * ONE + 1n,
  ],
  [
    'a put far in the money is its payoff and less than an atom',
    at('put', 1n, 1_000_000n),
    999_999n * ONE,
    999_999n * ONE + 1n,
  ],
  // d1 = 500, so a call is worth the forward and a put the strike, to far less than an atom.
  [
    'a call of huge volatility is worth the forward',
    { ...at('call', 2n, 3n), volatility: 100n * ONE, timeMs: 100 * YEAR },
    2n * ONE - 1n,
    2n * ONE,
  ],
  [
    'a put of huge volatility is worth the strike',
    { ...at('put', 2n, 3n), volatility: 100n * ONE, timeMs: 100 * YEAR },
    3n * ONE - 1n,
    3n * ONE,
  ],
  // At the money F (2 N(s/2) - 1) = F s / sqrt(2 pi): 1e30 * 1e-18 / sqrt(31,536,000,000) * 0.39894228 = 2,246,501.8 atoms.
  [
    'the largest price with the least deviation',
    { kind: 'call', forward: LARGEST, strike: LARGEST, volatility: 1n, timeMs: 1 },
    2_246_501n,
    2_246_502n,
  ],
  [
    'the least price is worth a part of an atom',
    { kind: 'call', forward: 1n, strike: 1n, volatility: ONE, timeMs: YEAR },
    0n,
    1n,
  ],
]
test.each(edges)('%s', (_name, option, low, high) => {
  expect(optionValue(termsOf(option))).toEqual({ low, high })
})

const deltas: [name: string, option: Drawn, low: bigint, high: bigint][] = [
  ['a call in the money at expiry moves with the forward', { ...at('call', 110n, 100n), timeMs: 0 }, ONE, ONE],
  ['a put in the money at expiry moves against it', { ...at('put', 90n, 100n), timeMs: 0 }, -ONE, -ONE],
  ['a call at the money at expiry has no one delta', { ...at('call', 100n, 100n), timeMs: 0 }, 0n, ONE],
  // N(1) = 0.841344746068542948..., at the money with a deviation of 2.
  [
    'at the money it is N(s/2)',
    { kind: 'call', forward: ONE, strike: ONE, volatility: ONE, timeMs: 4 * YEAR },
    841_344_746_068_542_948n,
    841_344_746_068_542_949n,
  ],
  [
    'and less one for a put',
    { kind: 'put', forward: ONE, strike: ONE, volatility: ONE, timeMs: 4 * YEAR },
    -158_655_253_931_457_052n,
    -158_655_253_931_457_051n,
  ],
]
test.each(deltas)('delta: %s', (_name, option, low, high) => {
  expect(preparedDelta(prepareOption(termsOf(option)))).toEqual({ low, high })
})

/**
 * The whole atoms around the true value, without the code under test. Where the reference cannot tell on which side of a whole
 * atom the value lies, both are around it, cut to what a call (payoff to forward) or a put (payoff to strike) is worth.
 */
function roundedOutward(option: Drawn): readonly [low: bigint, high: bigint] {
  const { value } = trueValue(option)
  if (option.timeMs === 0 || option.volatility === 0n) return [value / REFERENCE_ONE, value / REFERENCE_ONE]
  const call = option.kind === 'call'
  const payoff = call ? option.forward - option.strike : option.strike - option.forward
  const [least, most] = [payoff > 0n ? payoff : 0n, call ? option.forward : option.strike]
  const low = (value - REFERENCE_ERROR) / REFERENCE_ONE
  const high = (value + REFERENCE_ERROR) / REFERENCE_ONE + 1n
  return [low > least ? low : least, high < most ? high : most]
}

test.each(golden.cases)('vectors/pricing/black76.json: $name, as the reference has it', (one) => {
  const kind = one.kind === 'call' ? 'call' : 'put'
  const [forward, strike, volatility] = [BigInt(one.forward), BigInt(one.strike), BigInt(one.volatility)]
  const option: Drawn = { kind, forward, strike, volatility, timeMs: one.timeMs }
  const digits = trueValue(option).value.toString().padStart(121, '0')
  expect(`${digits.slice(0, -120)}.${digits.slice(-120, -90)}`).toBe(one.value)
  expect(optionValue(termsOf(option))).toEqual({ low: BigInt(one.low), high: BigInt(one.high) })
})

test('INV-PRICING-5: a thousand enclosures are bit by bit those of vectors/pricing/black76.json, which the reference made', () => {
  const prng = splitmix64(BigInt(golden.thousand.seed))
  const drawn = Array.from({ length: 1_000 }, () => draw(prng))
  const hash = (ends: (option: Drawn) => readonly bigint[]) =>
    createHash('sha256')
      .update(drawn.map((option) => `${ends(option).join(' ')}\n`).join(''))
      .digest('hex')
  expect(hash(roundedOutward)).toBe(golden.thousand.sha256)
  expect(hash((option) => Object.values(optionValue(termsOf(option))))).toBe(golden.thousand.sha256)
})
