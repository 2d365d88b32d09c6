import { printedExactly } from './figure.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'

/** Whether the replay may be believed, and if not, everything that is wrong with it. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly faults: readonly string[] }

/** Conservation first, then the journal; a run of its own is named where there are two. */
export function verdictOf({ runs }: ReplayReport): Verdict {
  const faults = runs.flatMap((run) => {
    const prefix = runs.length > 1 ? `${run.mode}: ` : ''
    return faultsOf(run).map((fault) => prefix + fault)
  })
  return faults.length === 0 ? { ok: true } : { ok: false, faults }
}

function faultsOf({ conservation, verified }: ModeRun): readonly string[] {
  const faults = conservation.assets.filter(({ difference }) => !isZero(difference)).map(differenceInWords)
  if (!conservation.ok && faults.length === 0) faults.push('conservation failed')
  if (!verified) faults.push('the journal, decided again, did not give the same decisions and state hash')
  return faults
}

function differenceInWords({ asset, difference }: { readonly asset: string; readonly difference: string }): string {
  const isShort = difference.startsWith('-')
  return `${asset}: ${printedExactly(isShort ? difference.slice(1) : difference)} ${isShort ? 'missing' : 'too much'}`
}

function isZero(amount: string): boolean {
  return /^-?0(\.0*)?$/.test(amount)
}
