import { resultWord } from '../bar-results.ts'

/** The word in its colour; the word alone says it. */
export function resultPill(passed: boolean | null): string {
  const tone = passed === null ? 'amber' : passed ? 'ok' : 'bad'
  return `<span class="pill ${tone}">${resultWord(passed)}</span>`
}
