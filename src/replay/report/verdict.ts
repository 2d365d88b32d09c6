import { printedExactly } from '../../report/figure.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'

/** Whether the replay may be believed, and if not, everything that is wrong with it. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly faults: readonly string[] }

/** Faults of conservation, a run at a time; the run is named where there are two. */
export function verdictOf({ runs }: ReplayReport): Verdict {
  const faults = runs.flatMap((run) => {
    const prefix = runs.length > 1 ? `${run.mode}: ` : ''
    return faultsOf(run).map((fault) => prefix + fault)
  })
  return faults.length === 0 ? { ok: true } : { ok: false, faults }
}

/** Whether every journal was decided again. One that then decided otherwise has stopped the replay before any report. */
export function isVerified({ runs }: ReplayReport): boolean {
  return runs.every(({ verified }) => verified)
}

function faultsOf({ conservation: { ok, assets } }: ModeRun): readonly string[] {
  const faults = assets.filter(({ difference }) => !isZero(difference)).map(differenceInWords)
  return ok || faults.length > 0 ? faults : ['every asset balances, the contracts do not: longs and shorts differ']
}

function differenceInWords({ asset, difference }: { readonly asset: string; readonly difference: string }): string {
  const isShort = difference.startsWith('-')
  return `${asset}: ${printedExactly(isShort ? difference.slice(1) : difference)} ${isShort ? 'missing' : 'too much'}`
}

function isZero(amount: string): boolean {
  return !/[1-9]/.test(amount)
}
