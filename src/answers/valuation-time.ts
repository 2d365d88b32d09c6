import { type Timestamp, timestamp } from '../core/quantity/timestamp.ts'
import type { FilePrice } from '../wire/portfolio/market-data.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'

/** When prices count as seen, and now: a file that needs no time is valued when its oldest age began at 0. */
export function valuationTime({ asOf, assetPrices, contractPrices }: PortfolioHeader): Timestamp {
  if (asOf !== undefined) return asOf
  let oldest = 0
  for (const { observed } of [...assetPrices.values(), ...contractPrices.values()])
    if (observed.kind === 'age' && observed.ageMs > oldest) oldest = observed.ageMs
  return timestamp(Math.min(oldest, LAST_AGE))
}

/** The moment a price was seen; an age from before 1970 counts from then. */
export function observedAt({ observed }: FilePrice, now: Timestamp): Timestamp {
  return observed.kind === 'at' ? observed.at : timestamp(Math.max(0, now - observed.ageMs))
}

const LAST_AGE = 8_640_000_000_000_000
