import { move } from '../src/core/quantity/move.ts'
import { price } from '../src/core/quantity/price.ts'
import { quantity } from '../src/core/quantity/quantity.ts'
import { rate } from '../src/core/quantity/rate.ts'
import { timestamp } from '../src/core/quantity/timestamp.ts'
import { ONE } from '../src/core/quantity/unit.ts'
import { type OptionBounds, optionBounds } from '../src/core/pricing/option-bounds.ts'
import { bookProfitDown, type HeldOption, optionBook } from '../src/core/pricing/option-book.ts'
import type { OptionGrid } from '../src/core/pricing/option-grid.ts'
import { type OptionNodes, optionNodes } from '../src/core/pricing/option-nodes.ts'
import { median, timed } from './timing.ts'

const ROUNDS = 7
const STRIKES = 100
const EXPIRY_DAYS = [1, 2, 7, 14, 30, 90]
const SCENARIOS = 2_000
const NOW = timestamp(1_780_000_000_000)
const PRICING = { forward: price(60_000n * ONE), volatility: rate((6n * ONE) / 10n), pricedAt: NOW }
const GRID: OptionGrid = {
  priceMoves: Array.from({ length: 13 }, (_, i) => move(BigInt(i - 6) * 75_000n)),
  volatilityDown: move(-300_000n),
  volatilityUp: move(500_000n),
  termPowerQuarters: 2,
  volatilityFloor: rate(ONE / 20n),
}

/** Risk arrays of 1,200 options, their bounds, one book of them all, and scenarios of that book. */
export function measureOptionArrays(): readonly string[] {
  const times = { nodes: [] as number[], bounds: [] as number[], book: [] as number[], scenarios: [] as number[] }
  let arrays: readonly OptionNodes[] = []
  let bounds: readonly OptionBounds[] = []
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const nodes = timed(() => (arrays = contracts().map((contract) => optionNodes(contract, PRICING, GRID))))
    const bounded = timed(() => (bounds = arrays.map(optionBounds)))
    let book = optionBook([], GRID)
    const summed = timed(() => (book = optionBook(heldOf(bounds), GRID)))
    const scenarios = timed(() => {
      for (let i = 0; i < SCENARIOS; i += 1) {
        bookProfitDown(book, {
          priceMove: move(BigInt(i * 500 - 500_000)),
          volatilityMove: move(BigInt(i * 300 - 300_000)),
        })
      }
    })
    if (round === 0) continue
    times.nodes.push(nodes)
    times.bounds.push(bounded)
    times.book.push(summed)
    times.scenarios.push(scenarios)
  }
  const options = contracts().length
  const row = (name: string, seconds: number, count: number) =>
    `| ${name} | ${(1_000 * seconds).toFixed(1)} ms | ${((1e6 * seconds) / count).toFixed(2)} |`
  return [
    `Risk arrays of ${options.toLocaleString('en')} options, 13 prices and 3 volatilities; one core, medians of ${ROUNDS}`,
    '| what | all of them | microseconds each |',
    '| --- | ---: | ---: |',
    row('arrays: values and deltas', median(times.nodes), options),
    row('bounds', median(times.bounds), options),
    row('one book of all', median(times.book), options),
    row(`${SCENARIOS.toLocaleString('en')} scenarios of that book`, median(times.scenarios), SCENARIOS),
  ]
}

function contracts() {
  return EXPIRY_DAYS.flatMap((days) =>
    Array.from({ length: STRIKES }, (_, i) => i).flatMap((i) =>
      (['call', 'put'] as const).map((right) => ({
        right,
        strike: price(BigInt(20_000 + i * 1_000) * ONE),
        expiry: timestamp(NOW + days * 86_400_000),
      })),
    ),
  )
}

/** Long and short in turn. */
function heldOf(bounds: readonly OptionBounds[]): readonly HeldOption[] {
  const settlementPrice = price(ONE)
  return bounds.map((each, i) => ({ bounds: each, quantity: quantity(i % 3 === 0 ? ONE : -ONE), settlementPrice }))
}
