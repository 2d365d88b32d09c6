import { isLess } from '../core/quantity/arithmetic.ts'
import { type Rate, rate, UNIT_INDEX } from '../core/quantity/rate.ts'
import type { PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'

/** MM / NLV from which a report warns, and from which it advises to reduce only. */
export interface UsageLevels {
  readonly warn: Rate
  readonly reduceOnly: Rate
}

const PER_PPM = 10n ** 12n
/** Where neither the file nor the epoch says: 80 % and 90 %, the levels that venues commonly print. Judgement. */
export const DEFAULT_LEVELS: UsageLevels = { warn: rate(800_000n * PER_PPM), reduceOnly: rate(900_000n * PER_PPM) }

/** Of the file, else of the model's section (`warnUsagePpm`, `reduceOnlyUsagePpm`), else 0.8 and 0.9. Reducing never comes before warning. */
export function usageLevels({ liquidation }: PortfolioHeader, section: unknown): UsageLevels {
  const warn = liquidation.warnUsage ?? levelOf(section, 'warnUsagePpm') ?? DEFAULT_LEVELS.warn
  const reduceOnly = liquidation.reduceOnlyUsage ?? levelOf(section, 'reduceOnlyUsagePpm') ?? DEFAULT_LEVELS.reduceOnly
  return {
    warn: isLess(reduceOnly, warn) ? reduceOnly : warn,
    reduceOnly: isLess(UNIT_INDEX, reduceOnly) ? UNIT_INDEX : reduceOnly,
  }
}

function levelOf(section: unknown, name: string): Rate | undefined {
  const ppm = (section as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return typeof ppm === 'number' && Number.isSafeInteger(ppm) && ppm > 0 && ppm <= 1_000_000
    ? rate(BigInt(ppm) * PER_PPM)
    : undefined
}
