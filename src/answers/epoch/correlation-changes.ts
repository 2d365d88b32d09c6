import type { FactorRow } from '../../estimate/epoch/section.ts'
import type { CorrelationChange, CorrelationChanges } from '../../wire/epoch-report.ts'
import type { PublishedSection } from './open-epoch.ts'

/** Everybody asks for the pairs with these. */
const ANCHORS = ['BTC', 'ETH']
/** An epoch of hundreds of factors has tens of thousands of pairs; all of them follow from the loadings. */
const MOST_OTHERS = 100

interface Pair extends CorrelationChange {
  readonly isAnchored: boolean
}

/** Pairs whose correlation is another, of factors that earn an offset in both epochs: largest change first. */
export function correlationChanges(
  before: PublishedSection | undefined,
  after: PublishedSection | undefined,
): CorrelationChanges {
  const [old, now] = [offsetting(before), offsetting(after)]
  const ids = [...old.keys()].filter((id) => now.has(id))
  const changed = ids
    .flatMap((first, i) => ids.slice(i + 1).map((second) => pairOf(first, second, old, now)))
    .filter((pair) => pair.before !== pair.after)
    .toSorted(bySize)
  const others = changed.filter(({ isAnchored }) => !isAnchored).slice(0, MOST_OTHERS)
  const shown = [...changed.filter(({ isAnchored }) => isAnchored), ...others].toSorted(bySize)
  const pairs = shown.map(({ isAnchored: _anchored, ...pair }) => pair)
  return { compared: (ids.length * (ids.length - 1)) / 2, changed: changed.length, pairs }
}

type Factors = ReadonlyMap<string, FactorRow>

function offsetting(section: PublishedSection | undefined): Factors {
  return new Map(Object.entries(section?.factors ?? {}).filter(([, { earnsOffset }]) => earnsOffset))
}

function pairOf(first: string, second: string, old: Factors, now: Factors): Pair {
  const isAnchored = ANCHORS.includes(first) || ANCHORS.includes(second)
  return { first, second, before: correlation(old, first, second), after: correlation(now, first, second), isAnchored }
}

/** To six places: the products of four pairs of whole ppm are exact until then. */
function correlation(factors: Factors, first: string, second: string): number {
  const [a, b] = [factors.get(first)?.loadingsPpm ?? [], factors.get(second)?.loadingsPpm ?? []]
  const sum = a.reduce((total, one, j) => total + one * (b[j] ?? 0), 0)
  return Math.round(sum / 1e6) / 1e6 + 0
}

function bySize(a: Pair, b: Pair): number {
  const size = ({ before, after }: Pair) => Math.round(Math.abs(after - before) * 1e6)
  return size(b) - size(a) || compare(`${a.first} ${a.second}`, `${b.first} ${b.second}`)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
