/**
 * What `plimsoll backtest` reports: the JSON it prints and what its pages are drawn from. Plain numbers: ratios and probabilities
 * are shares of one, margins and losses are in units of the book's gross exposure, dates are ISO 8601 in UTC. `null` is said where
 * a figure has no value, with a reason beside it.
 */
export interface BacktestReport {
  readonly command: 'backtest'
  readonly model: string
  readonly engine: string
  readonly from: string
  readonly to: string
  readonly mpor: Mpor
  /** Non-overlapping windows between the two dates. */
  readonly windows: number
  /** What was read, in the order given. */
  readonly prices: readonly PriceSource[]
  readonly inputsHash: string
  /** What it takes to get the same report again. */
  readonly repeat: string
  readonly bars: readonly BarResult[]
  /** One a type and regime at each target; `regime: 'all'` at 99.5% is the headline. */
  readonly rows: readonly CoverageRow[]
  /** One a book, at 99.5% and over all windows. */
  readonly books: readonly BookRow[]
  readonly core: readonly CoreRow[]
  readonly procyclicality: Procyclicality
  readonly offsets: readonly OffsetRow[]
  readonly exceedances: readonly NamedExceedance[]
  readonly clusters: readonly AdjacentDates[]
  readonly defaulted: readonly DefaultedRow[]
  readonly intraday: readonly IntradayRow[]
  readonly options: readonly OptionRow[]
  readonly power: readonly PowerRow[]
  readonly plots: BacktestPlots
  /** Published assumptions that stand in for data that are not there. */
  readonly assumptions: readonly string[]
  /** What the report does not say, one sentence each. */
  readonly limits: readonly string[]
  /** A paragraph on a part of the report: what its figures mean, or why there are none. */
  readonly notes: Readonly<Partial<Record<BacktestPart, string>>>
}

/** Parts of the report that may be empty where data are missing. */
export type BacktestPart =
  | 'core'
  | 'correlation'
  | 'coverage'
  | 'defaulted'
  | 'intraday'
  | 'marginAndLoss'
  | 'offsets'
  | 'options'
  | 'power'
  | 'procyclicality'

export type Mpor = '1d' | '8h' | '1h'
export type BacktestRegime = 'all' | 'calm' | 'stressed'

export interface PriceSource {
  readonly path: string
  readonly series: number
  readonly from: string
  readonly to: string
}

/** A bar the model is held to. `passed` is null where the data to measure it are not there: `note` says which. */
export interface BarResult {
  readonly id: string
  /** In words, such as `coverage 99.5%, every type pooled`. */
  readonly what: string
  readonly bar: string
  readonly got: string
  readonly passed: boolean | null
  readonly note?: string
}

export interface CoverageRow {
  /** Name of the book type, such as `outright long`. */
  readonly portfolio: string
  readonly regime: BacktestRegime
  /** 0.99, 0.995 or 0.999. */
  readonly target: number
  readonly mpor: Mpor
  readonly books: number
  /** Windows of all books together. */
  readonly n: number
  readonly exceedances: number
  /** Most exceedances with a one-sided p above 0.05, before Holm. */
  readonly allowed: number
  /** Chance of as many or more when the target holds: one-sided, books taken as independent. */
  readonly binomialP: number
  /** Whether that p is above 0.05 after Holm over the types of the same regime and target. */
  readonly holmPasses: boolean
  /** Share of books whose own one-sided p is above 0.05 after Holm over the books of the table. */
  readonly booksPassing: number
  readonly kupiecP: number
  /** Median over the books; null where none has two exceedances. */
  readonly christoffersenP: number | null
  /** Share of books with a Christoffersen p above 0.05; books with fewer than two exceedances pass. */
  readonly christoffersenPassing: number
  readonly trafficLight: 'green' | 'yellow' | 'red'
  readonly meanMargin: number
  /** (loss - margin) / margin, in the windows that exceed: mean and largest; null without any. */
  readonly meanExceedanceRatio: number | null
  readonly worstExceedanceRatio: number | null
  readonly efficiency: Efficiency
}

/** Margin over what it is compared with, mean over windows, median over books; null where there is nothing to compare. */
export interface Efficiency {
  readonly vsIsolated: number | null
  readonly vsSameUnderlying: number | null
  readonly vsStandard: number | null
}

