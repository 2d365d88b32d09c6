import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import { marginModelIds } from '../core/margin/registry.ts'
import { EXIT, type Jobs, type ReplayArguments, runProgram, UsageError } from '../cli/program.ts'
import { progressLine, terminalStyle } from './terminal.ts'
import { JournalError } from '../journal/journal-error.ts'
import { readJournal } from '../journal/read-journal.ts'
import { verifyJournal } from '../journal/redecide.ts'
import { htmlReport } from '../replay/report/html.ts'
import { jsonReport } from '../replay/report/json.ts'
import { terminalReport } from '../replay/report/terminal.ts'
import { TableError } from '../tables/table-error.ts'
import { CommandLineError } from '../wire/command-lines.ts'
import { applyJob } from './apply-job.ts'
import { requireFolderOf } from './page-folder.ts'
import { printBacktest } from './print-backtest.ts'
import { printCalibration } from './print-calibration.ts'
import { printEpochDifference, printEpochVerification } from './print-epoch.ts'
import { printListing } from './print-listing.ts'
import { printCheck, printExplain, printMargin } from './print-margin.ts'
import { printLiquidationPrices, printWhatIf } from './print-what-if.ts'
import { ENGINE_VERSION } from './project.ts'
import { replayJob } from './replay-job.ts'

/** The command line: what `bin/plimsoll` runs. */

const jobs: Jobs = {
  replay,
  verifyJournal: verify,
  exportJournal,
  apply,
  backtest: printBacktest,
  whatIf: async (typed) => printWhatIf(typed),
  liquidationPrice: async (typed) => printLiquidationPrices(typed),
  verifyEpoch: async (typed) => printEpochVerification(typed),
  diffEpochs: async (typed) => printEpochDifference(typed),
  calibrate: printCalibration,
  listing: printListing,
  margin: async (typed) => printMargin(typed),
  explain: async (typed) => (typed.check === undefined ? printExplain(typed) : printCheck(typed.check, typed.json)),
}

async function replay(request: ReplayArguments): Promise<number> {
  if (request.html !== undefined) requireFolderOf(request.html)
  const progress = progressLine(process.stderr, request.ascii)
  const report = await replayJob(request, progress.show)
  progress.clear()
  if (request.html !== undefined) writeFileSync(request.html, htmlReport(report))
  if (request.json) console.log(JSON.stringify(jsonReport(report)))
  else process.stdout.write(terminalReport(report, terminalStyle(process.stdout, request, request.html)))
  return report.runs.every(({ conservation }) => conservation.ok) ? EXIT.done : EXIT.no
}

async function verify({ file, json }: { readonly file: string; readonly json: boolean }): Promise<number> {
  const reader = readJournal(file)
  const progress = progressLine(process.stderr, false)
  try {
    const result = verifyJournal(reader, {
      beforeRow: (_, { sequence }) => progress.show('verifying', sequence, reader.count),
    })
    progress.clear()
    if (json) console.log(JSON.stringify({ journal: file, ok: true, ...result }))
    else
      console.log(
        `VERIFIED   ${result.rows} commands re-decided, ${result.stateHashesCompared} stored state hashes equal\nchain       ${result.chain}\nstate hash  ${result.stateHash}`,
      )
    return EXIT.done
  } catch (error) {
    progress.clear()
    if (!(error instanceof JournalError) || error.sequence === 0) throw error
    if (json)
      console.log(JSON.stringify({ journal: file, ok: false, sequence: error.sequence, expected: error.expected }))
    else console.log(`BROKEN   ${error.message}`)
    return EXIT.no
  } finally {
    reader.close()
  }
}

async function exportJournal({ file, from }: { readonly file: string; readonly from: number }): Promise<number> {
  const reader = readJournal(file)
  try {
    for (const { command, decision, ...row } of reader.rows(from - 1)) {
      const line = `${JSON.stringify(row).slice(0, -1)},"command":${command},"decision":${decision}}\n`
      await print(line)
    }
    return EXIT.done
  } finally {
    reader.close()
  }
}

async function apply({
  file,
  journal,
  json,
}: {
  readonly file: string
  readonly journal: string
  readonly json: boolean
}): Promise<number> {
  if (file !== '-' && !existsSync(file))
    throw new CommandLineError(file, 0, [{ path: '$', expected: 'a readable file', got: 'no such file' }])
  const input = file === '-' ? process.stdin : createReadStream(file)
  const inputName = file === '-' ? 'standard input' : file
  const applied = await applyJob({ input, inputName, journal }, json ? print : async () => undefined)
  if (!json) {
    const { accepted, rejected, repeated, stale, reserved } = applied
    const refused = reserved === 0 ? '' : `, ${reserved} under a reserved name`
    console.log(
      `${accepted} accepted, ${rejected} rejected, ${repeated} repeated, ${stale} stale${refused}; journal ${journal}`,
    )
  }
  return applied.rejected + applied.stale + applied.reserved === 0 ? EXIT.done : EXIT.no
}

/** Writes to standard output and waits while its reader is behind. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}

/** Errors in what was given end with their own text; anything else is a bug and shows where it happened. */
async function main(): Promise<void> {
  try {
    process.exitCode = await runProgram(jobs, ENGINE_VERSION, marginModelIds(), process.argv.slice(2))
  } catch (error) {
    const isInput =
      error instanceof TableError ||
      error instanceof JournalError ||
      error instanceof CommandLineError ||
      error instanceof UsageError
    if (!isInput) throw error
    console.error(error instanceof JournalError ? `error BadJournal: ${error.message}` : error.message)
    process.exitCode = EXIT.badInput
  }
}

// Who reads through a pipe may stop reading, as `head` does: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.done)
})
await main()
