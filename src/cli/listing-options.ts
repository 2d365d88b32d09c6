import type { Command } from 'commander'

/** What `listing` was asked. Texts as typed. */
export interface ListingArguments {
  readonly prices: readonly string[]
  readonly asOf: string | undefined
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

export interface ListingJobs {
  listing(request: ListingArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>

export function addListing(program: Command, jobs: ListingJobs, record: Record): void {
  program
    .command('listing')
    .description('which assets of price files may be listed, which as collateral, up to how much, and why not')
    .option('--prices <path...>', 'price files or folders; each file counts as a source', [])
    .option('--as-of <date>', 'the day at whose end (UTC) they are judged; without it the last with most of the prices')
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
    .action((typed: ListingArguments) => record(jobs.listing({ ...typed, asOf: typed.asOf })))
}
