import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { add, isLess, isZero } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { valueDown } from '../core/quantity/product.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { AccountId } from '../core/instrument/identifier.ts'
import { indexPrice } from '../core/market/listing.ts'
import type { LedgerColumn } from '../core/ledger/asset-ledger.ts'
import { recountAssets, recountContracts } from '../core/clearing/recount.ts'
import type { ReadonlyState } from '../core/clearing/state.ts'
import { readJournal } from '../journal/read-journal.ts'
import { verifyJournal } from '../journal/redecide.ts'
import { createJournal } from '../journal/sqlite-journal.ts'
import type { Comparison, Mode, ModeRun, ReplayReport } from '../replay/report/replay-report.ts'
import { type ModeOutcome, runMode } from '../replay/run/run-mode.ts'
import { type Survey, surveyTape } from '../replay/run/survey.ts'
import { worstAccounts } from '../replay/run/tally.ts'
import type { Tape } from '../replay/tape/bar.ts'
import { findTape } from '../replay/tape/find-tape.ts'
import { derivationsBefore } from './derivations.ts'
import { ENGINE_VERSION, PROJECT_ROOT } from './project.ts'

/** What to replay. */
export interface ReplayRequest {
  readonly tape: string
  readonly accounts: number
  readonly seed: number
  readonly model: string
  /** Undefined: both, and compared. */
  readonly mode: Mode | undefined
  /** The first run's journal; a second one's is named after its mode. Undefined: a file under `out/`, replaced each time. */
  readonly journal: string | undefined
  /** Whether to re-decide the finished journal: it takes as long again as deciding did. */
  readonly verify: boolean
}

/** Told how far a stage has come. */
export type OnProgress = (stage: string, done: number, total: number) => void

const WORST_ACCOUNTS = 12
const WORSE_EXAMPLES = 5

/** Folder for what a replay makes when it is not told where. */
export const OUTPUT_FOLDER = 'out'

/** Replays a tape in one or both modes, every command through a journal on disk, and says all there is to say of it. */
export async function replayJob(request: ReplayRequest, onProgress: OnProgress): Promise<ReplayReport> {
  const tape = await findTape(request.tape, join(PROJECT_ROOT, 'scenarios'))
  const survey = await surveyTape(request.tape, tape)
  const modes: readonly Mode[] = request.mode === undefined ? ['cross', 'isolated'] : [request.mode]
  const runs: { readonly outcome: ModeOutcome; readonly run: ModeRun }[] = []
  for (const mode of modes)
    runs.push(await runOnce(request, { tape, survey, mode, isFirst: mode === modes[0] }, onProgress))
  const [first, second] = runs
  if (first === undefined) throw new RangeError('a replay has at least one mode')
  const { population, venue } = first.outcome
  return {
    tape: survey.summary,
    seed: request.seed,
    model: request.model,
    epoch: venue.epoch.id,
    accounts: request.accounts,
    leftOut: population.leftOut.map(({ kind, reason }) => ({ label: kind.label, reason })),
    runs: runs.map(({ run }) => run),
    comparison: second === undefined ? undefined : compare(first.outcome, second.outcome),
    prices: survey.prices,
    engineVersion: ENGINE_VERSION,
  }
}

interface RunPlan {
  readonly tape: Tape
  readonly survey: Survey
  readonly mode: Mode
  readonly isFirst: boolean
}

async function runOnce(request: ReplayRequest, { tape, survey, mode, isFirst }: RunPlan, onProgress: OnProgress) {
  const path = journalPath(request.journal, mode, isFirst)
  const journal = createJournal(path)
  const { accounts, seed, model } = request
  const measureCapital = request.mode === undefined
  const onBar = (done: number) => onProgress(mode, done, survey.steps)
  const outcome = await runMode({ tape, accounts, seed, model, mode, journal, measureCapital, onBar })
  if (outcome.refused.length > 0)
    throw new Error(
      `the clearinghouse refused ${outcome.refused.length} opening commands: ${outcome.refused[0]?.reason}`,
    )
  const stateHash = journal.sealHash(outcome.state)
  journal.close()
  const worst = worstAccounts(outcome.tally, WORST_ACCOUNTS)
  const derivations = request.verify
    ? verified(
        path,
        worst.map(({ first }) => first.sequence),
        (done) => onProgress(`${mode}, verifying`, done, outcome.state.sequence),
      )
    : undefined
  const run: ModeRun = {
    ...sumsOf(outcome),
    mode,
    commands: outcome.state.sequence,
    seconds: outcome.seconds,
    commandsPerSecond: Math.round(outcome.state.sequence / outcome.seconds),
    journal: path,
    stateHash,
    verified: derivations !== undefined,
    kinds: kindsOf(outcome),
    timeline: outcome.timeline,
    worst: worst.map((tally) => {
      const label = outcome.population.drawn.find(({ id }) => id === tally.account)?.kind.label ?? 'unknown'
      const { bucket, time, sequence, netLiquidationValue, maintenanceMargin } = tally.first
      return {
        account: tally.account,
        bucket,
        label,
        time,
        sequence,
        netLiquidationValue: formatDecimal18(netLiquidationValue),
        maintenanceMargin: formatDecimal18(maintenanceMargin),
        derivation: derivations?.get(sequence) ?? [],
        closed: formatDecimal18(tally.closed),
        penalty: formatDecimal18(tally.penalty),
        unpaid: formatDecimal18(tally.unpaid),
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

function compare(cross: ModeOutcome, isolated: ModeOutcome): Comparison {
  const valueIn = ({ finalValues }: ModeOutcome, id: AccountId): Value => finalValues.get(id) ?? NO_VALUE
  const worse = cross.population.drawn
    .map(({ id, kind }) => ({ id, kind, cross: valueIn(cross, id), isolated: valueIn(isolated, id) }))
    .filter((pair) => isLess(pair.cross, pair.isolated))
    .sort((a, b) => (a.isolated - a.cross > b.isolated - b.cross ? -1 : 1))
  return {
    capitalRequired: {
      cross: formatDecimal18(cross.capitalRequired ?? NO_VALUE),
      isolated: formatDecimal18(isolated.capitalRequired ?? NO_VALUE),
    },
    worseUnderCross: {
      accounts: worse.length,
      examples: worse.slice(0, WORSE_EXAMPLES).map((pair) => ({
        account: pair.id,
        label: pair.kind.label,
        cross: formatDecimal18(pair.cross),
        isolated: formatDecimal18(pair.isolated),
      })),
    },
  }
}

/** A named journal must be new; the unnamed one under `out/` is the last replay's and makes way. */
function journalPath(named: string | undefined, mode: Mode, isFirst: boolean): string {
  if (named !== undefined) return isFirst ? named : `${named.replace(/\.db$/, '')}-${mode}.db`
  const path = join(OUTPUT_FOLDER, isFirst ? 'journal.db' : `journal-${mode}.db`)
  mkdirSync(dirname(path), { recursive: true })
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  return path
}
