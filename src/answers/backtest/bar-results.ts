import type { BarResult, IntradayRow, OptionRow, Procyclicality } from '../../wire/backtest-report.ts'
import { type BookType, CROSS_ASSET, HEDGED, LONG_ONLY } from '../../estimate/backtest/book.ts'
import { type BookSummary, TARGET_RATE } from '../../estimate/backtest/book-summary.ts'
import { type CoverageFigures, SIGNIFICANCE } from '../../estimate/backtest/coverage-table.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { MOST_RISE } from './beside-rows.ts'
import { excessOf, quantile } from './coverage-rows.ts'

/** What the bars are measured on. */
export interface Measured {
  readonly study: BacktestStudy
  readonly procyclicality: Procyclicality
  readonly intraday: readonly IntradayRow[]
  readonly options: readonly OptionRow[]
  /** Of the options: exceedances in which the index stayed within the scenario grid. */
  readonly optionsWithinGrid: number
}

type Found = Pick<BarResult, 'got' | 'passed'> & { readonly note?: string | undefined }

/** Every bar of the methodology with what was found; what could not be measured says so. */
export function barResults(measured: Measured): readonly BarResult[] {
  return BARS.map(({ id, what, bar, find }) => {
    const { got, passed, note } = find(measured)
    const said = note ?? (passed === false ? OF_ITS_OWN[id] : undefined)
    return { id, what, bar, got, passed, ...(said === undefined ? {} : { note: said }) }
  })
}

/** The bars, in the order in which they are read. */
const BARS: readonly (Pick<BarResult, 'id' | 'what' | 'bar'> & { readonly find: (measured: Measured) => Found })[] = [
  {
    id: 'coverage-books',
    what: 'coverage 99.5%: books with a one-sided p above 0.05, and types after Holm',
    bar: '>= 95%, all types',
    find: coverageOfBooks,
  },
  { id: 'coverage-types', what: 'coverage 99.5%: every type pooled', bar: '>= 99.5%', find: coverageOfTypes },
  {
    id: 'core',
    what: 'the engine before prudence, two-sided Kupiec: prices of the weakest tier that pass',
    bar: '>= 90%',
    find: coreCalibrated,
  },
  {
    id: 'coverage-stressed',
    what: 'stressed third: long types, hedged types',
    bar: '>= 99.3%, >= 99.7%',
    find: coverageUnderStress,
  },
  {
    id: 'independence',
    what: 'Christoffersen (Monte Carlo p) above 0.05: books of every type',
    bar: '>= 90%',
    find: independence,
  },
  {
    id: 'efficiency-hedged',
    what: 'hedged books over the sum of isolated, same risk weights: median, 90th percentile',
    bar: '<= 0.40, <= 0.46',
    find: efficiencyOfHedged,
  },
  {
    id: 'efficiency-majors',
    what: 'ETH-BTC spread over the sum of isolated',
    bar: '<= 0.52',
    find: (measured) => medianOf(measured, 'ETH-BTC spread', 0.52),
  },
  {
    id: 'efficiency-alts',
    what: 'alts against BTC over the sum of isolated',
    bar: '<= 0.46',
    find: (measured) => medianOf(measured, 'alts against BTC', 0.46),
  },
  {
    id: 'efficiency-cross',
    what: 'below same-underlying netting: hedged across assets, median',
    bar: '>= 45%',
    find: (measured) => belowNetting(measured, CROSS_ASSET, 0.45),
  },
  {
    id: 'efficiency-partly',
    what: 'below same-underlying netting: partly hedged spot and perpetual, median',
    bar: '>= 35%',
    find: (measured) => belowNetting(measured, new Set<BookType>(['partly hedged spot and perpetual']), 0.35),
  },
  { id: 'cycle-peak', what: 'peak over trough of a constant book at most 3', bar: '>= 95% of books', find: cyclePeaks },
  {
    id: 'cycle-correlated',
    what: 'M_cor of a constant book: largest rise in a day, in five',
    bar: '<= 25%, <= 50%',
    find: correlatedRises,
  },
  {
    id: 'cycle-margin',
    what: 'MM of a constant book rises by at most 25% in a day and 50% in five',
    bar: '>= 99% of books',
    find: marginRises,
  },
  {
    id: 'intraday',
    what: 'the same books against the worst point of each window',
    bar: 'printed with dates',
    find: intradayPrinted,
  },
  {
    id: 'shortfall-worst',
    what: 'worst exceedance below 100% of margin',
    bar: '>= 90% of books',
    find: worstShortfalls,
  },
  { id: 'shortfall-mean', what: 'mean exceedance over margin', bar: '<= 40%', find: meanShortfall },
  { id: 'carry-coverage', what: 'cash and carry: series that pass', bar: '>= 99%', find: carryCoverage },
  { id: 'carry-margin', what: 'cash and carry on liquid pairs: margin over one leg', bar: '<= 3%', find: carryMargin },
  {
    id: 'options',
    what: 'short straddle and covered call: exceedances within the scenario grid',
    bar: '0',
    find: optionsWithin,
  },
]

