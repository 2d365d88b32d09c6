import type { Timestamp } from '../quantity/timestamp.ts'
import type { ReportedVolatilities } from '../market/volatility-report.ts'
import { type PreparedSurface, prepareSurface } from '../pricing/surface-volatility.ts'

/** Reported volatilities as a surface, as of a time: expiries that have passed are left out. */
export function preparedReport({ slices }: Pick<ReportedVolatilities, 'slices'>, time: Timestamp): PreparedSurface {
  const strikes = slices.map(({ expiry, forward, points }) => {
    return { expiry, forward, smile: { kind: 'strikes', pillars: points } as const }
  })
  return prepareSurface({ slices: strikes }, time)
}
