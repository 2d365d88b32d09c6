import { progressBar } from '../replay/report/progress-bar.ts'
import type { TerminalStyle } from '../replay/report/terminal.ts'

type Stream = NodeJS.WriteStream

/** A progress bar that rewrites its own line; silent where the stream is no terminal. */
export interface ProgressLine {
  readonly show: (label: string, done: number, total: number) => void
  readonly clear: () => void
}

const REDRAW_MS = 100
const DEFAULT_COLUMNS = 80

export function progressLine(stream: Stream, ascii: boolean): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined }
  let last = 0
  return {
    show: (label, done, total) => {
      const now = performance.now()
      if (now - last < REDRAW_MS && done < total) return
      last = now
      const columns = stream.columns ?? DEFAULT_COLUMNS
      stream.write(`\r${progressBar({ done, total, label, columns, ascii: ascii || !speaksUtf8() })}\x1b[K`)
    },
    clear: () => void stream.write('\r\x1b[K'),
  }
}

/** How to print on a stream: colour only on a terminal unless FORCE_COLOR says so, never where NO_COLOR does. */
export function terminalStyle(
  stream: Stream,
  options: { readonly ascii: boolean; readonly color: boolean },
  reportPath: string | undefined,
): TerminalStyle {
  const { NO_COLOR, FORCE_COLOR } = process.env
  const wanted = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' ? true : stream.isTTY === true
  const color = options.color && (NO_COLOR === undefined || NO_COLOR === '') && wanted
  return { columns: stream.columns ?? DEFAULT_COLUMNS, color, ascii: options.ascii || !speaksUtf8(), reportPath }
}

function speaksUtf8(): boolean {
  const locale = process.env['LC_ALL'] ?? process.env['LC_CTYPE'] ?? process.env['LANG']
  return locale === undefined || locale === '' || /utf-?8/i.test(locale)
}
