/** Code points a terminal draws two cells wide: Hangul, kana, Han, full-width forms, pictographs. */
const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0x1f000, 0x3fffd],
] as const

/** ASCII beside each sign the reports draw with; what is not here becomes a question mark. */
const ASCII = new Map([
  ...Array.from('−–—·×…▁▂▃▄▅▆▇█░─┃✓▲▼◂‘’┊▏▶●→σ').map(
    (sign, i) => [sign, "---.x..:-=+*%#.-|+^v<''||>o>s"[i] ?? '?'] as const,
  ),
  ['≥', '>='] as const,
  ['±', '+-'] as const,
])

/** Cells of a terminal that a text takes. */
export function cellsOf(text: string): number {
  let cells = 0
  for (const sign of text) cells += cellsOfSign(sign)
  return cells
}

/** The text if it fits, else its beginning and an ellipsis, in at most so many cells. */
export function fitted(text: string, cells: number): string {
  if (cellsOf(text) <= cells) return text
  if (cells < 2) return cells < 1 ? '' : '…'
  const [beginning] = splitAt(text, cells - 1)
  return `${beginning}…`
}

/** Lines of at most so many cells, broken at blanks, and inside a word only where the word is longer than a line. */
export function wrapped(text: string, cells: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (cellsOf(longer) <= cells) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (cellsOf(line) > cells) {
      const [beginning, rest] = splitAt(line, cells)
      lines.push(beginning)
      line = rest
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** The same text without control characters: a tape's words must not move the cursor. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}

/** Nothing outside ASCII, in as many cells. */
export function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (sign) => (ASCII.get(sign) ?? '?').repeat(cellsOfSign(sign)))
}

/** Never an empty beginning, so that a loop over it ends. */
function splitAt(text: string, cells: number): readonly [beginning: string, rest: string] {
  let [used, length] = [0, 0]
  for (const sign of text) {
    used += cellsOfSign(sign)
    if (used > cells && length > 0) break
    length += sign.length
  }
  return [text.slice(0, length), text.slice(length)]
}

function cellsOfSign(sign: string): number {
  const code = sign.codePointAt(0) ?? 0
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}
