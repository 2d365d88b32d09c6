/** Points of a picture, however long the run: past a limit neighbours are merged, and from then on as many at a time. */
export interface BoundedSeries<Point> {
  add(point: Point): void
  readonly points: readonly Point[]
}

/** `merge` makes one point of two neighbours, so that what adds up over all points still does. */
export function boundedSeries<Point>(
  limit: number,
  merge: (earlier: Point, later: Point) => Point,
): BoundedSeries<Point> {
  let points: Point[] = []
  let perPoint = 1
  let inLast = 0
  return {
    add: (point) => {
      const last = points.at(-1)
      if (last !== undefined && inLast < perPoint) {
        points[points.length - 1] = merge(last, point)
        inLast += 1
        return
      }
      points.push(point)
      inLast = 1
      if (points.length <= limit) return
      points = pairs(points, merge)
      perPoint *= 2
      // The one point left over when their number is odd holds half as much as the others will.
      inLast = limit % 2 === 0 ? 1 : perPoint
    },
    get points() {
      return points
    },
  }
}

function pairs<Point>(points: readonly Point[], merge: (earlier: Point, later: Point) => Point): Point[] {
  return points.flatMap((point, i) => {
    if (i % 2 === 1) return []
    const next = points[i + 1]
    return [next === undefined ? point : merge(point, next)]
  })
}
