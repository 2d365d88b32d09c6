import { timestamp } from '../src/core/quantity/timestamp.ts'
import { NOWHERE_ELSE } from '../src/core/margin/model.ts'
import { plimsoll1 } from '../src/core/margin/models/plimsoll-1/plimsoll-1.ts'
import type { PreparedEpoch } from '../src/core/margin/models/plimsoll-1/measured-epoch.ts'
import { measuredOf, riskBook } from '../src/core/margin/models/plimsoll-1/risk-book.ts'
import { profitsIn, worstHistory } from '../src/core/margin/models/plimsoll-1/scenario-loss.ts'
import { profitIn } from '../src/core/quantity/worst-rows.ts'
import type { Portfolio } from '../src/core/portfolio/portfolio.ts'
import { assessWorld, COINS, epochSection, FUTURES, OPTIONS, perpetualName, portfolioOf } from './assess-world.ts'
import { median } from './timing.ts'

const WINDOWS = 1_500
const RUNS = 300
const MARKET = assessWorld()

/** Exact assessments of whole portfolios under plimsoll-1, risk arrays in place; the windows also without the first look. */
export function measureAssess(): readonly string[] {
  const [whole, without] = [preparedEpoch(WINDOWS), preparedEpoch(1)]
  const linear = linearPortfolio()
  const large = largePortfolio()
  const rows = [
    row('8 coins and their perpetuals (16 exposures to prices and bases), 1,500 windows', linear, whole),
    row('the same without windows', linear, without),
    row('100 positions, 40 of them options, 197 scenarios, no windows', large, without),
    row('the same with 1,500 windows', large, whole),
  ]
  return [
    `Exact assessment of a portfolio under plimsoll-1, milliseconds; one core, ${RUNS} runs`,
    '| portfolio | MM median | MM p99 | IM median | IM p99 |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    ...windowRows(large, whole),
  ]
}

function preparedEpoch(windows: number): PreparedEpoch {
  const decoded = plimsoll1.decodeParameters(epochSection(windows))
  if (!decoded.ok) throw new Error(`${decoded.field}: expected ${decoded.expected}, found ${decoded.found}`)
  return decoded.parameters
}

function linearPortfolio(): Portfolio {
  const held = COINS.map((coin, i) => ({ name: perpetualName(coin), coin, isLong: i % 3 === 0 }))
  return portfolioOf(['USDC', ...COINS], held, 100_000)
}

function largePortfolio(): Portfolio {
  const futures = [...COINS.map((coin) => ({ name: perpetualName(coin), coin })), ...FUTURES].slice(0, 56)
  const options = OPTIONS.slice(0, 40)
  const held = [...futures, ...options].map(({ name, coin }, i) => ({ name, coin, isLong: i % 2 === 0 }))
  return portfolioOf(['USDC', 'BTC', 'ETH', 'SOL'], held, 100_000)
}

function row(name: string, portfolio: Portfolio, parameters: PreparedEpoch): string {
  const input = { portfolio, orders: [], market: MARKET, parameters, time: timestamp(0), elsewhere: NOWHERE_ELSE }
  const [maintenance, initial] = [times(() => plimsoll1.maintenance(input)), times(() => plimsoll1.initial(input))]
  const cells = [maintenance, initial].flatMap((figures) => [median(figures), percentile99(figures)])
  return `| ${name} | ${cells.map((cell) => cell.toFixed(2)).join(' | ')} |`
}

function windowRows(portfolio: Portfolio, epoch: PreparedEpoch): readonly string[] {
  const measured = measuredOf(riskBook(portfolio, MARKET, epoch).items, epoch)
  const profits = profitsIn(measured, epoch.windows)
  const quick = median(times(() => worstHistory(measured, epoch)))
  const slow = median(times(() => Array.from({ length: WINDOWS }, (_, i) => profitIn(profits, i)), 20))
  return [
    `The worst 19 of ${WINDOWS} windows of the last portfolio: ${quick.toFixed(2)} ms with the first look in small integers;`,
    `every window in bigint takes ${(slow / quick).toFixed(0)} times as long. Both are exact.`,
  ]
}

function times(run: () => unknown, runs = RUNS): number[] {
  for (let i = 0; i < 30; i += 1) run()
  return Array.from({ length: runs }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
}

function percentile99(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length * 0.99)] ?? Number.NaN
}
