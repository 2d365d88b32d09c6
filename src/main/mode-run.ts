import { add, isZero } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { valueDown } from '../core/quantity/product.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import { indexPrice } from '../core/market/listing.ts'
import type { LedgerColumn } from '../core/ledger/asset-ledger.ts'
import { recountAssets, recountContracts } from '../core/clearing/recount.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'
import { readJournal } from '../journal/read-journal.ts'
import { verifyJournal } from '../journal/redecide.ts'
import { createJournal } from '../journal/sqlite-journal.ts'
import type { ModeRun } from '../replay/report/replay-report.ts'
import { type ModeOptions, type ModeOutcome, runMode } from '../replay/run/run-mode.ts'
import { worstAccounts } from '../replay/run/tally.ts'
import { derivationsBefore } from './derivations.ts'

export interface JournaledRun {
  readonly run: Omit<ModeOptions, 'journal'>
  /** Path of the journal: a new file. */
  readonly path: string
  /** Whether to re-decide the finished journal: it takes as long again as deciding did. */
  readonly verify: boolean
  /** Told how many of the journal's rows are decided again, of how many. */
  readonly onVerified: (done: number, total: number) => void
}

const WORST_ACCOUNTS = 12

/** Replays a tape in one mode with a journal on disk, and says what there is to say of it. Throws Error if an account could not open. */
export async function runJournaled({ run: options, path, verify, onVerified }: JournaledRun) {
  const journal = createJournal(path)
  const outcome = await runMode({ ...options, journal })
  const { state, refused, tally, seconds } = outcome
  if (refused.length > 0)
    throw new Error(`the clearinghouse refused ${refused.length} opening commands: ${refused[0]?.reason}`)
  const stateHash = journal.sealHash(state)
  journal.close()
  const worst = worstAccounts(tally, WORST_ACCOUNTS)
  const sequences = worst.map(({ first }) => first.sequence)
  const derivations = verify ? verified(path, sequences, (done) => onVerified(done, state.sequence)) : undefined
  const run: ModeRun = {
    ...sumsOf(outcome),
    mode: options.mode,
    commands: state.sequence,
    seconds,
    commandsPerSecond: Math.round(state.sequence / seconds),
    journal: path,
    stateHash,
    verified: derivations !== undefined,
    kinds: kindsOf(outcome),
    timeline: outcome.timeline,
    worst: worst.map((liquidated) => {
      const label = outcome.population.drawn.find(({ id }) => id === liquidated.account)?.kind.label ?? 'unknown'
      const { bucket, time, sequence, netLiquidationValue, maintenanceMargin } = liquidated.first
      return {
        account: liquidated.account,
        bucket,
        label,
        time,
        sequence,
        netLiquidationValue: formatDecimal18(netLiquidationValue),
        maintenanceMargin: formatDecimal18(maintenanceMargin),
        derivation: derivations?.get(sequence) ?? [],
        closed: formatDecimal18(liquidated.closed),
        penalty: formatDecimal18(liquidated.penalty),
        unpaid: formatDecimal18(liquidated.unpaid),
      }
    }),
  }
  return { outcome, run }
}

/** Re-decides a journal from its first row; on the way derives the requirement each of these rows liquidated on. */
function verified(path: string, sequences: readonly number[], onRow: (done: number) => void) {
  const reader = readJournal(path)
  try {
    const { derivations, beforeRow } = derivationsBefore(new Set(sequences))
    verifyJournal(reader, {
      beforeRow: (state, row) => {
        beforeRow(state, row)
        onRow(row.sequence)
      },
    })
    return derivations
  } finally {
    reader.close()
  }
}

function sumsOf({ state, tally, insuranceAtStart, marketProfit }: ModeOutcome) {
  const assets = recountAssets(state)
  const ok =
    assets.every(({ difference }) => isZero(difference)) && recountContracts(state).every(({ balanced }) => balanced)
  const sums = tally.sums()
  const netSets = [...tally.accounts.values()].reduce((sum, { buckets }) => sum + buckets.size, 0)
  return {
    liquidated: tally.accounts.size,
    nettingSetsLiquidated: netSets,
    liquidations: sums.liquidations,
    notionalClosed: formatDecimal18(sums.notionalClosed),
    penalties: formatDecimal18(sums.penalties),
    insuranceAtStart: formatDecimal18(insuranceAtStart),
    insuranceDrawn: formatDecimal18(sums.insuranceDrawn),
    insuranceAtEnd: formatDecimal18(columnWorth(state, 'insuranceFund')),
    deficit: formatDecimal18(sums.deficit),
    marketProfit: formatDecimal18(marketProfit),
    feesEarned: formatDecimal18(columnWorth(state, 'fees')),
    conservation: {
      ok,
      assets: assets.map(({ asset, custody, difference }) => ({
        asset,
        custody: formatDecimal18(custody),
        difference: formatDecimal18(difference),
      })),
    },
  }
}

function columnWorth(state: ReadonlyState, column: LedgerColumn): Value {
  let total = NO_VALUE
  for (const [asset, { ledger }] of state.assetBooks.entries()) {
    const price = indexPrice(state, asset)
    if (price !== undefined) total = add(total, valueDown(ledger[column], price))
  }
  return total
}

function kindsOf({ population, tally }: ModeOutcome): ModeRun['kinds'] {
  const kinds = new Map<string, { kind: string; label: string; accounts: number; liquidated: number }>()
  for (const { id, kind } of population.drawn) {
    const row = kinds.get(kind.id) ?? { kind: kind.id, label: kind.label, accounts: 0, liquidated: 0 }
    const liquidated = row.liquidated + (tally.accounts.has(id) ? 1 : 0)
    kinds.set(kind.id, { ...row, accounts: row.accounts + 1, liquidated })
  }
  return [...kinds.values()].sort((a, b) => b.accounts - a.accounts || (a.kind < b.kind ? -1 : 1))
}
