import { compareNames } from '../../core/instrument/identifier.ts'
import type { PricePanel } from '../../estimate/calibration/price-panel.ts'
import { DAY_MS } from '../../estimate/calibration/rules.ts'
import type { CalibrationReport } from '../../wire/calibration-report.ts'
import type { Sha256 } from '../epoch-text.ts'
import type { CalibrationRequest } from './calibration-request.ts'

type Found = Pick<CalibrationReport, 'leftOut' | 'tiers' | 'fit' | 'assumptions'> & {
  readonly pricesHash: string
  /** In the calibration, of what is in the epoch. */
  readonly places: readonly number[]
}

/** What the epoch itself says of how its figures came about. */
export function provenanceOf(request: CalibrationRequest, found: Found): Readonly<Record<string, unknown>> {
  const { walked, asOf, mpor, engineVersion } = request
  const { panel, known, notes } = walked
  const reasons = Map.groupBy(found.leftOut, ({ reason }) => reason)
  const days = found.places.flatMap((place) => {
    const state = known.factors[place]
    return state === undefined ? [] : [[state.id, Math.floor((state.steps * panel.stepMs) / DAY_MS)] as const]
  })
  return {
    command: 'plimsoll calibrate',
    engineVersion,
    asOf,
    mpor,
    prices: { hash: found.pricesHash, ...spanOf(panel), series: panel.series.length, files: fileNames(panel) },
    leftOut: Object.fromEntries([...reasons].map(([reason, rows]) => [reason, rows.map(({ asset }) => asset)])),
    notes,
    assumptions: found.assumptions,
    quantiles: Object.fromEntries(found.tiers.map(({ tier, quantile }) => [tier, quantile])),
    fit: found.fit,
    historyDays: Object.fromEntries(days),
  }
}

/** First and last time of a panel, ISO 8601. */
export function spanOf({ times }: PricePanel): { readonly from: string; readonly to: string } {
  const [first = 0, last = first] = [times[0], times.at(-1)]
  return { from: new Date(first).toISOString(), to: new Date(last).toISOString() }
}

/** Of every series its closes and volumes, in the panel's order: the same wherever the files lie and whatever else is in them. */
export function hashOfPrices({ times, series, stepMs }: PricePanel, sha256: Sha256): string {
  const lines = series.map(({ asset, kind, close, volumeUsd }) =>
    [kind, asset, sha256(close.join(',')), sha256(volumeUsd.join(','))].join(' '),
  )
  return `sha256:${sha256([`${stepMs} ${times[0] ?? 0} ${times.length}`, ...lines].join('\n'))}`
}

/** Without folders: the place of the data on a machine says nothing. */
function fileNames({ series }: PricePanel): readonly string[] {
  const names = series.flatMap(({ sources }) => sources.map((path) => path.slice(path.lastIndexOf('/') + 1)))
  return [...new Set(names)].sort(compareNames)
}
