import type { BacktestReport, Mpor, OptionRow, PriceSource } from '../../wire/backtest-report.ts'
import { assumptionTexts } from '../../estimate/calibration/assumptions.ts'
import { backtestPlots } from './backtest-plots.ts'
import type { BacktestStudy } from './backtest-study.ts'
import { barResults } from './bar-results.ts'
import { clusters, cycles, defaultedRows, intradayRows, offsetRows, powerRows } from './beside-rows.ts'
import { bookRows, coverageRows, namedExceedances, type StandardMargin } from './coverage-rows.ts'
import { intradayNote } from './intraday-note.ts'
import { windowDate } from './study-dates.ts'

/** What the report says that no walk has measured. */
export interface ReportFrame {
  readonly engine: string
  readonly mpor: Mpor
  readonly prices: readonly PriceSource[]
  readonly inputsHash: string
  readonly repeat: string
  readonly standard: StandardMargin
  readonly options: OptionFindings | undefined
  /** What was left out or filled while prices were read, a sentence each. */
  readonly notes: readonly string[]
}

export interface OptionFindings {
  readonly rows: readonly OptionRow[]
  /** Exceedances in which the index stayed within the scenario grid. */
  readonly withinGrid: number
  readonly note: string
  readonly assumptions: readonly string[]
}

export function backtestReport(study: BacktestStudy, frame: ReportFrame): BacktestReport {
  const { mpor, engine, prices, inputsHash, repeat, standard } = frame
  const procyclicality = cycles(study)
  const intraday = intradayRows(study)
  const options = frame.options?.rows ?? []
  const bars = { study, procyclicality, intraday, options, optionsWithinGrid: frame.options?.withinGrid ?? 0 }
  const { times, panel } = study
  return {
    command: 'backtest',
    model: 'plimsoll-1',
    engine,
    from: windowDate(times[0] ?? 0, panel.stepMs),
    to: windowDate(times.at(-1) ?? 0, panel.stepMs),
    mpor,
    windows: times.length,
    prices,
    inputsHash,
    repeat,
    bars: barResults(bars),
    rows: coverageRows(study, mpor, standard),
    books: bookRows(study, standard),
    core: study.core,
    procyclicality,
    offsets: offsetRows(study),
    exceedances: namedExceedances(study),
    clusters: clusters(study),
    defaulted: defaultedRows(study),
    intraday,
    options,
    power: powerRows(study),
    plots: backtestPlots(study),
    assumptions: [...assumptionTexts([]), ...(frame.options?.assumptions ?? [])],
    limits: limits(study, frame),
    notes: {
      coverage:
        'Every window is charged by the epoch that was in force when it began: calibrated each midnight on what was known then, ramping in over a day. Stressed is the third of the windows that begin when the volatility of the median coin is highest.',
      core: "The engine before any prudence: |log return| against the 99.5% quantile of its tier times today's sigma, no floors, no speed limit, both sides together. It is to be neither above nor below its target.",
      intraday: intradayNote(study, intraday),
      offsets: 'Each pair by itself, long the one and short the other, of the coins that traded most.',
      power:
        'Books are not independent trials: a few days make most exceedances of long books, so the pooled tests see less than their numbers say.',
      defaulted:
        'No margin covers the first day of a collapse: caps on what may be held and the insurance fund bound it. From the next day on the coin is charged in full.',
      options: frame.options?.note ?? 'No option chains were given (--options PATH...).',
    },
  }
}

function limits({ assets, notes }: BacktestStudy, frame: ReportFrame): readonly string[] {
  return [
    `The rules were chosen on years that overlap with these: a first study of 2021 to 2025 set the parameters of the methodology. What proves anything is the same command on months after 2025-06.`,
    `The coins are those that the price files have, ${assets} assets; files made later leave out what was delisted before, but for those that went to zero.`,
    'A window counts only where every leg has a price at both ends: what a halted market would have done is not seen.',
    'Liquidity, keeper and concentration charges are left out of the margins, and the cost of closing out of the losses.',
    'The exact model charges integers; these margins are its float64 twin, equal to within the rounding of an epoch (a test compares them).',
    'Efficiency and procyclicality count the days on which every leg of a book has earned its offset and none has collapsed.',
    'Venue presets are not compared yet: only model standard is.',
    ...notes,
    ...frame.notes,
  ]
}
