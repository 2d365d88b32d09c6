import { type Point, simplifiedPoints } from '../../html/simplified-points.ts'

/** Units a line may be off, two to a pixel: a path with fewer points looks the same. */
const TOLERANCE = 1.2

/** A path from point to point, in whole units, without the points that nobody would see. */
export function pointPath(points: readonly Point[]): string {
  const [first, ...rest] = simplifiedPoints(points, TOLERANCE).map(({ x, y }) => ({
    x: Math.round(x),
    y: Math.round(y),
  }))
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
