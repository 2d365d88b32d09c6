/** Figures kept in ascending order while they come in. */
export interface SortedFigures {
  readonly count: number
  readonly figures: Float64Array
}

export const NO_FIGURES: SortedFigures = { count: 0, figures: new Float64Array(0) }

/** With one more figure. The array given is used further: only the result counts from then on. */
export function withFigure({ count, figures }: SortedFigures, figure: number): SortedFigures {
  const room = count < figures.length ? figures : grown(figures)
  const at = placeOf(room, count, figure)
  room.copyWithin(at + 1, at, count)
  room[at] = figure
  return { count: count + 1, figures: room }
}

/** With many more figures, in any order; all of them in one pass. The array given is used further, as in `withFigure`. */
export function withFigures({ count, figures }: SortedFigures, more: readonly number[]): SortedFigures {
  const total = count + more.length
  let room = figures
  while (room.length < total) room = grown(room)
  const coming = Float64Array.from(more).sort()
  // From the end, where there is room: what is there already moves at most once.
  let [there, left] = [count - 1, coming.length - 1]
  for (let to = total - 1; left >= 0; to -= 1) {
    const [old, next] = [there >= 0 ? (room[there] ?? 0) : -Infinity, coming[left] ?? 0]
    if (old > next) {
      room[to] = old
      there -= 1
    } else {
      room[to] = next
      left -= 1
    }
  }
  return { count: total, figures: room }
}

/**
 * The smallest figure that at least this share of all is not above: the upper empirical quantile, against the member. NaN of
 * nothing. (Hyndman and Fan 1996, definition 1.)
 */
export function upperQuantile({ count, figures }: SortedFigures, share: number): number {
  // A product such as 0.995 * 1000 may come out a last digit above the whole number it is.
  const rank = Math.ceil(share * count - 1e-9)
  return figures[Math.min(count, Math.max(1, rank)) - 1] ?? Number.NaN
}

function placeOf(figures: Float64Array, count: number, figure: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((figures[middle] ?? 0) <= figure) low = middle + 1
    else high = middle
  }
  return low
}

function grown(figures: Float64Array): Float64Array {
  const room = new Float64Array(Math.max(64, figures.length * 2))
  room.set(figures)
  return room
}
