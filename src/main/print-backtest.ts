import { createWriteStream, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import type { BacktestArguments } from '../cli/backtest-options.ts'
import { EXIT } from '../cli/program.ts'
import { windowDate } from '../answers/backtest/study-dates.ts'
import type { BacktestStudy } from '../answers/backtest/backtest-study.ts'
import { backtestPage } from '../report/backtest/html/backtest-page.ts'
import { backtestTerminal } from '../report/backtest/backtest-terminal.ts'
import { backtestJob } from './backtest-job.ts'
import { requireFolderOf } from './page-folder.ts'
import { progressLine, terminalStyle } from './terminal.ts'

/** Runs the backtest and prints it. Returns the exit code: 1 if a bar is missed. */
export async function printBacktest(typed: BacktestArguments): Promise<number> {
  if (typed.html !== undefined) requireFolderOf(typed.html)
  if (typed.dump !== undefined) requireFolderOf(typed.dump, '--dump')
  const progress = progressLine(process.stderr, typed.ascii)
  const { report, study } = await backtestJob(typed, progress.show).finally(progress.clear)
  if (typed.html !== undefined) writeFileSync(typed.html, backtestPage(report))
  if (typed.dump !== undefined) await dumpWindows(study, typed.dump)
  if (typed.json) console.log(JSON.stringify(report))
  else {
    const files = [
      ...(typed.html === undefined ? [] : [{ name: 'page', path: typed.html }]),
      ...(typed.dump === undefined ? [] : [{ name: 'windows', path: typed.dump }]),
    ]
    process.stdout.write(backtestTerminal(report, { ...terminalStyle(process.stdout, typed, undefined), files }))
  }
  return report.bars.some(({ passed }) => passed === false) ? EXIT.no : EXIT.done
}

/** One line a book and window: anybody can redo the statistics from it. */
async function dumpWindows({ summaries, beside, times, panel, stressed }: BacktestStudy, file: string): Promise<void> {
  const out = createWriteStream(file)
  out.write('date,portfolio,type,regime,margin,loss,worst_loss\n')
  for (const { history } of [...summaries, ...beside]) {
    const { book, margin, loss, worstLoss } = history
    const rows: string[] = []
    margin.forEach((charged, window) => {
      if (Number.isNaN(charged)) return
      const worst = worstLoss[window] ?? Number.NaN
      const figures = [charged, loss[window] ?? Number.NaN].map((one) => one.toFixed(9))
      const regime = stressed[window] === true ? 'stressed' : 'calm'
      const names = [windowDate(times[window] ?? 0, panel.stepMs), `"${book.id}"`, book.type, regime]
      rows.push([...names, ...figures, Number.isNaN(worst) ? '' : worst.toFixed(9)].join(','))
    })
    if (rows.length > 0 && !out.write(`${rows.join('\n')}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}
