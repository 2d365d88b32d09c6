import { RULES } from './rules.ts'

/** Charged sigmas of the last days, one a step, in a ring. */
export interface RecentSigmas {
  readonly ring: Float64Array
  readonly stepsPerDay: number
  count: number
  next: number
}

export function recentSigmas(stepsPerDay: number): RecentSigmas {
  return { ring: new Float64Array(RULES.riseDays * stepsPerDay), stepsPerDay, count: 0, next: 0 }
}

/**
 * The sigma to charge, so that it is at most 12% above the least of the last day and at most 25% above the least of the last five: a margin
 * that jumps with the market makes members sell into it (EMIR RTS 153/2013 art. 28). What was not charged yet is caught up on the
 * days that follow.
 */
export function limitedRise(recent: RecentSigmas, wanted: number): number {
  const { count, stepsPerDay } = recent
  if (count === 0) return wanted
  const day = leastOf(recent, Math.min(count, stepsPerDay))
  const days = leastOf(recent, count)
  return Math.min(wanted, day * (1 + RULES.riseInDay), days * (1 + RULES.riseInDays))
}

/** Keeps what was charged. Changes the ring. */
export function noteSigma(recent: RecentSigmas, charged: number): void {
  recent.ring[recent.next] = charged
  recent.next = (recent.next + 1) % recent.ring.length
  recent.count = Math.min(recent.ring.length, recent.count + 1)
}

/** Of the last so many. */
function leastOf({ ring, next }: RecentSigmas, last: number): number {
  let least = Infinity
  for (let back = 1; back <= last; back += 1) {
    const one = ring[(next - back + ring.length) % ring.length] ?? Infinity
    if (one < least) least = one
  }
  return least
}