/** Why bars are missed of which the figures name no one book. */
const OF_ITS_OWN: Readonly<Record<string, string>> = {
  'efficiency-majors': 'The two move together less than in the years the bar was set on.',
  'efficiency-alts': 'These coins move with bitcoin less than those the bar was set on.',
  'efficiency-cross': 'These coins move together less than those the bar was set on, so less of a hedge is credited.',
  'efficiency-partly':
    'What is left open of each coin is most of the margin: the hedges credit little more than their own coin does.',
  'cycle-peak': 'Volatility itself moved by more than the floors hold back; the page has the books.',
  'cycle-correlated': 'A history was short enough for its tier to move it, or a tier changed; the page has the books.',
  'carry-margin': 'The bases of these pairs moved by more than the floor of 1%.',
  options: 'A loss beyond the margin without a move of the index beyond its grid: volatility or time did it.',
}

const NOT_MEASURED = 'not measured'

function pooled({ study }: Measured, regime: CoverageFigures['regime']): readonly CoverageFigures[] {
  return study.coverage.filter((row) => row.regime === regime && row.rate === TARGET_RATE)
}

function live({ study }: Measured): readonly BookSummary[] {
  return study.summaries.filter(({ n }) => n > 0)
}

function coverageOfBooks(measured: Measured): Found {
  const books = live(measured)
  const passing = books.filter(({ binomialP }) => binomialP > SIGNIFICANCE)
  const failing = pooled(measured, 'all').filter(({ holmPasses }) => !holmPasses)
  const share = passing.length / books.length
  return {
    got: `${percent(share)}, ${failing.length === 0 ? 'all types' : `not ${failing.map(({ type }) => type).join(', ')}`}`,
    passed: share >= 0.95 && failing.length === 0,
    note: failing.length > 0 ? missing(failing) : undefined,
  }
}

function coverageOfTypes(measured: Measured): Found {
  const rows = pooled(measured, 'all')
  const failing = rows.filter((row) => coverage(row) < 1 - TARGET_RATE)
  return {
    got: leastOf(rows),
    passed: failing.length === 0,
    note: failing.length > 0 ? missing(failing) : undefined,
  }
}

function coreCalibrated({ study: { core } }: Measured): Found {
  const [weakest] = core.toSorted((a, b) => a.passing - b.passing)
  if (weakest === undefined) return unmeasured('no price has 250 windows after its tier had a thousand')
  const { tier, passing, assets, n, exceedances } = weakest
  return {
    got: `${percent(passing)} of ${assets} (${tier})`,
    passed: passing >= 0.9,
    note:
      passing < 0.9
        ? `${exceedances} of ${n} windows of tier ${tier} exceed where ${Math.round(n * TARGET_RATE)} are expected: one quantile for a tier is too small for some of its coins and too large for others.`
        : undefined,
  }
}

function coverageUnderStress(measured: Measured): Found {
  const rows = pooled(measured, 'stressed')
  const long = rows.filter(({ type }) => LONG_ONLY.has(type))
  const hedged = rows.filter(({ type }) => HEDGED.has(type))
  if (long.length === 0 || hedged.length === 0) return unmeasured('no long or no hedged books in these prices')
  const failing = [...long.filter((row) => coverage(row) < 0.993), ...hedged.filter((row) => coverage(row) < 0.997)]
  return {
    got: `${leastOf(long)}; ${leastOf(hedged)}`,
    passed: failing.length === 0,
    note: failing.length > 0 ? missing(failing) : undefined,
  }
}

