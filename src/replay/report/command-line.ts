import { quotedWord } from '../../report/quoted-word.ts'
import type { ModeRun, ReplayReport } from './replay-report.ts'

/** What to type to get the same replay: everything that decides its outcome. */
export function replayCommand({ tape, accounts, seed, model, runs }: ReplayReport): string {
  const [only, second] = runs
  const mode = only === undefined || second !== undefined ? '' : ` --mode ${only.mode}`
  return `plimsoll replay ${quotedWord(tape.argument)} --accounts ${accounts} --seed ${seed} --model ${quotedWord(model)}${mode}`
}

/** What to type to have a run's journal decided again. */
export function verifyCommand({ journal }: ModeRun): string {
  return `plimsoll journal verify ${quotedWord(journal)}`
}
