import type { Command } from 'commander'

/** Which portfolio, and what is given beside it. Texts as typed: whoever reads them says what is wrong with them. */
export interface PortfolioArguments {
  readonly file: string
  readonly model: string | undefined
  readonly epoch: string | undefined
  readonly prices: readonly string[]
  /** Such as `ETH=1900`. */
  readonly price: readonly string[]
  readonly asOf: string | undefined
  /** Such as `eth-vol=line:25000`. */
  readonly bucket: readonly string[]
}

/** What `margin` and `explain` were asked. */
export interface MarginArguments extends PortfolioArguments {
  readonly all: boolean
  readonly scenarios: boolean
  readonly byPosition: boolean
  /** Where to write the report as a page too. */
  readonly html: string | undefined
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
  /** A report whose breakdown is to be worked out again, instead of a portfolio. */
  readonly check: string | undefined
}

export interface MarginJobs {
  margin(request: MarginArguments): Promise<number>
  explain(request: MarginArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>
type Typed = Omit<MarginArguments, 'file'>

export function addMargin(program: Command, jobs: MarginJobs, record: Record): void {
  portfolioCommand(program, 'margin')
    .description('what a portfolio requires and what it has: exit 1 if a netting set is to be liquidated')
    .argument('<file>', 'a portfolio: JSON, a .csv table, or .jsonl lines of accounts')
    .action((file: string, typed: Typed) => record(jobs.margin(requestOf(file, typed))))
  portfolioCommand(program, 'explain')
    .description('every step from the portfolio to its requirements')
    .argument('[file]', 'a portfolio: JSON, a .csv table, or .jsonl lines of accounts')
    .option('--check <report>', 'work out again every number of the breakdowns of a report, exit 1 if one differs')
    .action((file: string | undefined, typed: Typed) => record(jobs.explain(requestOf(file ?? '', typed))))
}

function portfolioCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .option('--model <id>', "margin model, over the file's")
    .option('--epoch <file>', "epoch file, over the file's")
    .option('--prices <file...>', "JSON or CSV files of prices, over the file's; the last wins", [])
    .option('--price <id=price>', 'one price, over all others; may be repeated', collected, [])
    .option('--as-of <time>', 'moment of valuation, UTC or milliseconds')
    .option('--bucket <name=mode>', 'mode of a bucket of a table, such as eth-vol=line:25000', collected, [])
    .option('--all', 'every netting set in full', false)
    .option('--scenarios', 'the scenarios in the report', false)
    .option('--by-position', 'the scenarios with what each position adds', false)
    .option('--html <file>', 'also write the report as a page, with all scenarios in it')
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
}

function collected(text: string, before: readonly string[]): readonly string[] {
  return [...before, text]
}

function requestOf(file: string, typed: Typed): MarginArguments {
  const { model, epoch, asOf, check, html } = typed
  return { ...typed, file, model, epoch, asOf, check, html, scenarios: typed.scenarios || typed.byPosition }
}
