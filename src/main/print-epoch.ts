import { compareEpochs } from '../answers/epoch/compare-epochs.ts'
import { openEpoch, type OpenedEpoch } from '../answers/epoch/open-epoch.ts'
import { verifyEpoch } from '../answers/epoch/verify-epoch.ts'
import type { EpochDiffArguments, EpochVerifyArguments } from '../cli/epoch-options.ts'
import { EXIT } from '../cli/program.ts'
import { differenceTerminal } from '../report/epoch/difference-terminal.ts'
import { verificationTerminal } from '../report/epoch/verification-terminal.ts'
import { locatedInText } from '../wire/portfolio/locate-problem.ts'
import type { Problem } from '../wire/portfolio/problem.ts'
import { quoted } from '../wire/portfolio/source.ts'
import { engine, missingFile, readNamed } from './margin-job.ts'
import { printedProblems } from './print-margin.ts'
import { terminalStyle } from './terminal.ts'

const HASH = /^sha256:[0-9a-f]{64}$/

/** Prints whether an epoch's figures follow from each other. Returns the exit code: 1 if one does not. */
export function printEpochVerification(typed: EpochVerifyArguments): number {
  const { file, hash, json } = typed
  const problems: Problem[] = hash === undefined || HASH.test(hash) ? [] : [badHash(hash)]
  const [opened] = openedFiles([{ path: file, at: '<file>' }], problems)
  if (opened === undefined || problems.length > 0) return printedProblems({ kept: problems, more: 0 }, json)
  const report = verifyEpoch(opened, hash)
  if (json) console.log(JSON.stringify(report))
  else process.stdout.write(verificationTerminal(report, file, terminalStyle(process.stdout, typed, undefined)))
  return report.verified ? EXIT.done : EXIT.no
}

/** Prints what changed from one epoch to another. Returns the exit code: a difference is an answer, no failure. */
export function printEpochDifference(typed: EpochDiffArguments): number {
  const problems: Problem[] = []
  const files = [
    { path: typed.before, at: '<old>' },
    { path: typed.after, at: '<new>' },
  ]
  const [before, after] = openedFiles(files, problems)
  if (before === undefined || after === undefined) return printedProblems({ kept: problems, more: 0 }, typed.json)
  const report = compareEpochs(before, after)
  if (typed.json) console.log(JSON.stringify(report))
  else process.stdout.write(differenceTerminal(report, typed, terminalStyle(process.stdout, typed, undefined)))
  return EXIT.done
}

/** The epochs in files, in their order; undefined, and problems, where one cannot be read. */
function openedFiles(
  files: readonly { readonly path: string; readonly at: string }[],
  problems: Problem[],
): readonly (OpenedEpoch | undefined)[] {
  const { models, sha256 } = engine()
  return files.map(({ path, at }) => {
    const file = readNamed(path, path)
    if (!file.ok) {
      problems.push(missingFile(path, at, file.reason))
      return undefined
    }
    const opening = openEpoch(file.source, { models, sha256 })
    if (opening.ok) return opening.opened
    problems.push(...opening.problems.kept)
    return undefined
  })
}

function badHash(hash: string): Problem {
  return locatedInText('--hash', '$', 1, {
    code: 'WrongFormat',
    expected: 'sha256: and 64 hexadecimal digits in lower case',
    got: quoted(hash),
    remedy: 'copy the hash as it was published',
  })
}
