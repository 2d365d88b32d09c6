/** A place in a picture, in its own units from the top left. */
export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Points without those that nobody would see (Douglas and Peucker): a stretch whose points all lie within `tolerance` of its chord is
 * drawn as the chord. Distances are vertical.
 */
export function simplifiedPoints(points: readonly Point[], tolerance: number): readonly Point[] {
  const kept = new Set<Point>([...points.slice(0, 1), ...points.slice(-1)])
  const stretches: [number, number][] = [[0, points.length - 1]]
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch
    const farthest = farthestFromChord(points, { from, to, tolerance })
    if (farthest === undefined) continue
    const point = points[farthest]
    if (point !== undefined) kept.add(point)
    stretches.push([from, farthest], [farthest, to])
  }
  return points.filter((point) => kept.has(point))
}

function farthestFromChord(
  points: readonly Point[],
  { from, to, tolerance }: { readonly from: number; readonly to: number; readonly tolerance: number },
): number | undefined {
  const [start, end] = [points[from], points[to]]
  if (start === undefined || end === undefined) return undefined
  let [farthest, most]: [number | undefined, number] = [undefined, tolerance]
  for (let i = from + 1; i < to; i += 1) {
    const point = points[i] ?? start
    const onChord = start.y + ((end.y - start.y) * (point.x - start.x)) / (end.x - start.x)
    const distance = Math.abs(point.y - onChord)
    if (distance > most) [farthest, most] = [i, distance]
  }
  return farthest
}
