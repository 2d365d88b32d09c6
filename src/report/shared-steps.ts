/**
 * Figures in whole steps that add up to a total of steps: each is rounded down, and the steps missing to the total go to those that
 * lost most by it (then the first). They are fewer than the figures, save for a total that was itself rounded up: then one more.
 */
export function sharedSteps(
  parts: readonly bigint[],
  { total, step }: { readonly total: bigint; readonly step: bigint },
): readonly bigint[] {
  const figures = parts.map((part) => {
    const steps = floored(part, step)
    return { steps, lost: part - steps * step }
  })
  let missing = total - figures.reduce((sum, { steps }) => sum + steps, 0n)
  for (const figure of figures.toSorted((a, b) => (a.lost > b.lost ? -1 : a.lost < b.lost ? 1 : 0))) {
    if (missing <= 0n) break
    figure.steps += 1n
    missing -= 1n
  }
  return figures.map(({ steps }) => steps)
}

function floored(part: bigint, step: bigint): bigint {
  const whole = part / step
  return part < whole * step ? whole - 1n : whole
}
