import type { Surroundings } from './complete-portfolio.ts'
import { decodePortfolio, type DecodedPortfolio } from './decode-portfolio.ts'
import { printProblems } from './problem.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A document of these fields, read; `files` are those it may name, as text or as what they hold. */
export function decodeFields(
  fields: Fields,
  { files = {}, ...around }: Partial<Surroundings> & { readonly files?: Fields } = {},
): DecodedPortfolio {
  const text = JSON.stringify({ format: 'plimsoll portfolio v1', ...fields })
  const readFile: Surroundings['readFile'] = (path) => {
    if (!Object.hasOwn(files, path)) return { ok: false, reason: 'no such file' }
    const held = files[path]
    return { ok: true, source: { name: path, text: typeof held === 'string' ? held : JSON.stringify(held) } }
  }
  return decodePortfolio({ name: 'a.json', text }, { asOf: undefined, prices: [], readFile, ...around })
}

/** What was read; throws if it was refused. */
export function accepted(decoded: DecodedPortfolio) {
  if (!decoded.ok) throw new Error(printProblems(decoded.problems))
  return decoded
}

/** Codes and paths of what is wrong. */
export function complaints(decoded: DecodedPortfolio): readonly string[] {
  return decoded.ok ? [] : decoded.problems.kept.map(({ code, path }) => `${code} ${path}`)
}
