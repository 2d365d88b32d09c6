import { atomsOf } from '../../report/amount.ts'
import { printedCount, shortAmount } from '../../report/figure.ts'
import { badDebtOf, openedAccounts, pairOf } from './measure.ts'
import type { Comparison, ModeRun, ReplayReport } from './replay-report.ts'
import { savingInWords, savingOf } from './saving.ts'

type Pair = NonNullable<ReturnType<typeof pairOf>>

/** The answer in one sentence: how many accounts were liquidated, and whether pooling them made a difference. */
export function headlineOf(report: ReplayReport): string {
  const pair = pairOf(report.runs)
  if (pair !== undefined) return headlineOfPair(pair)
  const [run] = report.runs
  if (run === undefined) return 'Nothing was run.'
  const how = run.mode === 'cross' ? 'Pooled in one account' : 'Kept apart, position by position'
  return run.liquidated === 0 ? `${how}, no account was liquidated.` : `${how}, ${ofAccounts(run)} liquidated.`
}

/** What was done and what else came of it, one sentence each. */
export function ledeOf(report: ReplayReport): readonly string[] {
  const pair = pairOf(report.runs)
  if (pair === undefined) return report.runs.flatMap(ledeOfRun)
  return [
    'The same accounts, deposits and trades went through the clearinghouse twice: once with all collateral behind all ' +
      'positions (cross), once with each position on its own (isolated).',
    ...(report.comparison === undefined ? [] : ledeOfComparison(report.comparison)),
    ledeOfBadDebt(pair),
    ...ledeOfEnd(pair),
    ...(report.comparison === undefined ? [] : [ledeOfWorse(report.comparison)]),
  ]
}

function headlineOfPair({ cross, isolated }: Pair): string {
  if (cross.liquidated === isolated.liquidated) {
    return cross.liquidated === 0
      ? 'Pooled or kept apart, no account was liquidated.'
      : `Pooled in one account or kept apart, ${ofAccounts(cross)} liquidated: no difference.`
  }
  const apart = isolated.liquidated === 0 ? 'none' : printedCount(isolated.liquidated)
  const were = isolated.liquidated === 1 ? 'was' : 'were'
  const isWorse = cross.liquidated > isolated.liquidated
  const start =
    cross.liquidated === 0 ? 'Pooled in one account, none' : `Pooled in one account, ${printedCount(cross.liquidated)}`
  const was = cross.liquidated === 1 ? 'was' : 'were'
  return `${start} of ${accountsInWords(cross)} ${was} liquidated; kept apart, ${isWorse && isolated.liquidated > 0 ? 'only ' : ''}${apart} ${were}.`
}

function ledeOfRun(run: ModeRun): readonly string[] {
  const how =
    run.mode === 'cross'
      ? 'with all collateral behind all positions (cross)'
      : 'with each position on its own (isolated)'
  const debt = badDebtOf(run)
  return [
    `The accounts went through the clearinghouse once, ${how}; nothing was run to compare it with.`,
    debt === 0n ? 'No bad debt was left.' : `Bad debt was ${shortAmount(debt)} USD.`,
  ]
}

function ledeOfComparison({ capitalRequired }: Comparison): readonly string[] {
  const [cross, isolated] = [atomsOf(capitalRequired.cross), atomsOf(capitalRequired.isolated)]
  const saving = savingOf({ cross, isolated })
  switch (saving.kind) {
    case 'nothing':
      return []
    case 'same':
      return ['To pass the tape without a liquidation, both needed the same capital.']
    case 'onlyCross':
      return ['To pass the tape without a liquidation, only pooling needed capital.']
    case 'less':
    case 'more':
      return [`To pass the tape without a liquidation, pooling needed ${savingInWords(saving)} capital.`]
    default:
      return saving satisfies never
  }
}

function ledeOfBadDebt(pair: Pair): string {
  const [cross, isolated] = [badDebtOf(pair.cross), badDebtOf(pair.isolated)]
  if (cross === isolated) {
    return cross === 0n ? 'Neither left bad debt.' : `Both left the same bad debt: ${shortAmount(cross)} USD.`
  }
  return `Bad debt was ${shortAmount(cross)} USD pooled and ${shortAmount(isolated)} USD kept apart.`
}

function ledeOfEnd({ cross, isolated }: Pair): readonly string[] {
  const [pooled, apart] = [cross.timeline.at(-1), isolated.timeline.at(-1)]
  if (pooled === undefined || apart === undefined) return []
  const [pooledValue, apartValue] = [pooled, apart].map(({ netLiquidationValue }) => atomsOf(netLiquidationValue))
  return [
    `All accounts together ended with ${shortAmount(pooledValue ?? 0n)} USD pooled, ${shortAmount(apartValue ?? 0n)} USD kept apart.`,
  ]
}

function ledeOfWorse({ worseUnderCross: { accounts } }: Comparison): string {
  if (accounts === 0) return 'No account ended with less for being pooled.'
  return `${printedCount(accounts)} ${accounts === 1 ? 'account' : 'accounts'} ended with less for being pooled.`
}

function ofAccounts(run: ModeRun): string {
  return `${printedCount(run.liquidated)} of ${accountsInWords(run)} ${run.liquidated === 1 ? 'was' : 'were'}`
}

function accountsInWords(run: ModeRun): string {
  const opened = openedAccounts(run)
  return `${printedCount(opened)} ${opened === 1 ? 'account' : 'accounts'}`
}