export interface BookRow {
  readonly book: string
  readonly portfolio: string
  readonly legs: number
  readonly n: number
  readonly exceedances: number
  readonly binomialP: number
  readonly holmPasses: boolean
  readonly kupiecP: number
  readonly christoffersenP: number | null
  readonly meanMargin: number
  readonly meanExceedanceRatio: number | null
  readonly worstExceedanceRatio: number | null
  readonly worstDate: string | null
  readonly efficiency: Efficiency
  /** Over the days on which every leg earned its offset; null without such days. */
  readonly peakToTrough: number | null
  readonly largestRise: { readonly oneDay: number; readonly fiveDay: number }
  /** Which term of the requirement decided, share of windows each. */
  readonly binding: Readonly<Record<string, number>>
}

/** The unfloored core, counting |log return| above its quantile: shows the engine is calibrated before prudence is added. */
export interface CoreRow {
  readonly tier: string
  readonly assets: number
  /** Share of assets that pass the two-sided Kupiec test at 5%. */
  readonly passing: number
  readonly n: number
  readonly exceedances: number
}

export interface Procyclicality {
  /** Of constant books. */
  readonly byType: readonly {
    readonly portfolio: string
    readonly medianPeakToTrough: number
    readonly worstPeakToTrough: number
    /** Largest over books of the rise of M_cor alone. */
    readonly correlatedRise: { readonly oneDay: number; readonly fiveDay: number }
    readonly marginRise: { readonly oneDay: number; readonly fiveDay: number }
  }[]
  /** Share of books with a peak at most three times the trough. */
  readonly withinThree: number
  /** Share of books whose margin never rises by more than 25% in a day and 50% in five. */
  readonly riseWithin: number
}

/** A pair whose correlation is credited: its own spread, long the one and short the other. */
export interface OffsetRow {
  readonly pair: string
  readonly n: number
  readonly exceedances: number
  readonly kupiecP: number
  readonly binomialP: number
  /** 1 - margin of the pair over the sum of both alone: mean over windows. */
  readonly credit: number
  /** Correlation as charged: smallest, mean, largest over time. */
  readonly correlation: { readonly least: number; readonly mean: number; readonly most: number }
  /** Correlation of the factor model less the shrunk one it was fitted to, at the last fit. */
  readonly fitError: number
}

export interface NamedExceedance {
  readonly book: string
  readonly portfolio: string
  readonly date: string
  readonly margin: number
  readonly loss: number
  /** (loss - margin) / margin. */
  readonly excessRatio: number
  /** The leg that lost most and its simple return. */
  readonly jump: { readonly asset: string; readonly return: number }
}

/** Exceedances of one book in windows next to each other. */
export interface AdjacentDates {
  readonly book: string
  readonly portfolio: string
  readonly dates: readonly string[]
}

export interface DefaultedRow {
  readonly asset: string
  readonly date: string
  readonly return: number
  /** Margin of one dollar held long, as charged. */
  readonly margin: number
  readonly collapsed: boolean
}

/** The same margins against the worst point within each window, and what of it margin does not cover. */
export interface IntradayRow {
  readonly portfolio: string
  readonly n: number
  readonly exceedances: number
  readonly worstExceedanceRatio: number | null
  readonly worstDate: string | null
  readonly worstBook: string | null
}

export interface OptionRow {
  readonly book: string
  readonly underlying: string
  readonly n: number
  readonly exceedances: number
  readonly meanMargin: number
  readonly worstLossOverMargin: number
  readonly worstDate: string | null
  readonly note: string
}

/** What the test can see: chance to reject at 5% if the true rate were so. */
export interface PowerRow {
  readonly n: number
  readonly target: number
  readonly trueRate: number
  readonly power: number
  /** Most exceedances that pass. */
  readonly allowed: number
}

export interface BacktestPlots {
  /** Exceedances by quarter: of each type, books times windows and exceedances. */
  readonly coverage: {
    readonly quarters: readonly string[]
    readonly types: readonly {
      readonly portfolio: string
      readonly n: readonly number[]
      readonly exceedances: readonly number[]
    }[]
  }
  /** Some books in full: margin and realised loss, one a window. */
  readonly marginAndLoss: readonly {
    readonly book: string
    readonly dates: readonly string[]
    readonly margin: readonly number[]
    readonly loss: readonly number[]
  }[]
  /** Correlations with BTC as charged, weekly: some pairs. */
  readonly correlation: {
    readonly dates: readonly string[]
    readonly pairs: readonly { readonly pair: string; readonly charged: readonly number[] }[]
    /** Mean over all pairs of prices. */
    readonly mean: readonly number[]
    /** Windows of the stressed third begin and end: pairs of dates. */
    readonly stressed: readonly (readonly [from: string, to: string])[]
  }
  /** Margin of one constant book of each type over its own mean, weekly. */
  readonly procyclicality: {
    readonly dates: readonly string[]
    readonly books: readonly { readonly book: string; readonly margin: readonly number[] }[]
  }
}
