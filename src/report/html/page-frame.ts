import { escaped } from './escaped.ts'
import { THEME_SCRIPT } from './theme-script.ts'

/** Nothing from outside may be loaded, whatever the texts of a report say. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"

/** What makes one page different from another. Texts are escaped here; HTML, style and script are taken as they are. */
export interface Page {
  readonly title: string
  /** What kind of page it is, beside the brand. */
  readonly kind: string
  /** What was asked, on the right. */
  readonly asked: string
  /** HTML of the sections: items of a grid of twelve columns. */
  readonly main: string
  readonly foot: readonly string[]
  readonly style: string
  readonly script: string
}

/** One HTML file that needs nothing else, ending in a line break. */
export function pageHtml({ title, kind, asked, main, foot, style, script }: Page): string {
  const feet = foot.map((text) => `<span>${escaped(text)}</span>`).join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>${escaped(
    title,
  )}</title><link rel="icon" href="data:,"><style>${style}</style></head><body><div class="wrap"><header class="top"><span class="brand"><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="9.5"/><path d="M1.5 16h29"/></svg>Plimsoll</span><span class="sep"></span><span>${escaped(
    kind,
  )}</span><span class="grow"></span><span class="muted hs">${escaped(
    asked,
  )}</span><button id="theme" type="button" hidden></button></header><main class="grid">${main}</main><footer class="foot">${feet}</footer></div><script>${THEME_SCRIPT}${script}</script></body></html>
`
}
