import type { BookHistory } from './walk-forward.ts'

/** The windows of one book that count, by their place in the walk. */
export interface Outcomes {
  /** Places of the windows in which it was charged and its loss is known. */
  readonly counted: readonly number[]
  /** Of those, by their place among the counted, where the loss was larger than the margin. */
  readonly exceeded: readonly number[]
}

/** Where a book lost more than it was charged; `isIn` chooses the windows. */
export function outcomesOf(
  { margin, loss }: Pick<BookHistory, 'margin' | 'loss'>,
  isIn: (window: number) => boolean = () => true,
): Outcomes {
  const counted: number[] = []
  const exceeded: number[] = []
  for (let window = 0; window < margin.length; window += 1) {
    const charged = margin[window] ?? Number.NaN
    const lost = loss[window] ?? Number.NaN
    if (Number.isNaN(charged) || Number.isNaN(lost) || !isIn(window)) continue
    if (lost > charged) exceeded.push(counted.length)
    counted.push(window)
  }
  return { counted, exceeded }
}
