import type { BacktestPlots } from '../../wire/backtest-report.ts'

/** Series that nobody measured: shapes such as a real backtest has, the same every time. Imported by tests only. */

const DAY = 86_400_000
const START = Date.UTC(2021, 4, 14)
export const WINDOWS = 1_400

/** Days on which much is lost. */
export const DATES = ['2022-05-12', '2021-05-19', '2022-11-08', '2023-03-11', '2024-08-05', '2021-12-04', '2025-04-07']

export interface PlottedType {
  readonly portfolio: string
  readonly books: number
}

export function madeUpPlots(types: readonly PlottedType[]): BacktestPlots {
  const weeks = Array.from({ length: 200 }, (_, i) => START + i * 7 * DAY)
  const days = Array.from({ length: WINDOWS }, (_, i) => START + i * DAY)
  const heat = (time: number) =>
    DATES.reduce((sum, date) => {
      const age = (time - Date.parse(date)) / DAY
      return age < 0 ? sum : sum + Math.exp(-age / 60)
    }, 0)
  return {
    coverage: {
      quarters: Array.from({ length: 20 }, (_, i) => `${2021 + Math.floor(i / 4)}-Q${(i % 4) + 1}`),
      types: types.map(({ portfolio, books }, t) => {
        const draw = drawing(t + 5)
        const n = Array.from({ length: 20 }, (_, i) => (t === 7 && i < 4 ? 0 : books * 91))
        return {
          portfolio,
          n,
          exceedances: n.map((of, i) =>
            Math.round(of * draw() * (t === 3 ? 0 : i === 5 && t === 0 ? 0.06 : i === 8 && t === 7 ? 0.02 : 0.004)),
          ),
        }
      }),
    },
    marginAndLoss: ['BTC long', 'ETH-BTC spread 1', 'random long-short 17', 'USDC carry 1'].map((book, b) => {
      const draw = drawing(b + 11)
      const scale = [0.12, 0.06, 0.08, 0.02][b] ?? 0.1
      const own = b === 3 ? days.slice(420) : days
      const margin = own.map((time) => scale * (1 + 0.5 * heat(time)))
      return {
        book,
        dates: own.map(dateAt),
        margin,
        loss: margin.map((level, i) => {
          const normal = draw() + draw() + draw() + draw() - 2
          return i % 331 === 200 ? level * (1.1 + b / 5) : level * 0.36 * normal
        }),
      }
    }),
    correlation: {
      dates: weeks.map(dateAt),
      pairs: ['ETH', 'SOL', 'XRP', 'TRX', 'LEO'].map((pair, p) => {
        const draw = drawing(p + 23)
        return {
          pair: `${pair}–BTC`,
          charged: weeks.map(
            (time, i) => 0.85 - p * 0.13 + 0.05 * Math.sin(i / 17 + p) + 0.02 * heat(time) + draw() / 60,
          ),
        }
      }),
      mean: weeks.map((time, i) => 0.55 + 0.04 * Math.sin(i / 23) + 0.03 * heat(time)),
      stressed: [
        ['2021-05-19', '2021-08-01'],
        ['2022-05-08', '2022-07-20'],
        ['2022-11-06', '2022-12-28'],
        ['2024-08-01', '2024-09-12'],
      ],
    },
    procyclicality: {
      dates: weeks.map(dateAt),
      books: types.map(({ portfolio }, t) => {
        const raw = weeks.map((time, i) => 1 + (0.2 + t / 25) * heat(time) + 0.05 * Math.sin(i / 9 + t))
        const mean = raw.reduce((sum, level) => sum + level, 0) / raw.length
        return { book: portfolio, margin: raw.map((level) => level / mean) }
      }),
    },
  }
}

/** Made up, but the same every time. */
function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function dateAt(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
