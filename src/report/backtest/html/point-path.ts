/** A place in a picture, in its own units from the top left. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Units a line may be off, two to a pixel: a path with fewer points looks the same. */
const TOLERANCE = 1.2

/** A path from point to point, in whole units, without the points that nobody would see. */
export function pointPath(points: readonly Point[]): string {
  const [first, ...rest] = simplified(points).map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
  if (first === undefined) return ''
  let [{ x, y }, path] = [first, `M${first.x} ${first.y}`]
  for (const [i, point] of rest.entries()) {
    const [across, fall] = [point.x - x, point.y - y]
    path += `${i === 0 ? 'l' : across < 0 ? '' : ' '}${across}${fall < 0 ? fall : ` ${fall}`}`
    ;({ x, y } = point)
  }
  return rest.length === 0 ? `${path}h0` : path
}

/** Levels that hold until the next point, as steps: what was charged in a window holds through it. */
export function stepPath(points: readonly Point[], end: number): string {
  let path = ''
  let level = 0
  for (const point of points) {
    const [x, y] = [Math.round(point.x), Math.round(point.y)]
    if (path === '') path = `M${x} ${y}`
    else if (y !== level) path += `H${x}v${y - level}`
    level = y
  }
  return path === '' ? '' : `${path}H${Math.round(end)}`
}

/** Douglas and Peucker: a stretch whose points all lie near its chord is drawn as the chord. Distances are vertical. */
function simplified(points: readonly Point[]): readonly Point[] {
  const kept = new Set<Point>([...points.slice(0, 1), ...points.slice(-1)])
  const stretches: [number, number][] = [[0, points.length - 1]]
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [from, to] = stretch
    const farthest = farthestFromChord(points, from, to)
    if (farthest === undefined) continue
    const point = points[farthest]
    if (point !== undefined) kept.add(point)
    stretches.push([from, farthest], [farthest, to])
  }
  return points.filter((point) => kept.has(point))
}

function farthestFromChord(points: readonly Point[], from: number, to: number): number | undefined {
  const [start, end] = [points[from], points[to]]
  if (start === undefined || end === undefined) return undefined
  let [farthest, most]: [number | undefined, number] = [undefined, TOLERANCE]
  for (let i = from + 1; i < to; i += 1) {
    const point = points[i] ?? start
    const onChord = start.y + ((end.y - start.y) * (point.x - start.x)) / (end.x - start.x)
    const distance = Math.abs(point.y - onChord)
    if (distance > most) [farthest, most] = [i, distance]
  }
  return farthest
}
