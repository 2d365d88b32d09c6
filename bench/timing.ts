/** Seconds a piece of work takes. */
export function timed(run: () => unknown): number {
  const started = performance.now()
  run()
  return (performance.now() - started) / 1_000
}

/** The middle of some figures; the upper middle of an even number of them. */
export function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN
}
