import { listingReport } from '../answers/listing/listing-report.ts'
import type { ListingArguments } from '../cli/listing-options.ts'
import { EXIT } from '../cli/program.ts'
import { listingEvidence } from '../estimate/calibration/listing-evidence.ts'
import { DAY_MS } from '../estimate/calibration/rules.ts'
import { walkedPanel } from '../estimate/calibration/walked-panel.ts'
import { listingTerminal } from '../report/listing/listing-terminal.ts'
import type { ListingReport } from '../wire/listing-report.ts'
import type { OnProgress } from './calibrate-job.ts'
import { allPrices, lastWellKnownDay, pricesAsOf, type PricesRequest } from './prices-as-of.ts'
import { ENGINE_VERSION } from './project.ts'
import { progressLine, terminalStyle } from './terminal.ts'

/** Judges every asset of the files and prints the verdicts. Returns the exit code: a refusal is an answer, no failure. */
export async function printListing(typed: ListingArguments): Promise<number> {
  const progress = progressLine(process.stderr, typed.ascii)
  const report = await listingJob(typed, progress.show).finally(progress.clear)
  if (typed.json) console.log(JSON.stringify(report))
  else process.stdout.write(listingTerminal(report, typed.prices, terminalStyle(process.stdout, typed, undefined)))
  return EXIT.done
}

async function listingJob({ prices, asOf }: ListingArguments, onProgress: OnProgress): Promise<ListingReport> {
  const request: PricesRequest = {
    prices,
    stepMs: DAY_MS,
    onProgress: ({ name, fileIndex, fileCount }) => onProgress(`reading ${name}`, fileIndex, fileCount),
  }
  const day = asOf ?? lastWellKnownDay(await allPrices(request))
  const { panel, filesOf, inputsHash } = await pricesAsOf(request, day)
  const walked = walkedPanel(panel, (done) => onProgress('walking forward', done, panel.times.length))
  return listingReport(listingEvidence(walked, filesOf), {
    engineVersion: ENGINE_VERSION,
    asOf: day,
    inputsHash: `sha256:${inputsHash}`,
  })
}
