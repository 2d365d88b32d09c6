import { RULES } from './rules.ts'

/** The last windows, each a row of all factors: log returns in charged standard deviations of their own time. */
export interface JointWindows {
  readonly size: number
  /** Rows in a ring; NaN where a factor had no return. */
  readonly own: Float64Array
  /** The same with gaps filled from donors; 0 where there is none. */
  readonly filled: Float64Array
  /** Rows kept so far, at most `RULES.windows`. */
  count: number
  /** Where the next row goes. */
  next: number
  donors: readonly (readonly number[])[]
}

export function jointWindows(size: number): JointWindows {
  const rows = () => new Float64Array(RULES.windows * size)
  return { size, own: rows(), filled: rows(), count: 0, next: 0, donors: [] }
}

/** Keeps one more row in place of the oldest. Changes the windows. */
export function keepWindow(windows: JointWindows, row: Float64Array): void {
  windows.own.set(row, windows.next * windows.size)
  fillRow(windows, windows.next)
  windows.next = (windows.next + 1) % RULES.windows
  windows.count = Math.min(RULES.windows, windows.count + 1)
}

/** Fills the gaps of every factor that has other donors than before, from the first of them that was there. Changes the windows. */
export function refill(windows: JointWindows, donors: readonly (readonly number[])[]): void {
  const before = windows.donors
  windows.donors = donors
  for (let i = 0; i < windows.size; i += 1) if (donors[i] !== before[i]) fillColumn(windows, i)
}

/** Forgets what a factor had itself: what comes back under its name is another asset. Changes the windows. */
export function emptyColumn(windows: JointWindows, factor: number): void {
  for (let row = 0; row < windows.count; row += 1) {
    windows.own[row * windows.size + factor] = Number.NaN
    fillRow(windows, row)
  }
}

function fillRow(windows: JointWindows, row: number): void {
  for (let i = 0; i < windows.size; i += 1) fill(windows, row, i)
}

function fillColumn(windows: JointWindows, factor: number): void {
  for (let row = 0; row < windows.count; row += 1) fill(windows, row, factor)
}

function fill({ size, own, filled, donors }: JointWindows, row: number, factor: number): void {
  const from = row * size
  const gained = own[from + factor] ?? Number.NaN
  filled[from + factor] = Number.isNaN(gained) ? donated(own, from, donors[factor]) : gained
}

function donated(own: Float64Array, from: number, donors: readonly number[] = []): number {
  for (const donor of donors) {
    const gained = own[from + donor] ?? Number.NaN
    if (!Number.isNaN(gained)) return gained
  }
  return 0
}
