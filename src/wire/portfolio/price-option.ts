import { PRICES_FORMAT } from './document-format.ts'
import { createFindings } from './findings.ts'
import type { Problems } from './problem.ts'
import { quoted, ROOT, sourceOf, type SourceText } from './source.ts'

export type PriceOptions =
  | { readonly ok: true; readonly prices: readonly SourceText[] }
  | { readonly ok: false; readonly problems: Problems }

const OPTION = /^([^=]{1,64})=(.*)$/s

/** Prices as a command line says them, `ETH=1900`: a file of prices for each, so that they are read as any other. */
export function priceOptions(texts: readonly string[]): PriceOptions {
  const findings = createFindings()
  const prices = texts.flatMap((text) => {
    const [, id, mark] = OPTION.exec(text) ?? []
    if (id !== undefined && mark !== undefined)
      return [{ name: `--price ${id}`, text: JSON.stringify({ format: PRICES_FORMAT, prices: { [id]: mark } }) }]
    const spot = { source: sourceOf({ name: '--price', text }), offset: 0, path: ROOT }
    findings.problems.add(spot, {
      code: 'NotOneOf',
      expected: 'ID=PRICE',
      got: quoted(text.slice(0, 60)),
      remedy: 'write ETH=1900 or ETH-PERP=1901.5',
    })
    return []
  })
  return findings.problems.isEmpty() ? { ok: true, prices } : { ok: false, problems: findings.problems.sorted() }
}
