import type { CalibrateArguments } from '../cli/calibrate-options.ts'
import { EXIT } from '../cli/program.ts'
import { calibrationTerminal } from '../report/calibration/calibration-terminal.ts'
import { calibrateJob } from './calibrate-job.ts'
import { progressLine, terminalStyle } from './terminal.ts'

/** Calibrates, writes the epoch and prints what became of it. Returns the exit code. */
export async function printCalibration(typed: CalibrateArguments): Promise<number> {
  const progress = progressLine(process.stderr, typed.ascii)
  const report = await calibrateJob(typed, progress.show).finally(progress.clear)
  if (typed.json) console.log(JSON.stringify(report))
  else process.stdout.write(calibrationTerminal(report, terminalStyle(process.stdout, typed, undefined)))
  return EXIT.done
}
