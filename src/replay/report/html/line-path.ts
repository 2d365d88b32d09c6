import { type Point, simplifiedPoints } from '../../../report/html/simplified-points.ts'

/** A height per cell, in whole units from the top; undefined is a gap. The first stands at x = 1: a cell is known at its end. */
export type Heights = readonly (number | undefined)[]

/** Units a line may be off, two to a pixel. A path with fewer points looks the same and is a third as long. */
const TOLERANCE = 1.5

/** SVG path through the heights, one unit of x per cell; it starts anew after a gap. */
export function linePath(heights: Heights): string {
  return segmentsOf(heights).map(openPath).join('')
}

/** The same path closed along the bottom. */
export function areaPath(heights: Heights, bottom: number): string {
  return segmentsOf(heights)
    .map((points) => `${openPath(points)}V${bottom}H${points[0]?.x ?? 0}z`)
    .join('')
}

/** Strokes from a base line, one in the middle of each cell; `sign` is 1 for those that hang. Empty cells have none. */
export function barPath(lengths: readonly number[], base: number, sign: 1 | -1): string {
  return lengths.map((length, i) => (length === 0 ? '' : `M${i}.5 ${base}v${sign * length}`)).join('')
}

function segmentsOf(heights: Heights): readonly (readonly Point[])[] {
  const segments: Point[][] = []
  for (const [i, y] of heights.entries()) {
    if (y === undefined) continue
    const point = { x: i + 1, y }
    if (i > 0 && heights[i - 1] !== undefined) segments.at(-1)?.push(point)
    else segments.push([point])
  }
  return segments
}

/** Relative, to be short. A segment of one point is a line of no length: a round cap makes it a dot. */
function openPath(points: readonly Point[]): string {
  const [first, ...rest] = simplifiedPoints(points, TOLERANCE)
  if (first === undefined) return ''
  let [{ x, y }, path] = [first, '']
  for (const point of rest) {
    const fall = point.y - y
    path += `${path === '' ? 'l' : ' '}${point.x - x}${fall < 0 ? fall : ` ${fall}`}`
    ;({ x, y } = point)
  }
  return `M${first.x} ${first.y}${path === '' ? 'h0' : path}`
}
