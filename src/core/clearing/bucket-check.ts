import type { AccountId } from '../instrument/identifier.ts'
import type { Rejection } from './rejection.ts'
import type { ReadonlyState } from './state.ts'

/** Why an account or bucket will not do; undefined if both exist. */
export function bucketRejection(state: ReadonlyState, account: AccountId, bucket: number): Rejection | undefined {
  const owner = state.accounts.get(account)
  if (owner === undefined) return { reason: 'UnknownAccount', account }
  return owner.buckets.has(bucket) ? undefined : { reason: 'UnknownBucket', account, bucket }
}
