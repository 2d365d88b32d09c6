import type { ModeRun, ReplayReport } from './replay-report.ts'

/** What to type to get the same replay: everything that decides its outcome. */
export function replayCommand({ tape, accounts, seed, model, runs }: ReplayReport): string {
  const [only, second] = runs
  const mode = only === undefined || second !== undefined ? '' : ` --mode ${only.mode}`
  return `plimsoll replay ${quoted(tape.argument)} --accounts ${accounts} --seed ${seed} --model ${quoted(model)}${mode}`
}

/** What to type to have a run's journal decided again. */
export function verifyCommand({ journal }: ModeRun): string {
  return `plimsoll journal verify ${quoted(journal)}`
}

/** A word as a POSIX shell reads it back: quoted only where it must be. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
