/** Longer names than any of ours are not compared: the work grows with the square. */
const LONGEST = 64

/** The known name that a slip of the fingers may have meant, the first of the nearest; undefined if none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  return nearest(name, known, Math.max(1, Math.floor(name.length / 3)))
}

/**
 * The known ticker that a name may have meant: a letter too many or too few, two swapped, or other capitals. Not another letter:
 * USDT is no slip for USDC.
 */
export function nearestTicker(name: string, known: Iterable<string>): string | undefined {
  return nearest(name, known, 1)
}

function nearest(name: string, known: Iterable<string>, limit: number): string | undefined {
  if (name.length > LONGEST) return undefined
  let best: string | undefined
  let least = limit + 1
  for (const candidate of known) {
    if (candidate === name || candidate.length > LONGEST) continue
    const distance = slips(name.toLowerCase(), candidate.toLowerCase())
    if (distance >= least) continue
    best = candidate
    least = distance
  }
  return best
}

/** Letters added, left out or swapped with their neighbour: one each. Another letter is one left out and one added. */
function slips(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const choices = [(last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1]
      if (isSame) choices.push(last[column - 1] ?? 0)
      if (isSwapped) choices.push((before[column - 2] ?? 0) + 1)
      current.push(Math.min(...choices))
    }
    before = last
    last = current
  }
  return last[b.length] ?? 0
}
