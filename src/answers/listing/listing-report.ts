import { checkListing } from '../../core/collateral/listing-check.ts'
import { compareNames } from '../../core/instrument/identifier.ts'
import type { ListingReason } from '../../core/market/listing-verdict.ts'
import { ONE } from '../../core/quantity/unit.ts'
import type { JudgedAsset } from '../../estimate/calibration/listing-evidence.ts'
import type { ListingReport, ListingRow } from '../../wire/listing-report.ts'

/** What the clearinghouse's listing check says of each asset. */
export function listingReport(
  assets: readonly JudgedAsset[],
  about: Pick<ListingReport, 'engineVersion' | 'asOf' | 'inputsHash'>,
): ListingReport {
  const rows = assets.map(listingRow).toSorted((a, b) => rankOf(a) - rankOf(b) || compareNames(a.asset, b.asset))
  const counts = new Map<string, number>(REASONS.map((reason) => [reason, 0]))
  for (const { reasons } of rows) for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return {
    format: 'plimsoll listing report v1',
    ...about,
    counts: {
      assets: rows.length,
      eligible: rows.filter(({ eligible }) => eligible).length,
      collateral: rows.filter(({ collateral }) => collateral).length,
    },
    reasons: [...counts].flatMap(([reason, count]) => (count === 0 ? [] : [{ reason, assets: count }])),
    rows,
  }
}

/** In the order in which a verdict gives them. */
const REASONS = [
  'TooFewPrices',
  'OneSource',
  'Collapsed',
  'AlgorithmicClaim',
  'NoVolumeData',
  'TooVolatile',
  'PegSlipped',
  'ShortHistory',
  'NoDepthData',
  'ThinDepth',
] as const satisfies readonly ListingReason[]

function listingRow({ asset, evidence, riskWeight }: JudgedAsset): ListingRow {
  const { eligible, asCollateral, weightCapPpm, holdingCapUsd, reasons } = checkListing(evidence)
  return {
    asset,
    eligible,
    collateral: asCollateral,
    tier: evidence.tier,
    weight: Math.min(downToPpm(1 - riskWeight), Number(weightCapPpm) / 1e6),
    riskWeight: Math.ceil(riskWeight * 1e6 - 1e-6) / 1e6,
    capUsd: holdingCapUsd === undefined ? null : `${holdingCapUsd / ONE}`,
    days: evidence.dailyPrices,
    sources: evidence.sources,
    reasons,
  }
}

/** Against the member, and the same where two versions of an engine differ in the last digit. */
function downToPpm(share: number): number {
  return Math.max(0, Math.floor(share * 1e6 + 1e-6)) / 1e6
}

function rankOf({ eligible, collateral }: ListingRow): number {
  return collateral ? 0 : eligible ? 1 : 2
}
