import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRICE_BOUND, price } from '../quantity/price.ts'
import { rate } from '../quantity/rate.ts'
import { optionValue, preparedDelta } from './black76.ts'
import { type OptionKind, prepareOption } from './prepared-option.ts'

const ONE = 10n ** 18n
const YEAR = 31_536_000_000
const RUNS = { numRuns: 1_000 }

interface Option {
  readonly kind: OptionKind
  readonly forward: bigint
  readonly strike: bigint
  readonly volatility: bigint
  readonly timeMs: number
}

const kinds = fc.constantFrom<OptionKind>('call', 'put')
const volatilities = fc.bigInt({ min: 0n, max: 10n * ONE })
const times = fc.oneof(fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: 0, max: 20 * YEAR }))
/** Of every size: from one atom to 1e12. */
const prices = fc.integer({ min: 1, max: 99 }).chain((bits) => fc.bigInt({ min: 1n, max: 2n ** BigInt(bits) }))
/** Forward and strike up to a third apart, or unrelated. */
const pairs = fc.oneof(
  fc
    .tuple(prices, fc.bigInt({ min: 667n, max: 1_500n }))
    .map(([one, permille]) => [one, inBounds((one * permille) / 1_000n)] as const),
  fc.tuple(prices, prices),
)
const options: fc.Arbitrary<Option> = fc
  .tuple(kinds, pairs, volatilities, times)
  .map(([kind, [forward, strike], volatility, timeMs]) => ({ kind, forward, strike, volatility, timeMs }))

function inBounds(atoms: bigint): bigint {
  return atoms < 1n ? 1n : atoms < PRICE_BOUND ? atoms : PRICE_BOUND - 1n
}

function prepared({ kind, forward, strike, volatility, timeMs }: Option) {
  return prepareOption({ kind, forward: price(forward), strike: price(strike), volatility: rate(volatility), timeMs })
}

function ends({ kind, forward, strike, volatility, timeMs }: Option): { readonly low: bigint; readonly high: bigint } {
  return optionValue({ kind, forward: price(forward), strike: price(strike), volatility: rate(volatility), timeMs })
}

test('INV-PRICING-6: an enclosure is at most two atoms wide, not below the payoff at the forward, nor above what is delivered', () => {
  fc.assert(
    fc.property(options, (option) => {
      const { low, high } = ends(option)
      const payoff = option.kind === 'call' ? option.forward - option.strike : option.strike - option.forward
      expect(low <= high && high - low <= 2n).toBe(true)
      expect(low >= 0n && low >= payoff).toBe(true)
      expect(high <= (option.kind === 'call' ? option.forward : option.strike)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-PRICING-6: without time or volatility an option is worth its payoff at the forward, exactly', () => {
  const nothing = fc.constantFrom({ volatility: 0n }, { timeMs: 0 }, { volatility: 0n, timeMs: 0 })
  fc.assert(
    fc.property(options, nothing, (option, none) => {
      const payoff = option.kind === 'call' ? option.forward - option.strike : option.strike - option.forward
      const worth = payoff > 0n ? payoff : 0n
      expect(ends({ ...option, ...none })).toEqual({ low: worth, high: worth })
    }),
  )
})

test('INV-PRICING-7: a call less a put is the forward less the strike, exactly, at both ends', () => {
  fc.assert(
    fc.property(options, (option) => {
      const [call, put] = [ends({ ...option, kind: 'call' }), ends({ ...option, kind: 'put' })]
      const difference = option.forward - option.strike
      expect([call.low - put.low, call.high - put.high]).toEqual([difference, difference])
    }),
    RUNS,
  )
})

test('INV-PRICING-8: no enclosure says that an option is worth less for more volatility or more time', () => {
  fc.assert(
    fc.property(options, volatilities, times, (option, volatility, timeMs) => {
      const inOrder = (lesser: Option, greater: Option) => expect(ends(lesser).low <= ends(greater).high).toBe(true)
      const [calm, wild] =
        volatility < option.volatility ? [volatility, option.volatility] : [option.volatility, volatility]
      inOrder({ ...option, volatility: calm }, { ...option, volatility: wild })
      const [soon, late] = timeMs < option.timeMs ? [timeMs, option.timeMs] : [option.timeMs, timeMs]
      inOrder({ ...option, timeMs: soon }, { ...option, timeMs: late })
    }),
    RUNS,
  )
})

test('INV-PRICING-8: no enclosure says that a call is worth more for a higher strike, or a put less, nor by more than the strikes differ', () => {
  fc.assert(
    fc.property(options, prices, fc.boolean(), (option, other, isNear) => {
      const second = isNear ? inBounds(option.strike + (other % 1_000n)) : other
      const [lower, upper] = second < option.strike ? [second, option.strike] : [option.strike, second]
      const [atLower, atUpper] = [ends({ ...option, strike: lower }), ends({ ...option, strike: upper })]
      const [more, less] = option.kind === 'call' ? [atLower, atUpper] : [atUpper, atLower]
      expect(less.low <= more.high && more.low - less.high <= upper - lower).toBe(true)
    }),
    RUNS,
  )
})

test('INV-PRICING-9: no enclosure contradicts that a value is convex in the forward', () => {
  fc.assert(
    fc.property(options, fc.bigInt({ min: 1n, max: 999n }), (option, permille) => {
      const step = (option.forward * permille) / 1_000n
      const [below, above] = [option.forward - step, option.forward + step]
      if (above >= PRICE_BOUND) return
      const chord = ends({ ...option, forward: below }).high + ends({ ...option, forward: above }).high
      expect(2n * ends(option).low <= chord).toBe(true)
    }),
    RUNS,
  )
})

test('INV-PRICING-9: no value lies below a tangent: with the unfavourable end of each delta a tangent is a bound', () => {
  fc.assert(
    fc.property(
      options,
      prices,
      fc.bigInt({ min: 500n, max: 2_000n }),
      fc.boolean(),
      (option, other, permille, isNear) => {
        const forward = isNear ? inBounds((option.forward * permille) / 1_000n) : other
        const delta = preparedDelta(prepared(option))
        const slope: bigint = forward > option.forward ? delta.low : delta.high
        const tangent = ends(option).low * ONE + slope * (forward - option.forward)
        expect(tangent <= ends({ ...option, forward }).high * ONE).toBe(true)
      },
    ),
    RUNS,
  )
})

test('INV-PRICING-10: a delta lies from 0 to 1, a put has one less than a call, and it rises with the forward', () => {
  fc.assert(
    fc.property(options, prices, (option, other) => {
      const [call, put] = [
        preparedDelta(prepared({ ...option, kind: 'call' })),
        preparedDelta(prepared({ ...option, kind: 'put' })),
      ]
      expect(call.low >= 0n && call.low <= call.high && call.high <= ONE).toBe(true)
      expect([put.low, put.high]).toEqual([call.low - ONE, call.high - ONE])
      const [lower, upper] = other < option.forward ? [other, option.forward] : [option.forward, other]
      const [less, more] = [lower, upper].map((forward) =>
        preparedDelta(prepared({ ...option, forward, kind: 'call' })),
      )
      expect((less?.low ?? ONE) <= (more?.high ?? 0n)).toBe(true)
    }),
    RUNS,
  )
})

test('INV-PRICING-5: the same option has the same value however often and in whatever order it is asked for', () => {
  fc.assert(
    fc.property(fc.array(options, { minLength: 1, maxLength: 20 }), (several) => {
      const forwards = several.map(ends)
      const backwards = several.toReversed().map(ends).toReversed()
      expect(backwards).toEqual(forwards)
    }),
  )
})
