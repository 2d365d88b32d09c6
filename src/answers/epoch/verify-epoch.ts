import type { EpochCheck, EpochCounts, EpochVerification } from '../../wire/epoch-report.ts'
import { dailyVolatilityCheck, optionGridCheck, ownShareCheck } from './figure-faults.ts'
import type { OpenedEpoch, PublishedSection } from './open-epoch.ts'
import { namedCrashCheck, namedCrashes, scenarioCheck } from './scenario-faults.ts'

/**
 * Whether everything in an epoch that follows from its other figures is as published, and whether it is the epoch that was meant: of
 * `expectedHash`, if one is given. Each check says how many figures it compared and names each that differs.
 */
export function verifyEpoch(opened: OpenedEpoch, expectedHash: string | undefined): EpochVerification {
  const { epoch, hash, canonicalText, sections, house } = opened
  const checks = [...(expectedHash === undefined ? [] : [hashCheck(hash, expectedHash)]), ...houseChecks(house)]
  return {
    format: 'plimsoll epoch verification v1',
    verified: checks.every(({ faults }) => faults.length === 0),
    id: epoch.id,
    model: epoch.model,
    hash,
    canonicalText,
    sections,
    source: house?.source ?? null,
    counts: house === undefined ? null : countsOf(house),
    provenance: epoch.provenance ?? null,
    checks,
  }
}

function hashCheck(hash: string, expected: string): EpochCheck {
  return { id: 'hash', compared: 1, faults: hash === expected ? [] : [{ field: '$', row: null, expected, got: hash }] }
}

function houseChecks(house: PublishedSection | undefined): readonly EpochCheck[] {
  if (house === undefined) return []
  return [
    ownShareCheck(house),
    optionGridCheck(house),
    scenarioCheck(house),
    namedCrashCheck(house),
    dailyVolatilityCheck(house),
  ]
}

function countsOf(house: PublishedSection): EpochCounts {
  const { factors, assets, contracts, scenarios, windows } = house
  return {
    factors: Object.keys(factors).length,
    assets: Object.keys(assets).length,
    underlyings: Object.keys(contracts).length,
    scenarios: scenarios.length,
    namedCrashes: namedCrashes(house).length,
    windows: windows.count,
    windowColumns: Object.keys(windows.columns).length,
  }
}
