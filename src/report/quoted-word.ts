/** A word as a POSIX shell reads it back: quoted only where it must be. */
export function quotedWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
