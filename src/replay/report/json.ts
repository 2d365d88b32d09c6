import { openedAccounts } from './measure.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'

/**
 * The object `replay --json` prints: the first run's results at the top (cross, if both were made), every run in `runs`. Amounts are
 * decimal strings in USD, counts and rates numbers, times milliseconds; what is missing is null, never absent. Where the model is not
 * `standard`, `figures` names the document its figures are from, and `otherModel` has the runs of the same accounts under `standard`,
 * with how many accounts were opened with how many tenths of the trades and borrows drawn for them.
 */
export function jsonReport(report: ReplayReport) {
  const { tape, runs, comparison, otherModel } = report
  const [first] = runs
  const { id, ...tapeDetails } = tape
  return {
    tape: id,
    accounts: report.accounts,
    seed: report.seed,
    model: report.model,
    epoch: report.epoch,
    figures: report.figures ?? null,
    mode: first?.mode ?? null,
    ...resultsOf(first),
    comparison: comparison === undefined ? null : comparisonOf(runs, comparison),
    otherModel:
      otherModel === undefined
        ? null
        : { ...otherModel, runs: otherModel.runs.map(runOf), capitalRequired: otherModel.capitalRequired ?? null },
    runs: runs.map(runOf),
    leftOut: report.leftOut,
    tapeDetails,
    engineVersion: report.engineVersion,
  }
}

function resultsOf(run: ModeRun | undefined) {
  return {
    accountsOpened: run === undefined ? null : openedAccounts(run),
    liquidated: run?.liquidated ?? null,
    nettingSetsLiquidated: run?.nettingSetsLiquidated ?? null,
    liquidations: run?.liquidations ?? null,
    notionalClosed: run?.notionalClosed ?? null,
    penalties: run?.penalties ?? null,
    insuranceAtStart: run?.insuranceAtStart ?? null,
    insuranceDrawn: run?.insuranceDrawn ?? null,
    insuranceAtEnd: run?.insuranceAtEnd ?? null,
    deficit: run?.deficit ?? null,
    marketProfit: run?.marketProfit ?? null,
    feesEarned: run?.feesEarned ?? null,
    conservation: run?.conservation ?? null,
    commands: run?.commands ?? null,
    seconds: run?.seconds ?? null,
    commandsPerSecond: run?.commandsPerSecond ?? null,
    journal: run?.journal ?? null,
    stateHash: run?.stateHash ?? null,
    verified: run?.verified ?? null,
  }
}

function runOf(run: ModeRun) {
  return { mode: run.mode, ...resultsOf(run), kinds: run.kinds, timeline: run.timeline, worst: run.worst }
}

function comparisonOf(
  runs: readonly ModeRun[],
  { capitalRequired, worseUnderCross }: NonNullable<ReplayReport['comparison']>,
) {
  const side = (mode: ModeRun['mode']) => {
    const run = runs.find((candidate) => candidate.mode === mode)
    return {
      liquidated: run?.liquidated ?? null,
      notionalClosed: run?.notionalClosed ?? null,
      penalties: run?.penalties ?? null,
      insuranceDrawn: run?.insuranceDrawn ?? null,
      deficit: run?.deficit ?? null,
      capitalRequired: capitalRequired[mode],
      marketProfit: run?.marketProfit ?? null,
    }
  }
  return { cross: side('cross'), isolated: side('isolated'), worseUnderCross }
}
