import type { AssetId } from '../instrument/identifier.ts'
import type { AssetBook } from '../ledger/books.ts'
import type { ReadonlyTable } from '../ledger/table.ts'
import type { NumberedBucket } from '../portfolio/portfolio.ts'
import { applyStep, type DraftBuckets, type LiquidationStep } from './step.ts'

/** A plan in the making: the steps so far, and the buckets as they leave them. Immutable. */
export interface Draft {
  readonly buckets: DraftBuckets
  readonly steps: readonly LiquidationStep[]
}

/** A draft without steps. */
export function draftOf(buckets: readonly NumberedBucket[]): Draft {
  return { buckets: new Map(buckets.map(({ number, bucket }) => [number, bucket])), steps: [] }
}

/** The draft with one more step. */
export function take(draft: Draft, step: LiquidationStep, books: ReadonlyTable<AssetId, AssetBook>): Draft {
  return { buckets: applyStep(draft.buckets, step, books), steps: [...draft.steps, step] }
}

/** The draft's buckets as a netting set, in the order it was given. */
export function numbered(draft: Draft): readonly NumberedBucket[] {
  return [...draft.buckets].map(([number, bucket]) => ({ number, bucket }))
}
