import { compareNames } from '../core/instrument/identifier.ts'
import type { PanelSeries, PricePanel, SeriesKind } from '../estimate/calibration/price-panel.ts'
import { cutOut, filledFrom, type GridSeries, pricedSteps } from './grid-series.ts'

interface DraftSeries {
  readonly asset: string
  readonly kind: SeriesKind
  readonly prices: GridSeries
  readonly sources: readonly string[]
}

/** Series gathered so far, by kind and asset. Written by `addSeries` alone. */
export type PanelDraft = ReadonlyMap<string, DraftSeries>

/** Adds a series of a file: what is there already stays, gaps are filled. How many gaps were; undefined if the series is new. */
export function addSeries(
  draft: PanelDraft,
  { asset, kind, prices, source }: Omit<DraftSeries, 'sources'> & { readonly source: string },
): number | undefined {
  const growing = draft as Map<string, DraftSeries>
  const key = `${kind} ${asset}`
  const before = growing.get(key)
  if (before === undefined) {
    growing.set(key, { asset, kind, prices, sources: [source] })
    return undefined
  }
  const { series, filled } = filledFrom(before.prices, prices)
  const isKnown = filled === 0 || before.sources.includes(source)
  const sources = isKnown ? before.sources : [...before.sources, source]
  growing.set(key, { ...before, prices: series, sources })
  return filled
}

/** The panel from the first step to the last that any series has a price at; undefined if none has. */
export function panelOf(draft: PanelDraft, stepMs: number): PricePanel | undefined {
  const drafts = [...draft.values()].sort(byAssetThenKind)
  const spans = drafts.map(({ prices }) => pricedSteps(prices)).filter((span) => span !== undefined)
  if (spans.length === 0) return undefined
  const first = spans.reduce((least, span) => Math.min(least, span.first), Infinity)
  const last = spans.reduce((most, span) => Math.max(most, span.last), -Infinity)
  const count = last - first + 1
  return {
    stepMs,
    times: Array.from({ length: count }, (_, at) => (first + at) * stepMs),
    series: drafts.map((series) => panelSeries(series, { first, count })),
  }
}

function panelSeries(
  { asset, kind, prices, sources }: DraftSeries,
  steps: { readonly first: number; readonly count: number },
): PanelSeries {
  const { close, high, low, volumeUsd } = cutOut(prices, steps)
  return { asset, kind, close, high, low, volumeUsd, sources }
}

function byAssetThenKind(a: DraftSeries, b: DraftSeries): number {
  return compareNames(a.asset, b.asset) || (a.kind === b.kind ? 0 : a.kind === 'spot' ? -1 : 1)
}
