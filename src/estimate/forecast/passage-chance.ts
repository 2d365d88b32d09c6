import { normalShare } from '../greeks/float-normal.ts'

/**
 * Chance that a move of so many standard deviations of a period is reached at some time within the period: by the reflection principle
 * twice the chance of standing beyond it at the end. Exact for one direction of a driftless Brownian motion; fat tails are not in it.
 */
export function passageChance(sigmas: number): number {
  return Math.min(1, 2 * normalShare(-Math.max(0, sigmas)))
}
