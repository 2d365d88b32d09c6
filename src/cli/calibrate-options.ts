import { type Command, Option } from 'commander'

interface Shown {
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

/** What `calibrate` was asked. Texts as typed. */
export interface CalibrateArguments extends Shown {
  readonly prices: readonly string[]
  readonly asOf: string | undefined
  readonly out: string | undefined
  readonly mpor: '1d' | '8h' | '1h'
}

export interface CalibrateJobs {
  calibrate(request: CalibrateArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>

export function addCalibrate(program: Command, jobs: CalibrateJobs, record: Record): void {
  program
    .command('calibrate')
    .description(
      'a risk parameter epoch from prices: walk forward through all of them and write what is known at the end',
    )
    .option('--prices <path...>', 'price files or folders; where two have a price for one time, the earlier counts', [])
    .option('--as-of <date>', 'the day at whose end (UTC) the epoch stands, such as 2025-06-12: no later price counts')
    .option('--out <file>', 'where to write the epoch, as canonical JSON')
    .addOption(new Option('--mpor <mpor>', 'margin period of risk').choices(['1d', '8h', '1h']).default('1d'))
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
    .action((typed: CalibrateArguments) => record(jobs.calibrate({ ...typed, asOf: typed.asOf, out: typed.out })))
}
