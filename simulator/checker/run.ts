import { applyDecision } from '../../src/core/clearing/apply.ts'
import type { Sequenced } from '../../src/core/clearing/command.ts'
import { decide } from '../../src/core/clearing/decide.ts'
import type { Decision } from '../../src/core/clearing/decision.ts'
import { genesis, type State } from '../../src/core/clearing/state.ts'
import { openBooks } from '../auditor/audit-books.ts'
import { compare } from '../auditor/compare.ts'
import { observe } from '../auditor/observe.ts'
import { createWorkload } from '../workload/generate.ts'
import { conservation, lendersAreCovered, rejectionChangesNothing, reserveIsCovered, zeroSum } from './ledger-checks.ts'
import { liquidationHelps, onlyDebtorsAreLiquidated, othersAreUntouched } from './liquidation-checks.ts'
import { drawsAreServed } from './line-checks.ts'
import { depositHelps, initialMarginKept, marginAgrees } from './margin-checks.ts'
import { adoptingMovesNothing } from './ramp-checks.ts'
import { type Check, type Observed, snapshotOf } from './observed.ts'
import { countOf, type Seen } from './seen.ts'

/** An invariant that did not hold, and where. */
export interface Fault {
  readonly id: CheckId
  readonly text: string
}

/** What a seed did, and every breach of an invariant on the way: none, if all is well. */
export interface Run {
  readonly seed: bigint
  readonly state: State
  readonly commands: readonly Sequenced[]
  readonly decisions: readonly Decision[]
  readonly faults: readonly Fault[]
  readonly seen: Seen
}

const accountant: Check = ({ books, sequenced, decision, after }) => [
  ...observe(books, sequenced, decision),
  ...compare(books, after),
]

const CHECKS = {
  accountant,
  'INV-LEDGER-1': conservation,
  'INV-CONTRACT-2': zeroSum,
  'INV-LENDING-1': lendersAreCovered,
  'INV-LENDING-2': reserveIsCovered,
  'INV-CLEARING-3': initialMarginKept,
  'INV-CLEARING-5': rejectionChangesNothing,
  'INV-MARGIN-1': depositHelps,
  'INV-LINE-1': drawsAreServed,
  'INV-RAMP-1': adoptingMovesNothing,
  'INV-LIQUIDATION-2': liquidationHelps,
  'INV-LIQUIDATION-5': onlyDebtorsAreLiquidated,
  'INV-ISOLATION-1': othersAreUntouched,
  'accountant-margin': marginAgrees,
} as const satisfies Readonly<Record<string, Check>>

/** Ids of the invariants, the accountant's among them. It comes first: the others read its books. */
export type CheckId = keyof typeof CHECKS
export const CHECK_IDS = Object.keys(CHECKS) as readonly CheckId[]

/** Runs a workload and checks every invariant after every command. Stops at the first command that breaks one. */
export function run(seed: bigint, steps: number): Run {
  const state = genesis()
  const books = openBooks()
  const workload = createWorkload(seed)
  const [commands, decisions, faults]: [Sequenced[], Decision[], Fault[]] = [[], [], []]
  const seen: Seen = new Map()
  while (commands.length < steps && faults.length === 0) {
    const sequenced = workload.next(state)
    const before = snapshotOf(state)
    const decision = decide(state, sequenced)
    applyDecision(state, sequenced, decision)
    commands.push(sequenced)
    decisions.push(decision)
    const step: Observed = { sequenced, decision, before, after: state, books }
    const at = `seed ${seed}, ${sequenced.sequence} ${sequenced.envelope.command.type}`
    for (const id of CHECK_IDS) faults.push(...CHECKS[id](step).map((text) => ({ id, text: `${at}: ${text}` })))
    countOf(seen, step)
  }
  return { seed, state, commands, decisions, faults, seen }
}
