import { price } from '../src/core/quantity/price.ts'
import { rate } from '../src/core/quantity/rate.ts'
import { ONE } from '../src/core/quantity/unit.ts'
import { optionValue, preparedValue } from '../src/core/pricing/black76.ts'
import { totalDeviationDown } from '../src/core/pricing/deviation.ts'
import { logged } from '../src/core/pricing/logarithm.ts'
import type { OptionKind } from '../src/core/pricing/prepared-option.ts'
import { rootTimeDown } from '../src/core/pricing/root-time.ts'
import { median, timed } from './timing.ts'

const SPOT = 60_000
const STRIKES = 100
const EXPIRY_DAYS = [1, 2, 7, 14, 30, 90]
const KINDS: readonly OptionKind[] = ['call', 'put']
/** Nodes: forwards in ppm of the spot, volatilities in percent. */
const FORWARDS_PPM = Array.from({ length: 13 }, (_, i) => 700_000 + i * 50_000)
const VOLATILITIES = [40, 60, 90]
const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS
const ROUNDS = 7

const OPTIONS = STRIKES * EXPIRY_DAYS.length * KINDS.length
const NODES = FORWARDS_PPM.length * VOLATILITIES.length

/** Option values per second: enclosures of Black-76 on a node grid and one by one, and plain float64 Black-76 beside them. */
export function measurePricing(): readonly string[] {
  const ways = { nodes: exactNodes, single: exactOneByOne, float: floatNodes }
  const times = { nodes: [] as number[], single: [] as number[], float: [] as number[] }
  // In turn, so that a busy moment of the machine hits all; the first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of ['nodes', 'single', 'float'] as const) {
      const seconds = timed(ways[name])
      if (round > 0) times[name].push(seconds)
    }
  }
  const float = median(times.float)
  const row = (name: string, seconds: number) => {
    const each = (1e6 * seconds) / (OPTIONS * NODES)
    const perSecond = Math.round((OPTIONS * NODES) / seconds).toLocaleString('en')
    return `| ${name} | ${perSecond} | ${each.toFixed(2)} | ${seconds.toFixed(3)} s | ${(seconds / float).toFixed(1)} |`
  }
  return [
    `Option values/s, ${OPTIONS.toLocaleString('en')} options on ${NODES} nodes each; one core, medians of ${ROUNDS}`,
    '| way | values/s | microseconds each | all of them | time / float64 |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('enclosure, shared parts prepared once', median(times.nodes)),
    row('enclosure, each option from its terms', median(times.single)),
    row('float64, no bound', float),
  ]
}

function exactNodes(): bigint {
  const forwards = FORWARDS_PPM.map((ppm) => logged(forwardAt(ppm)))
  let sum = 0n
  for (const days of EXPIRY_DAYS) {
    const time = rootTimeDown(days * DAY_MS)
    const deviations = VOLATILITIES.map((percent) => totalDeviationDown(volatilityOf(percent), time))
    for (let i = 0; i < STRIKES; i += 1) {
      const strike = logged(strikeAt(i))
      for (const kind of KINDS) {
        for (const deviation of deviations) {
          for (const forward of forwards) sum += preparedValue({ kind, forward, strike, deviation }).high
        }
      }
    }
  }
  return sum
}

function exactOneByOne(): bigint {
  let sum = 0n
  for (const days of EXPIRY_DAYS) {
    for (let i = 0; i < STRIKES; i += 1) {
      for (const kind of KINDS) {
        for (const percent of VOLATILITIES) {
          for (const ppm of FORWARDS_PPM) {
            const [forward, strike, volatility] = [forwardAt(ppm), strikeAt(i), volatilityOf(percent)]
            sum += optionValue({ kind, forward, strike, volatility, timeMs: days * DAY_MS }).high
          }
        }
      }
    }
  }
  return sum
}

function floatNodes(): number {
  let sum = 0
  for (const days of EXPIRY_DAYS) {
    const root = Math.sqrt((days * DAY_MS) / YEAR_MS)
    for (let i = 0; i < STRIKES; i += 1) {
      const strike = 20_000 + i * 1_000
      for (const kind of KINDS) {
        for (const percent of VOLATILITIES) {
          const deviation = (percent / 100) * root
          for (const ppm of FORWARDS_PPM) {
            const forward = (SPOT * ppm) / 1e6
            const upper = Math.log(forward / strike) / deviation + deviation / 2
            const call = forward * floatNormal(upper) - strike * floatNormal(upper - deviation)
            sum += kind === 'call' ? call : call - forward + strike
          }
        }
      }
    }
  }
  return sum
}

/** Zelen and Severo's rational approximation (Abramowitz and Stegun 26.2.17), good to 7.5e-8. */
function floatNormal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series
  return x < 0 ? tail : 1 - tail
}

function forwardAt(ppm: number) {
  return price((BigInt(SPOT * ppm) * ONE) / 1_000_000n)
}

function strikeAt(i: number) {
  return price(BigInt(20_000 + i * 1_000) * ONE)
}

function volatilityOf(percent: number) {
  return rate((BigInt(percent) * ONE) / 100n)
}
