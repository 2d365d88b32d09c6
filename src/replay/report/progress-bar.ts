import { printedCount } from '../../report/figure.ts'
import { cellsOf, fitted, inAscii } from '../../report/terminal/cells.ts'

const WIDEST_BAR = 60
const NARROWEST_BAR = 10

export interface Progress {
  readonly done: number
  readonly total: number
  /** What is counted, or what is being done: it follows the count. */
  readonly label: string
  readonly columns: number
  readonly ascii: boolean
}

/** One line for stderr: a bar and how far it has come. No line break, no control characters; at most `columns` and 80 cells. */
export function progressBar({ done, total, label, columns, ascii }: Progress): string {
  const cells = Math.min(columns, 80)
  const count = `${printedCount(done)}/${printedCount(total)} ${label}`
  const bar = Math.min(WIDEST_BAR, cells - cellsOf(count) - 4)
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1
  const filled = Math.floor(share * bar)
  const line = bar < NARROWEST_BAR ? `  ${count}` : `  ${'█'.repeat(filled)}${'░'.repeat(bar - filled)}  ${count}`
  return ascii ? inAscii(fitted(line, cells)) : fitted(line, cells)
}
