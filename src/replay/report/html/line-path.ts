/** A height per cell, in whole units from the top; undefined is a gap. The first stands at x = 1: a cell is known at its end. */
export type Heights = readonly (number | undefined)[]

interface Segment {
  readonly x: number
  readonly heights: readonly number[]
}

/** SVG path through the heights, one unit of x per cell; it starts anew after a gap. Relative, to be short. */
export function linePath(heights: Heights): string {
  return segmentsOf(heights).map(openPath).join('')
}

/** The same path closed along the bottom. */
export function areaPath(heights: Heights, bottom: number): string {
  return segmentsOf(heights)
    .map((segment) => `${openPath(segment)}V${bottom}H${segment.x}z`)
    .join('')
}

/** Bars from a base line, one per cell, a fifth of each left free; `sign` is 1 for bars that hang. Empty cells have none. */
export function barPath(lengths: readonly number[], base: number, sign: 1 | -1): string {
  return lengths.map((length, i) => (length === 0 ? '' : `M${i}.1 ${base}v${sign * length}h.8V${base}z`)).join('')
}

function segmentsOf(heights: Heights): readonly Segment[] {
  const segments: Segment[] = []
  let current: number[] | undefined
  for (const [i, height] of heights.entries()) {
    if (height === undefined) {
      current = undefined
    } else if (current === undefined) {
      current = [height]
      segments.push({ x: i + 1, heights: current })
    } else {
      current.push(height)
    }
  }
  return segments
}

/** A segment of one point is a line of no length: a round cap makes it a dot. */
function openPath({ x, heights }: Segment): string {
  const [first = 0, ...rest] = heights
  let previous = first
  let path = `M${x} ${first}`
  if (rest.length === 0) return `${path}h0`
  path += 'l'
  for (const [i, height] of rest.entries()) {
    const fall = height - previous
    path += `${i === 0 ? '' : ' '}1${fall < 0 ? fall : ` ${fall}`}`
    previous = height
  }
  return path
}
