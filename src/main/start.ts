import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { htmlReport } from '../replay/report/html.ts'
import { terminalReport } from '../replay/report/terminal.ts'
import { OUTPUT_FOLDER, replayJob } from './replay-job.ts'
import { progressLine, terminalStyle } from './terminal.ts'

/** The main job, what `npm start` runs: the FTX week with a thousand accounts, cross beside isolated, report and page. */
const progress = progressLine(process.stderr, false)
const report = await replayJob(
  {
    tape: '2022-11-ftx',
    accounts: 1_000,
    seed: 7,
    model: 'standard',
    mode: undefined,
    journal: undefined,
    verify: true,
  },
  progress.show,
)
progress.clear()
mkdirSync(OUTPUT_FOLDER, { recursive: true })
const page = join(OUTPUT_FOLDER, 'report.html')
writeFileSync(page, htmlReport(report))
process.stdout.write(terminalReport(report, terminalStyle(process.stdout, { ascii: false, color: true }, page)))
process.exitCode = report.runs.every(({ conservation }) => conservation.ok) ? 0 : 1
