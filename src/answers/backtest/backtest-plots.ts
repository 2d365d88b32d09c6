import type { BacktestPlots } from '../../wire/backtest-report.ts'
import type { BookType } from '../../estimate/backtest/book.ts'
import type { BookSummary } from '../../estimate/backtest/book-summary.ts'
import { outcomesOf } from '../../estimate/backtest/window-outcomes.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { quarterOf, windowDate } from './study-dates.ts'

/** Types one book of which is drawn in full. */
const DRAWN: readonly BookType[] = ['outright long', 'ETH-BTC spread', 'random long-short', 'cash and carry']
/** Pairs drawn; more lines cannot be told apart. */
const PAIRS = 4
const WEEK = 7

export function backtestPlots(study: BacktestStudy): BacktestPlots {
  return {
    coverage: quarters(study),
    marginAndLoss: DRAWN.flatMap((type) => {
      const chosen = longest(study, type)
      return chosen === undefined ? [] : [marginAndLoss(study, chosen)]
    }),
    correlation: correlations(study),
    procyclicality: cycles(study),
  }
}

function quarters({ summaries, times }: BacktestStudy): BacktestPlots['coverage'] {
  const names = [...new Set(times.map(quarterOf))]
  const place = new Map(names.map((name, i) => [name, i]))
  const quarterAt = times.map((time) => place.get(quarterOf(time)) ?? 0)
  const types = [...Map.groupBy(summaries, ({ history }) => history.book.type)].map(([portfolio, own]) => {
    const [n, exceedances] = [names.map(() => 0), names.map(() => 0)]
    for (const { history } of own) {
      const { counted, exceeded } = outcomesOf(history)
      for (const window of counted) bump(n, quarterAt[window])
      for (const one of exceeded) bump(exceedances, quarterAt[counted[one] ?? 0])
    }
    return { portfolio, n, exceedances }
  })
  return { quarters: names, types }
}

function bump(counts: number[], at = 0): void {
  counts[at] = (counts[at] ?? 0) + 1
}

/** The book of the type with the most windows; BTC's own where it is among them. */
function longest({ summaries }: BacktestStudy, type: BookType): BookSummary | undefined {
  const own = summaries.filter(({ history }) => history.book.type === type)
  const most = Math.max(0, ...own.map(({ n }) => n))
  const full = own.filter(({ n }) => n > 0.9 * most)
  return full.find(({ history }) => history.book.legs.some(({ line }) => line.underlying === 'BTC')) ?? full[0]
}

function marginAndLoss(
  { times, panel }: BacktestStudy,
  { history }: BookSummary,
): BacktestPlots['marginAndLoss'][number] {
  const { counted } = outcomesOf(history)
  // A page of sixty thousand windows is no picture: the worst of each stretch is drawn.
  const stride = Math.max(1, Math.ceil(counted.length / MOST_POINTS))
  const worst = Array.from({ length: Math.ceil(counted.length / stride) }, (_, i) => {
    const stretch = counted.slice(i * stride, (i + 1) * stride)
    const excess = (window: number) => (history.loss[window] ?? 0) - (history.margin[window] ?? 0)
    return stretch.reduce((most, window) => (excess(window) > excess(most) ? window : most))
  })
  return {
    book: history.book.id,
    dates: worst.map((window) => windowDate(times[window] ?? 0, panel.stepMs)),
    margin: worst.map((window) => history.margin[window] ?? 0),
    loss: worst.map((window) => history.loss[window] ?? 0),
  }
}

const MOST_POINTS = 2_000

function correlations({ correlations: seen, times, stressed }: BacktestStudy): BacktestPlots['correlation'] {
  const withBitcoin = [...seen.pairs].filter(([pair]) => pair.split('/').includes('BTC')).slice(0, PAIRS)
  return {
    dates: seen.times.map(dayOf),
    pairs: withBitcoin.map(([pair, charged]) => ({ pair, charged })),
    mean: seen.mean,
    stressed: stretches(times, stressed),
  }
}

/** Stretches of stressed windows, each its first and last day. */
function stretches(times: readonly number[], stressed: readonly boolean[]): readonly (readonly [string, string])[] {
  const found: [string, string][] = []
  times.forEach((time, i) => {
    if (stressed[i] !== true) return
    const last = found.at(-1)
    if (last !== undefined && stressed[i - 1] === true) last[1] = dayOf(time)
    else found.push([dayOf(time), dayOf(time)])
  })
  return found
}

function cycles(study: BacktestStudy): BacktestPlots['procyclicality'] {
  const weeks = study.days.flatMap((_, day) => (day % WEEK === 0 ? [day] : []))
  const types = [...new Set(study.summaries.map(({ history }) => history.book.type))]
  const drawn = types.flatMap((type) => {
    const chosen = longest(study, type)
    return chosen === undefined || chosen.cycle.days === 0 ? [] : [chosen]
  })
  // From when all of them have earned their offsets: before that a margin falls because a history grows.
  const from = weeks.find((day) => drawn.every(({ history }) => history.daily.settled[day] !== 0)) ?? 0
  const shown = weeks.filter((day) => day >= from)
  return {
    dates: shown.map((day) => dayOf(study.days[day] ?? 0)),
    books: drawn.flatMap(({ history }) => {
      const levels = shown.map((day) => history.daily.required[day] ?? Number.NaN)
      if (levels.length === 0 || levels.some((level) => Number.isNaN(level))) return []
      const mean = levels.reduce((sum, one) => sum + one, 0) / levels.length
      return [{ book: history.book.id, margin: levels.map((level) => level / mean) }]
    }),
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
