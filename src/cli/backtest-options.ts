import { type Command, InvalidArgumentError, Option } from 'commander'

/** What `backtest` was asked. Texts as typed. */
export interface BacktestArguments {
  readonly prices: readonly string[]
  readonly from: string
  readonly to: string
  readonly mpor: '1d' | '8h' | '1h'
  readonly options: readonly string[]
  readonly seed: number
  readonly dump: string | undefined
  readonly html: string | undefined
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

export interface BacktestJobs {
  backtest(request: BacktestArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>

export function addBacktest(program: Command, jobs: BacktestJobs, record: Record): void {
  program
    .command('backtest')
    .description(
      'walk forward through real prices, margin books as they would have been charged, and test the coverage',
    )
    .requiredOption(
      '--prices <path...>',
      'price files or folders; where two have a price for one time, the earlier counts',
    )
    .requiredOption('--from <date>', 'first day on which a window begins, such as 2021-01-01', day)
    .requiredOption('--to <date>', 'day before which the last window begins', day)
    .addOption(new Option('--mpor <mpor>', 'margin period of risk').choices(['1d', '8h', '1h']).default('1d'))
    .option('--options <path...>', 'option chains by snapshot: short straddles and covered calls over them', [])
    .option('--seed <n>', 'seed of the drawn books and of simulated p-values', whole, 7)
    .option('--dump <file>', "write every window's date, portfolio, margin and realised loss as CSV")
    .option('--html <file>', 'also write the report as a page')
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
    .addHelpText('after', '\nExit code 1: a bar is missed; the report says which and why.')
    .action((typed: BacktestArguments) => record(jobs.backtest({ ...typed, dump: typed.dump, html: typed.html })))
}

function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError('expected a day such as 2021-01-01.')
  return text
}

function whole(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 2 ** 32)
    throw new InvalidArgumentError('expected a whole number below 2^32.')
  return Number(text)
}
