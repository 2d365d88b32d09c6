import { below, percent, type Prng } from './prng.ts'

/** What a step of the workload can be. */
export type Kind = keyof typeof WEIGHTS

/** How often each kind is drawn, relative to the others. */
const WEIGHTS = {
  reportPrices: 18,
  crash: 3,
  deposit: 5,
  withdraw: 6,
  transfer: 6,
  setBucketMode: 3,
  setBucketLine: 6,
  trade: 30,
  tradeExpiring: 22,
  tradeSpot: 8,
  placeOrder: 7,
  fillOrder: 6,
  cancelOrder: 2,
  accrueFunding: 4,
  settle: 4,
  accrueInterest: 4,
  fundInsurance: 1,
  writeOffDeficit: 2,
  liquidate: 15,
  setMarketStatus: 2,
  listExpiring: 7,
  expire: 5,
  reportVolatilities: 7,
  reprice: 10,
  adoptEpoch: 3,
  list: 3,
  reviewAsset: 2,
  openAccount: 1,
  upgradeProtocol: 1,
} as const

/** Without these nothing would happen at all. */
const ALWAYS: ReadonlySet<Kind> = new Set(['reportPrices', 'deposit', 'trade', 'liquidate'])

/** What one seed does and does not do: some kinds and faults are switched off, others come out more clearly for it. */
export interface Swarm {
  readonly kinds: readonly Kind[]
  /** Steps in a hundred that are spoiled: unknown names, wrong roles, bad sizes. */
  readonly spoiled: number
  /** Feeds that fall silent for a while. */
  readonly silences: boolean
  /** Prices without confidence, or held by a guard. */
  readonly doubts: boolean
  /** Hours and days that pass at once. */
  readonly leaps: boolean
  /** The first epoch comes with the workload, not before it. */
  readonly lateEpoch: boolean
}

/** Draws in this order: one for each kind that may be off (1 in 6 is), then late epoch, silences, doubts, leaps, spoiled. */
export function drawSwarm(prng: Prng): Swarm {
  const names = Object.keys(WEIGHTS) as Kind[]
  const kept = names.filter((kind) => ALWAYS.has(kind) || below(prng, 6) !== 0)
  const flags = [25, 75, 75, 75].map((chances) => percent(prng, chances))
  const [lateEpoch = false, silences = true, doubts = true, leaps = true] = flags
  return {
    kinds: kept.flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind)),
    spoiled: [0, 8, 25][below(prng, 3)] ?? 0,
    silences,
    doubts,
    leaps,
    lateEpoch: lateEpoch && kept.includes('adoptEpoch'),
  }
}
