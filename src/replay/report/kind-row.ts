import type { ModeRun } from './replay-report.ts'
import { type Saving, savingOf } from './saving.ts'

/** One kind of account and how many of it were liquidated, in every run. */
export interface KindRow {
  readonly label: string
  readonly accounts: number
  /** One per run. */
  readonly liquidated: readonly number[]
  /** Cross against isolated, where both were run. */
  readonly saving: Saving | undefined
}

/** Kinds in the order of the first run; a kind only a later run has comes last. */
export function kindRowsOf(runs: readonly ModeRun[]): readonly KindRow[] {
  const kinds = new Map(runs.flatMap((run) => run.kinds.map((kind) => [kind.kind, kind] as const)).toReversed())
  const order = new Set(runs.flatMap((run) => run.kinds.map(({ kind }) => kind)))
  return [...order].flatMap((id) => {
    const kind = kinds.get(id)
    if (kind === undefined) return []
    const liquidated = runs.map((run) => liquidatedIn(run, id))
    return [{ label: kind.label, accounts: kind.accounts, liquidated, saving: savingIn(runs, id) }]
  })
}

function savingIn(runs: readonly ModeRun[], id: string): Saving | undefined {
  const cross = runs.find(({ mode }) => mode === 'cross')
  const isolated = runs.find(({ mode }) => mode === 'isolated')
  if (cross === undefined || isolated === undefined) return undefined
  return savingOf({ cross: BigInt(liquidatedIn(cross, id)), isolated: BigInt(liquidatedIn(isolated, id)) })
}

function liquidatedIn(run: ModeRun, id: string): number {
  return run.kinds.find(({ kind }) => kind === id)?.liquidated ?? 0
}