function independence(measured: Measured): Found {
  const rows = pooled(measured, 'all').toSorted((a, b) => a.christoffersenPassing - b.christoffersenPassing)
  const failing = rows.filter(({ christoffersenPassing }) => christoffersenPassing < 0.9)
  const [least] = rows
  return {
    got: least === undefined ? NOT_MEASURED : `${percent(least.christoffersenPassing)} (${least.type})`,
    passed: failing.length === 0,
    note:
      failing.length > 0
        ? `Exceedances of ${failing.map(({ type }) => type).join(', ')} follow one another more often than chance: the dates next to each other are listed.`
        : undefined,
  }
}

function efficiencyOfHedged(measured: Measured): Found {
  const ratios = settled(
    live(measured).filter(({ history }) => HEDGED.has(history.book.type)),
    'vsIsolated',
  )
  const [middle, high] = [quantile(ratios, 0.5), quantile(ratios, 0.9)]
  if (middle === null || high === null) return unmeasured('no hedged books whose legs all earn an offset')
  const apart = settled(
    live(measured).filter(({ history }) => HEDGED.has(history.book.type) && history.book.type !== 'stablecoin carry'),
    'vsIsolated',
  )
  const above = Map.groupBy(
    live(measured).filter(({ history, efficiency }) => HEDGED.has(history.book.type) && efficiency.vsIsolated > 0.46),
    ({ history }) => history.book.type,
  )
  return {
    got: `${ratio(middle)}, ${ratio(high)} (${ratios.length} books)`,
    passed: middle <= 0.4 && high <= 0.46,
    note:
      high > 0.46
        ? `Above 0.46 are ${[...above].map(([type, own]) => `${own.length} of ${type}`).join(', ')}; a floor of 3% on every stablecoin held is no matter of correlation: without them ${ratio(quantile(apart, 0.5) ?? 0)}, ${ratio(quantile(apart, 0.9) ?? 0)}.`
        : undefined,
  }
}

function medianOf(measured: Measured, type: BookType, most: number): Found {
  const books = live(measured).filter(({ history }) => history.book.type === type)
  const middle = quantile(settled(books, 'vsIsolated'), 0.5)
  if (middle === null) return unmeasured(`no books of type ${type} whose legs all earn an offset`)
  return { got: `${ratio(middle)} (median of ${books.length})`, passed: middle <= most }
}

function belowNetting(measured: Measured, types: ReadonlySet<BookType>, least: number): Found {
  const books = live(measured).filter(({ history }) => types.has(history.book.type))
  const middle = quantile(settled(books, 'vsSameUnderlying'), 0.5)
  if (middle === null) return unmeasured('no such books whose legs all earn an offset')
  return { got: `${percent(1 - middle)} (${books.length} books)`, passed: 1 - middle >= least }
}

function settled(books: readonly BookSummary[], which: keyof BookSummary['efficiency']): readonly number[] {
  return books.map(({ efficiency }) => efficiency[which]).filter((one) => Number.isFinite(one))
}

function cyclePeaks({ procyclicality }: Measured): Found {
  if (procyclicality.byType.length === 0) return unmeasured('no book has 250 days on which every leg earns its offset')
  return { got: percent(procyclicality.withinThree), passed: procyclicality.withinThree >= 0.95 }
}

function correlatedRises({ procyclicality: { byType } }: Measured): Found {
  if (byType.length === 0) return unmeasured('no book has 250 days on which every leg earns its offset')
  const oneDay = Math.max(...byType.map(({ correlatedRise }) => correlatedRise.oneDay))
  const fiveDay = Math.max(...byType.map(({ correlatedRise }) => correlatedRise.fiveDay))
  return {
    got: `${percent(oneDay)}, ${percent(fiveDay)}`,
    passed: oneDay <= MOST_RISE.oneDay && fiveDay <= MOST_RISE.fiveDay,
  }
}

function marginRises({ procyclicality: { byType, riseWithin } }: Measured): Found {
  if (byType.length === 0) return unmeasured('no book has 250 days on which every leg earns its offset')
  const worst = byType.toSorted((a, b) => b.marginRise.oneDay - a.marginRise.oneDay)[0]
  return {
    got: percent(riseWithin),
    passed: riseWithin >= 0.99,
    note:
      riseWithin < 0.99 && worst !== undefined
        ? `Most of it is ${worst.portfolio}, at most ${percent(worst.marginRise.oneDay)} in a day: sigma rises by 12% at most, but a short is charged exp(x) - 1, which rises faster than x.`
        : undefined,
  }
}

