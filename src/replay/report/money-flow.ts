import { atomsOf, roundedTo } from './amount.ts'
import { printedCents, scaleOf, shortAmount } from './figure.ts'
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

/** Penalties, the insurance fund from start to end (as shown it adds up: what was paid in is the rest), deficit, fees, the market. */
export function moneyFlowsOf(runs: readonly ModeRun[]): readonly MoneyFlow[] {
  return [
    flow(runs, 'Penalties paid', ({ penalties }) => penalties),
    ...fundFlows(runs),
    { ...flow(runs, 'Deficit left after the fund', ({ deficit }) => deficit), isLoss: runs.map(hasDeficit) },
    flow(runs, 'Fees and rounding kept', ({ feesEarned }) => feesEarned),
    flow(runs, 'Profit of the market outside', ({ marketProfit }) => marketProfit),
  ]
}

function flow(runs: readonly ModeRun[], label: string, of: (run: ModeRun) => string): MoneyFlow {
  const values = runs.map((run) => atomsOf(of(run)))
  return { label, shown: values.map(shortAmount), isLoss: values.map(() => false), isPart: false }
}

function fundFlows(runs: readonly ModeRun[]): readonly MoneyFlow[] {
  const columns = runs.map(fundColumn)
  const row = (label: string, key: keyof ReturnType<typeof fundColumn>['shown']): MoneyFlow => {
    return {
      label,
      shown: columns.map(({ shown }) => shown[key]),
      isLoss: columns.map(({ isDrawn }) => key === 'drawn' && isDrawn),
      isPart: key === 'paidIn' || key === 'drawn',
    }
  }
  return [
    row('Insurance fund at start', 'start'),
    row('+ paid into it', 'paidIn'),
    row('− drawn from it', 'drawn'),
    row('Insurance fund at end', 'end'),
  ]
}

function fundColumn({ insuranceAtStart, insuranceDrawn, insuranceAtEnd }: ModeRun) {
  const [start, drawn, end] = [atomsOf(insuranceAtStart), atomsOf(insuranceDrawn), atomsOf(insuranceAtEnd)]
  const { unit, step } = scaleOf([start, drawn, end, end - start + drawn])
  const [from, out, to] = [roundedTo(start, step), roundedTo(drawn, step), roundedTo(end, step)]
  const printed = (hundredths: bigint) => printedCents(hundredths) + unit
  return {
    shown: { start: printed(from), paidIn: printed(to - from + out), drawn: printed(out), end: printed(to) },
    isDrawn: out > 0n,
  }
}

function hasDeficit({ deficit }: ModeRun): boolean {
  return atomsOf(deficit) > 0n
}
