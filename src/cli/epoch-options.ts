import type { Command } from 'commander'

interface Shown {
  readonly json: boolean
  readonly ascii: boolean
  readonly color: boolean
}

/** What `epoch verify` was asked. Texts as typed. */
export interface EpochVerifyArguments extends Shown {
  readonly file: string
  /** The hash it is to have. */
  readonly hash: string | undefined
}

/** What `epoch diff` was asked. */
export interface EpochDiffArguments extends Shown {
  readonly before: string
  readonly after: string
}

export interface EpochJobs {
  verifyEpoch(request: EpochVerifyArguments): Promise<number>
  diffEpochs(request: EpochDiffArguments): Promise<number>
}

type Record = (job: Promise<number>) => Promise<void>

export function addEpoch(program: Command, jobs: EpochJobs, record: Record): void {
  const epoch = program.command('epoch').description('check risk parameter epochs and compare them')
  shownOptions(epoch.command('verify'))
    .description('check that an epoch can be read and that its derived figures follow from the others: exit 1 if not')
    .argument('<file>', 'an epoch document: JSON')
    .option('--hash <hash>', 'sha256:… that it is to have, exit 1 if it has another')
    .action((file: string, typed: Omit<EpochVerifyArguments, 'file'>) =>
      record(jobs.verifyEpoch({ ...typed, file, hash: typed.hash })),
    )
  shownOptions(epoch.command('diff'))
    .description('what changed from one epoch to another, by how much, and whom it touches: exit 0 either way')
    .argument('<old>', 'an epoch document: JSON')
    .argument('<new>', 'another')
    .action((before: string, after: string, typed: Shown) => record(jobs.diffEpochs({ ...typed, before, after })))
}

function shownOptions(command: Command): Command {
  return command
    .option('--json', 'print the report as JSON', false)
    .option('--ascii', 'no characters beyond ASCII', false)
    .option('--no-color', 'no colour')
}
