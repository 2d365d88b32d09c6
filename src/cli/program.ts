import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { addBacktest, type BacktestJobs } from './backtest-options.ts'
import { addCalibrate, type CalibrateJobs } from './calibrate-options.ts'
import { addEpoch, type EpochJobs } from './epoch-options.ts'
import { addListing, type ListingJobs } from './listing-options.ts'
import { addMargin, type MarginJobs } from './margin-options.ts'
import { addWhatIf, type WhatIfJobs } from './what-if-options.ts'

/** Exit codes: done; the answer is no; bad usage or input. */
export const EXIT = { done: 0, no: 1, badInput: 2 } as const

/** Something wrong with what was typed that only the job itself can see; it has the text to print. */
export class UsageError extends Error {
  constructor(
    code: string,
    what: { readonly at: string; readonly expected: string; readonly got: string; readonly remedy: string },
  ) {
    super(
      `error ${code}: ${what.at}\n  expected  ${what.expected}\n  got       ${what.got}\n  remedy    ${what.remedy}`,
    )
    this.name = 'UsageError'
  }
}

export interface ReplayArguments {
  readonly tape: string
  readonly accounts: number
  readonly seed: number
  readonly model: string
  readonly mode: 'cross' | 'isolated' | undefined
  readonly journal: string | undefined
  readonly html: string | undefined
  readonly verify: boolean
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

/** What the command line can have done; the composition root supplies it. Each returns an exit code. */
export interface Jobs extends MarginJobs, WhatIfJobs, EpochJobs, BacktestJobs, CalibrateJobs, ListingJobs {
  replay(replay: ReplayArguments): Promise<number>
  verifyJournal(request: { readonly file: string; readonly json: boolean }): Promise<number>
  exportJournal(request: { readonly file: string; readonly from: number }): Promise<number>
  apply(request: { readonly file: string; readonly journal: string; readonly json: boolean }): Promise<number>
}

/** Reads arguments and has the job done. Returns the exit code; usage errors print how it is used. */
export async function runProgram(
  jobs: Jobs,
  version: string,
  models: readonly string[],
  argv: readonly string[],
): Promise<number> {
  let exitCode: number = EXIT.done
  const record = async (job: Promise<number>) => {
    exitCode = await job
  }
  const program = new Command('plimsoll')
    .description('A cross-collateral margin engine and clearinghouse: exact, explained, replayable.')
    .version(version)
    .showHelpAfterError('(plimsoll --help, or plimsoll COMMAND --help, says how)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the answer is no (a mismatch, a refusal, a liquidation), 2 bad usage or input.',
    )
    .exitOverride()
  addMargin(program, jobs, record)
  addWhatIf(program, jobs, record)
  addEpoch(program, jobs, record)
  addCalibrate(program, jobs, record)
  addListing(program, jobs, record)
  addBacktest(program, jobs, record)
  addReplay(program, jobs, models, record)
  addJournal(program, jobs, record)
  program
    .command('apply')
    .description('send commands, one JSON object a line, through the clearinghouse into a journal')
    .argument('<file>', 'the commands; - reads standard input')
    .requiredOption('--journal <file>', 'journal to start or to continue')
    .option('--json', 'print each answer as a line of JSON', false)
    .action((file: string, options: { journal: string; json: boolean }) => record(jobs.apply({ file, ...options })))
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.done : EXIT.badInput
  }
  return exitCode
}

type Record = (job: Promise<number>) => Promise<void>

function addReplay(program: Command, jobs: Jobs, models: readonly string[], record: Record): void {
  program
    .command('replay')
    .description('replay a crash: a population drawn from a seed, every command through the clearinghouse')
    .argument('<tape>', 'a name in scenarios/, a tape file, or a folder of OHLCV CSV (perp/ below it gives marks)')
    .option('--accounts <n>', 'accounts to draw', wholeFrom(1, 1_000_000), 1_000)
    .option('--seed <n>', 'seed of the population', wholeFrom(0, 2 ** 32 - 1), 7)
    .addOption(
      new Option('--model <id>', 'margin model; stays standard until the figures of plimsoll-1 are calibrated')
        .choices(models)
        .default(models[0]),
    )
    .addOption(
      new Option('--mode <mode>', 'one way of pooling; without it both are run and compared').choices([
        'cross',
        'isolated',
      ]),
    )
    .option('--journal <file>', 'new file for the journal (default: out/journal.db, replaced)')
    .option('--html <file>', 'also write the report as a page')
    .option('--no-verify', 'do not re-decide the journal at the end')
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
    .action((tape: string, options: Omit<ReplayArguments, 'tape'>) =>
      record(jobs.replay({ ...options, tape, mode: options.mode, journal: options.journal, html: options.html })),
    )
}

function addJournal(program: Command, jobs: Jobs, record: Record): void {
  const journal = program.command('journal').description('check and read a journal')
  journal
    .command('verify')
    .description(
      're-decide every command and compare decisions, chain and state hashes; exit 1 at the first difference',
    )
    .argument('<file>', 'the journal')
    .option('--json', 'print the result as JSON', false)
    .action((file: string, { json }: { json: boolean }) => record(jobs.verifyJournal({ file, json })))
  journal
    .command('export')
    .description('print the rows as JSON lines: sequence, time, sender, role, counter, command, decision, chain')
    .argument('<file>', 'the journal')
    .option('--from <n>', 'first sequence number', wholeFrom(1, Number.MAX_SAFE_INTEGER), 1)
    .action((file: string, { from }: { from: number }) => record(jobs.exportJournal({ file, from })))
}

function wholeFrom(least: number, most: number) {
  return (text: string): number => {
    const number = Number(text)
    if (!/^[0-9]+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`)
    return number
  }
}
