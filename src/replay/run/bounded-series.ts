/** Points of a picture, however long the run: past a limit every second one goes, and from then on every second comes. */
export interface BoundedSeries<Point> {
  add(point: Point): void
  readonly points: readonly Point[]
}

export function boundedSeries<Point>(limit: number): BoundedSeries<Point> {
  let points: Point[] = []
  let stride = 1
  let seen = 0
  return {
    add: (point) => {
      if (seen % stride === 0) points.push(point)
      seen += 1
      if (points.length <= limit) return
      points = points.filter((_, i) => i % 2 === 0)
      stride *= 2
    },
    get points() {
      return points
    },
  }
}
