import { atomsOf, roundedTo } from '../../report/amount.ts'
import { CENTS, printedCents, type Scale, scaleOf } from '../../report/figure.ts'
import type { ModeRun } from './replay-report.ts'

/** One line of where the losses went, in the order of the waterfall. */
export interface MoneyFlow {
  readonly label: string
  /** One per run, as shown. */
  readonly shown: readonly string[]
  /** Whether somebody lost: drawn from the insurance fund, left as a deficit. One per run. */
  readonly isLoss: readonly boolean[]
  /** Whether it is a part of what stands around it. */
  readonly isPart: boolean
}

/** Short figures, each scaled by its size; the insurance fund in one scale, so that it adds up as shown. */
export function moneyFlowsOf(runs: readonly ModeRun[]): readonly MoneyFlow[] {
  return flowsIn(runs, scaleOf)
}

/** The same to the cent, all digits. */
export function moneyFlowsToTheCent(runs: readonly ModeRun[]): readonly MoneyFlow[] {
  return flowsIn(runs, () => CENTS)
}

type ScaleFor = (amounts: readonly bigint[]) => Scale

/** Penalties, the insurance fund from start to end, deficit, fees, the other side of the market. */
function flowsIn(runs: readonly ModeRun[], scaleFor: ScaleFor): readonly MoneyFlow[] {
  const flow = (label: string, of: (run: ModeRun) => string): MoneyFlow => {
    const shown = runs.map((run) => printedIn(scaleFor([atomsOf(of(run))]), atomsOf(of(run))))
    return { label, shown, isLoss: runs.map(() => false), isPart: false }
  }
  return [
    flow('Penalties paid', ({ penalties }) => penalties),
    ...fundFlows(runs, scaleFor),
    { ...flow('Deficit left after the fund', ({ deficit }) => deficit), isLoss: runs.map(hasDeficit) },
    flow('Fees and rounding kept', ({ feesEarned }) => feesEarned),
    flow('Profit of the market outside', ({ marketProfit }) => marketProfit),
  ]
}

function fundFlows(runs: readonly ModeRun[], scaleFor: ScaleFor): readonly MoneyFlow[] {
  const columns = runs.map((run) => fundColumn(run, scaleFor))
  const row = (label: string, key: keyof (typeof columns)[number]['shown']): MoneyFlow => {
    return {
      label,
      shown: columns.map(({ shown }) => shown[key]),
      isLoss: columns.map(({ isDrawn }) => key === 'drawn' && isDrawn),
      isPart: key === 'paidIn' || key === 'drawn',
    }
  }
  return [
    row('Insurance fund at start', 'start'),
    row('+ paid in, at the last prices', 'paidIn'),
    row('− drawn from it', 'drawn'),
    row('Insurance fund at end', 'end'),
  ]
}

/** What was paid in is what remains: end less start plus drawn, of the figures as shown. */
function fundColumn({ insuranceAtStart, insuranceDrawn, insuranceAtEnd }: ModeRun, scaleFor: ScaleFor) {
  const [start, drawn, end] = [atomsOf(insuranceAtStart), atomsOf(insuranceDrawn), atomsOf(insuranceAtEnd)]
  const { unit, step } = scaleFor([start, drawn, end, end - start + drawn])
  const [from, out, to] = [roundedTo(start, step), roundedTo(drawn, step), roundedTo(end, step)]
  const printed = (hundredths: bigint) => printedCents(hundredths) + unit
  return {
    shown: { start: printed(from), paidIn: printed(to - from + out), drawn: printed(out), end: printed(to) },
    isDrawn: out > 0n,
  }
}

function printedIn({ unit, step }: Scale, atoms: bigint): string {
  return printedCents(roundedTo(atoms, step)) + unit
}

function hasDeficit({ deficit }: ModeRun): boolean {
  return atomsOf(deficit) > 0n
}