function intradayPrinted({ intraday }: Measured): Found {
  if (intraday.length === 0) return unmeasured('these prices are closes alone')
  const exceedances = intraday.reduce((sum, row) => sum + row.exceedances, 0)
  const n = intraday.reduce((sum, row) => sum + row.n, 0)
  return { got: `${exceedances} of ${n} windows`, passed: true }
}

function worstShortfalls(measured: Measured): Found {
  const books = live(measured)
  const beyond = books.filter(({ exceedances }) => exceedances.some((one) => excessOf(one) >= 1))
  const share = 1 - beyond.length / books.length
  return {
    got: percent(share),
    passed: share >= 0.9,
    note:
      beyond.length > 0
        ? `${beyond.length} books lost more than twice their margin in a window; each is named with its jump.`
        : undefined,
  }
}

function meanShortfall(measured: Measured): Found {
  const excesses = live(measured).flatMap(({ exceedances }) => exceedances.map(excessOf))
  if (excesses.length === 0) return { got: 'no exceedance', passed: true }
  const mean = excesses.reduce((sum, one) => sum + one, 0) / excesses.length
  return {
    got: `${percent(mean)} (${excesses.length} exceedances)`,
    passed: mean <= 0.4,
    note: mean > 0.4 ? 'A few coins that doubled in a day while held short make the mean; they are named.' : undefined,
  }
}

function carryCoverage(measured: Measured): Found {
  const books = live(measured).filter(({ history }) => history.book.type === 'cash and carry')
  if (books.length === 0) return unmeasured('no coin has prices of both spot and perpetual')
  const failing = books.filter(({ binomialP }) => binomialP <= SIGNIFICANCE)
  const share = 1 - failing.length / books.length
  return {
    got: `${percent(share)} of ${books.length}`,
    passed: share >= 0.99,
    note: failing.length > 0 ? `Not ${failing.map(({ history }) => history.book.id).join(', ')}.` : undefined,
  }
}

function carryMargin(measured: Measured): Found {
  const { study } = measured
  const liquid = live(measured).filter(({ history: { book }, cycle }) => {
    const tiers = book.legs.map(({ line }) => study.known.factors[line.price ?? -1]?.tier)
    return (
      book.type === 'cash and carry' && cycle.days > 0 && tiers.every((tier) => tier === 'major' || tier === 'large')
    )
  })
  if (liquid.length === 0)
    return unmeasured('no cash and carry that earns its offset on a coin whose volume is known to be large')
  // Of the gross worth, which is both legs.
  const most = Math.max(...liquid.map(({ cycle }) => 2 * cycle.mean))
  return { got: `${percent(most)} at most (${liquid.length} pairs)`, passed: most <= 0.03 }
}

function optionsWithin({ options, optionsWithinGrid }: Measured): Found {
  if (options.length === 0) return unmeasured('no option chains were given (--options)')
  const windows = options.reduce((sum, { n }) => sum + n, 0)
  const all = options.reduce((sum, { exceedances }) => sum + exceedances, 0)
  return { got: `${optionsWithinGrid} (${all} exceedances in ${windows} windows)`, passed: optionsWithinGrid === 0 }
}

function unmeasured(note: string): Found {
  return { got: NOT_MEASURED, passed: null, note }
}

function coverage({ n, exceedances }: CoverageFigures): number {
  return 1 - exceedances / n
}

function leastOf(rows: readonly CoverageFigures[]): string {
  const [least] = rows.toSorted((a, b) => coverage(a) - coverage(b))
  return least === undefined ? NOT_MEASURED : `${percent(coverage(least), 2)} (${least.type})`
}

function missing(rows: readonly CoverageFigures[]): string {
  return rows
    .map(
      ({ type, exceedances, n, allowed }) => `${type}: ${exceedances} exceedances in ${n} windows, ${allowed} allowed.`,
    )
    .join(' ')
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}%`
}

function ratio(figure: number): string {
  return figure.toFixed(2)
}
