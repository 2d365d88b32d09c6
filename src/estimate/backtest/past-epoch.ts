import { type DescribedEpoch, describeEpoch } from '../calibration/describe-epoch.ts'
import type { PricePanel } from '../calibration/price-panel.ts'
import { DAY_MS } from '../calibration/rules.ts'
import { lastCloses, spotAssets, type WalkedPanel, walkedPanel } from '../calibration/walked-panel.ts'
import type { EpochDescription } from '../epoch/description.ts'

/** What was known at one time of a daily panel. */
export interface PastEpoch extends DescribedEpoch {
  /** The panel up to then. */
  readonly walked: WalkedPanel
  /** The day at whose end it stands, such as 2025-08-31. */
  readonly asOf: string
}

/**
 * The epoch that daily prices up to a time (ms UTC) give, a close at that time included; undefined if there are none. Named crash days
 * are left out: they count on the initial side alone. Throws RangeError for a panel of another step.
 */
export function pastEpoch(panel: PricePanel, time: number): PastEpoch | undefined {
  if (panel.stepMs !== DAY_MS)
    throw new RangeError(`the epoch is taken from daily prices, the step was ${panel.stepMs} ms`)
  const known = upTo(panel, time)
  const last = known.times.at(-1)
  if (last === undefined) return undefined
  const walked = walkedPanel(known, () => undefined)
  const asOf = new Date(last - DAY_MS).toISOString().slice(0, 10)
  const described = describeEpoch({
    factors: walked.factors,
    known: walked.known,
    prices: lastCloses(known),
    spot: spotAssets(known),
    at: known.times.length - 1,
    daily: 1,
    crashes: [],
    source: `daily prices up to the end of ${asOf}`,
  })
  return { ...described, walked, asOf }
}

/** The description with a price's sigma so many times as large; its log move and its windows follow. */
export function withSigmaTimes(description: EpochDescription, id: string, ratio: number): EpochDescription {
  const factor = description.factors[id]
  if (factor === undefined) throw new RangeError(`no factor is called ${id}`)
  const scaled = { ...factor, dailySigma: factor.dailySigma * ratio, logMove: factor.logMove * ratio }
  return { ...description, factors: { ...description.factors, [id]: scaled } }
}

function upTo({ stepMs, times, series }: PricePanel, time: number): PricePanel {
  const known = times.filter((one) => one <= time)
  const cut = (figures: Float64Array) => figures.subarray(0, known.length)
  return {
    stepMs,
    times: known,
    series: series.map(({ close, high, low, volumeUsd, ...rest }) => ({
      ...rest,
      close: cut(close),
      high: cut(high),
      low: cut(low),
      volumeUsd: cut(volumeUsd),
    })),
  }
}
