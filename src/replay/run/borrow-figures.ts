import { ppm } from '../../core/quantity/ppm.ts'
import type { BorrowCurve } from '../../core/instrument/borrow-curve.ts'
import type { AssetId } from '../../core/instrument/identifier.ts'
import { type AssetClass, assetClass } from './asset-class.ts'

/**
 * Borrow curves by class: assumptions of the replay, in the shape of Aave v3's default interest strategies (optimal usage, slope 1
 * to it, slope 2 beyond; base 0). Stablecoins: 90 %, 4 %, then 60 points more. Ether: 80 %, 4 %, 80. Bitcoin and the rest: 45 %,
 * 4 % or 7 %, 300 points there, here no more than 93 so that a yearly rate stays within the whole. The caps are this project's:
 * Aave lets everything be borrowed.
 */
const FIGURES: {
  readonly [name in AssetClass | 'ether']: { kinkPpm: bigint; atKinkPpm: bigint; atFullPpm: bigint; capPpm: bigint }
} = {
  stablecoin: { kinkPpm: 900_000n, atKinkPpm: 40_000n, atFullPpm: 640_000n, capPpm: 950_000n },
  ether: { kinkPpm: 800_000n, atKinkPpm: 40_000n, atFullPpm: 840_000n, capPpm: 900_000n },
  stakedEther: { kinkPpm: 450_000n, atKinkPpm: 45_000n, atFullPpm: 845_000n, capPpm: 800_000n },
  major: { kinkPpm: 450_000n, atKinkPpm: 40_000n, atFullPpm: 1_000_000n, capPpm: 800_000n },
  large: { kinkPpm: 450_000n, atKinkPpm: 70_000n, atFullPpm: 1_000_000n, capPpm: 800_000n },
  other: { kinkPpm: 450_000n, atKinkPpm: 70_000n, atFullPpm: 1_000_000n, capPpm: 700_000n },
}

/** Curve of an asset of the venue. */
export function borrowCurve(asset: AssetId): BorrowCurve {
  const { kinkPpm, atKinkPpm, atFullPpm, capPpm } = FIGURES[String(asset) === 'ETH' ? 'ether' : assetClass(asset)]
  return {
    basePpm: ppm(0n),
    kinkPpm: ppm(kinkPpm),
    atKinkPpm: ppm(atKinkPpm),
    atFullPpm: ppm(atFullPpm),
    capPpm: ppm(capPpm),
  }
}
