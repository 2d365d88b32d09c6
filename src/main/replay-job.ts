import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isLess } from '../core/quantity/arithmetic.ts'
import { formatDecimal18 } from '../core/quantity/decimal.ts'
import { NO_VALUE, type Value } from '../core/quantity/value.ts'
import type { AccountId } from '../core/instrument/identifier.ts'
import type { Epoch } from '../core/market/epoch.ts'
import type {
  CapitalRequired,
  Comparison,
  Mode,
  ModeRun,
  OtherModel,
  ReplayReport,
} from '../replay/report/replay-report.ts'
import { type FittedPopulation, fitPopulation } from '../replay/run/fit-population.ts'
import type { ModeOutcome } from '../replay/run/run-mode.ts'
import { type Survey, surveyTape } from '../replay/run/survey.ts'
import type { Tape } from '../replay/tape/bar.ts'
import { findTape } from '../replay/tape/find-tape.ts'
import { readHouseEpoch } from './house-epoch.ts'
import { runJournaled } from './mode-run.ts'
import { ENGINE_VERSION, PROJECT_ROOT } from './project.ts'

/** What to replay. */
export interface ReplayRequest {
  readonly tape: string
  readonly accounts: number
  readonly seed: number
  readonly model: string
  /** Undefined: both, and compared. */
  readonly mode: Mode | undefined
  /** The first run's journal; those of others are named after their mode and model. Undefined: files under `out/`, replaced each time. */
  readonly journal: string | undefined
  /** Whether to re-decide the finished journals: it takes as long again as deciding did. */
  readonly verify: boolean
}

/** Told how far a stage has come. */
export type OnProgress = (stage: string, done: number, total: number) => void

const WORSE_EXAMPLES = 5

/** Folder for what a replay makes when it is not told where. */
export const OUTPUT_FOLDER = 'out'

/** The model whose figures need no document of their own: every other is compared with it. */
const STANDARD = 'standard'

/**
 * Replays a tape in one or both modes, every command through a journal on disk, and says all there is to say of it. Under a model other
 * than `standard` the population is fitted to both, and the same accounts go through `standard` as well.
 */
export async function replayJob(request: ReplayRequest, onProgress: OnProgress): Promise<ReplayReport> {
  const tape = await findTape(request.tape, join(PROJECT_ROOT, 'scenarios'))
  const survey = await surveyTape(request.tape, tape)
  const house = request.model === STANDARD ? undefined : readHouseEpoch()
  const sections: Epoch['sections'] = house === undefined ? {} : { [request.model]: house.section }
  const fitted = house === undefined ? undefined : await fit(request, tape, sections, onProgress)
  const scene = { tape, survey, sections, fitted }
  const [first, second] = await runModes(request, request.model, scene, onProgress)
  const others = house === undefined ? undefined : await runModes(request, STANDARD, scene, onProgress)
  if (first === undefined) throw new RangeError('a replay has at least one mode')
  const { population, venue } = first.outcome
  return {
    tape: survey.summary,
    seed: request.seed,
    model: request.model,
    epoch: venue.epoch.id,
    figures: house === undefined ? undefined : { document: house.id, source: house.source },
    accounts: request.accounts,
    leftOut: population.leftOut.map(({ kind, reason }) => ({ label: kind.label, reason })),
    runs: [first, second].flatMap((made) => (made === undefined ? [] : [made.run])),
    comparison: second === undefined ? undefined : compare(first.outcome, second.outcome),
    otherModel: others === undefined || fitted === undefined ? undefined : otherModel(others, fitted),
    prices: survey.prices,
    engineVersion: ENGINE_VERSION,
  }
}

interface Scene {
  readonly tape: Tape
  readonly survey: Survey
  readonly sections: Epoch['sections']
  readonly fitted: FittedPopulation | undefined
}

interface Made {
  readonly outcome: ModeOutcome
  readonly run: ModeRun
}

function fit(
  { accounts, seed, model }: ReplayRequest,
  tape: Tape,
  sections: Epoch['sections'],
  onProgress: OnProgress,
): Promise<FittedPopulation> {
  const onAccount = (done: number) => onProgress('sizing accounts', done, accounts)
  return fitPopulation(tape, { accounts, seed, models: [model, STANDARD], sections, onAccount })
}

/** One run, or cross and isolated. */
async function runModes(
  request: ReplayRequest,
  model: string,
  { tape, survey, sections, fitted }: Scene,
  onProgress: OnProgress,
): Promise<readonly Made[]> {
  const { accounts, seed, verify } = request
  const modes: readonly Mode[] = request.mode === undefined ? ['cross', 'isolated'] : [request.mode]
  const made: Made[] = []
  for (const mode of modes) {
    const stage = model === request.model ? mode : `${model} ${mode}`
    const openings = fitted?.openings[mode]
    const measureCapital = request.mode === undefined
    const onBar = (done: number) => onProgress(stage, done, survey.steps)
    const run = { tape, accounts, seed, model, sections, mode, openings, measureCapital, onBar }
    const suffix = model === request.model ? (mode === modes[0] ? '' : `-${mode}`) : `-${model}-${mode}`
    const path = journalPath(request.journal, suffix)
    const onVerified = (done: number, total: number) => onProgress(`${stage}, verifying`, done, total)
    made.push(await runJournaled({ run, path, verify, onVerified }))
  }
  return made
}

function otherModel([first, second]: readonly Made[], { tenths }: FittedPopulation): OtherModel {
  const counts = Map.groupBy(tenths, (left) => left)
  const sizes = [...counts].map(([left, accounts]) => ({ tenths: left, accounts: accounts.length }))
  return {
    model: STANDARD,
    sizes: sizes.sort((a, b) => b.tenths - a.tenths),
    runs: [first, second].flatMap((made) => (made === undefined ? [] : [made.run])),
    capitalRequired: first === undefined || second === undefined ? undefined : capitalOf(first.outcome, second.outcome),
  }
}

function capitalOf(cross: ModeOutcome, isolated: ModeOutcome): CapitalRequired {
  return {
    cross: formatDecimal18(cross.capitalRequired ?? NO_VALUE),
    isolated: formatDecimal18(isolated.capitalRequired ?? NO_VALUE),
  }
}

function compare(cross: ModeOutcome, isolated: ModeOutcome): Comparison {
  const valueIn = ({ finalValues }: ModeOutcome, id: AccountId): Value => finalValues.get(id) ?? NO_VALUE
  const worse = cross.population.drawn
    .map(({ id, kind }) => ({ id, kind, cross: valueIn(cross, id), isolated: valueIn(isolated, id) }))
    .filter((pair) => isLess(pair.cross, pair.isolated))
    .sort((a, b) => (a.isolated - a.cross > b.isolated - b.cross ? -1 : 1))
  return {
    capitalRequired: capitalOf(cross, isolated),
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
function journalPath(named: string | undefined, suffix: string): string {
  if (named !== undefined) return suffix === '' ? named : `${named.replace(/\.db$/, '')}${suffix}.db`
  const path = join(OUTPUT_FOLDER, `journal${suffix}.db`)
  mkdirSync(dirname(path), { recursive: true })
  for (const ending of ['', '-wal', '-shm']) rmSync(path + ending, { force: true })
  return path
}
