import { answerLiquidationPrices } from '../answers/liquidation-prices.ts'
import { answerWhatIf } from '../answers/what-if.ts'
import { EXIT } from '../cli/program.ts'
import type { LiquidationArguments, WhatIfArguments } from '../cli/what-if-options.ts'
import { liquidationTerminal } from '../report/liquidation/liquidation-terminal.ts'
import { whatIfTerminal } from '../report/what-if/what-if-terminal.ts'
import { changeOptions } from '../wire/portfolio/change-options.ts'
import type { Problem } from '../wire/portfolio/problem.ts'
import type { SourceText } from '../wire/portfolio/source.ts'
import { marginRequest, missingFile, readNamed } from './margin-job.ts'
import { printedProblems } from './print-margin.ts'
import { progressLine, terminalStyle } from './terminal.ts'

const PLAIN = { exposures: false, scenarios: false, byPosition: false }

/** Prints margin before and after changes. Returns the exit code: 1 if they are refused. */
export function printWhatIf(typed: WhatIfArguments): number {
  const asked = marginRequest(typed, PLAIN)
  const options = changeOptions({ ...typed, price: typed.moves })
  const problems: Problem[] = options.ok ? [] : [...options.problems.kept]
  const documents: SourceText[] = typed.changes.flatMap((path) => {
    const file = readNamed(path, path)
    if (file.ok) return [file.source]
    problems.push(missingFile(path, '--changes', file.reason))
    return []
  })
  if (!asked.ok) return printedProblems(asked.problems, typed.json)
  if (!options.ok || problems.length > 0) return printedProblems({ kept: problems, more: 0 }, typed.json)
  const progress = progressLine(process.stderr, typed.ascii)
  const answer = answerWhatIf({
    ...asked.request,
    changes: [...documents, ...options.documents],
    account: typed.account,
    bucket: typed.into,
    search: { depth: 'pricesAndJoint', onSearch: (done, total) => progress.show('searching', done, total) },
  })
  progress.clear()
  if (!answer.ok) return printedProblems(answer.problems, typed.json)
  if (typed.json) console.log(JSON.stringify(answer.report))
  else
    process.stdout.write(
      whatIfTerminal(answer.report, askedText(typed), terminalStyle(process.stdout, typed, undefined)),
    )
  return answer.report.allowed ? EXIT.done : EXIT.no
}

/** Prints at which prices netting sets are liquidated. Returns the exit code. */
export function printLiquidationPrices(typed: LiquidationArguments): number {
  const asked = marginRequest(typed, PLAIN)
  if (!asked.ok) return printedProblems(asked.problems, typed.json)
  const progress = progressLine(process.stderr, typed.ascii)
  const answer = answerLiquidationPrices(asked.request, (done, total) => progress.show('searching', done, total))
  progress.clear()
  if (!answer.ok) return printedProblems(answer.problems, typed.json)
  const { report } = answer
  if (typed.json) console.log(JSON.stringify(report))
  else process.stdout.write(liquidationTerminal(report, typed.file, terminalStyle(process.stdout, typed, undefined)))
  return EXIT.done
}

/** The file and the changes as they were typed. */
function askedText(typed: WhatIfArguments): string {
  const { file, add, order, deposit, withdraw, moves, vol, regime, changes } = typed
  const options = Object.entries({ add, order, deposit, withdraw, price: moves, vol, changes })
  const said = options.flatMap(([name, texts]) => texts.map((text) => `--${name} ${text}`))
  return [file, ...said, ...(regime === undefined ? [] : [`--regime ${regime}`])].join('  ')
}
