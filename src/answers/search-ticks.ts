/** How a stretch of prices is walked: from this share of today's price to the next, in so many equal steps. */
interface Stretch {
  readonly fromMillionths: bigint
  readonly toMillionths: bigint
  readonly steps: bigint
}

const NEAR = 1_000_000n
/** Finest near today's price: 1 % steps to twice the price and down to half, then coarser. */
const STRETCHES: readonly Stretch[] = [
  { fromMillionths: 62_500n, toMillionths: 125_000n, steps: 4n },
  { fromMillionths: 125_000n, toMillionths: 250_000n, steps: 8n },
  { fromMillionths: 250_000n, toMillionths: 500_000n, steps: 16n },
  { fromMillionths: 500_000n, toMillionths: NEAR, steps: 50n },
  { fromMillionths: NEAR, toMillionths: 2_000_000n, steps: 100n },
  { fromMillionths: 2_000_000n, toMillionths: 4_000_000n, steps: 40n },
  { fromMillionths: 4_000_000n, toMillionths: 10_000_000n, steps: 30n },
]

/**
 * Ticks that a search looks at first, ascending and each once: from 1 to the last, those of `STRETCHES` around today's, and below them
 * each half of the one before; of the steps every second where options are repriced, else, as the margin then has few bends, every tenth.
 */
export function searchTicks(
  { now, last }: { readonly now: bigint; readonly last: bigint },
  every: 2n | 10n,
): readonly bigint[] {
  const found = new Set<bigint>([1n, last])
  const take = (tick: bigint) => {
    if (tick >= 1n && tick <= last) found.add(tick)
  }
  for (const { fromMillionths, toMillionths, steps } of STRETCHES) {
    const count = steps < every ? 1n : steps / every
    for (let i = 0n; i <= count; i += 1n)
      take((now * (fromMillionths * count + (toMillionths - fromMillionths) * i)) / (count * NEAR))
  }
  for (let tick = now / 16n; tick > 1n; tick /= 2n) take(tick)
  return [...found].toSorted((a, b) => (a < b ? -1 : 1))
}
