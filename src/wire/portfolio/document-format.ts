import type { Findings } from './findings.ts'
import { type Located, shown } from './json-node.ts'
import { child } from './source.ts'

/** What a file of ours calls itself. */
export const PORTFOLIO_FORMAT = 'plimsoll portfolio v1'
export const CHANGES_FORMAT = 'plimsoll changes v1'
export const PRICES_FORMAT = 'plimsoll prices v1'

/**
 * Whether the document is of this format; tells if not. Asked before anything else: of another version's fields nothing is
 * known. A value that is no object passes, whoever reads its fields will tell.
 */
export function hasFormat(at: Located, format: string, { problems }: Findings): boolean {
  const { node, path, source } = at
  if (node.kind !== 'object') return true
  const member = node.members.find(({ key }) => key === 'format')
  const where = { source, offset: member?.value.start ?? node.start, path: child(path, 'format') }
  const expected = `"${format}"`
  if (member === undefined) {
    problems.add(where, { code: 'MissingField', expected, got: 'nothing', remedy: `add "format": "${format}"` })
    return false
  }
  if (member.value.kind === 'string' && member.value.text === format) return true
  const kind = format.replace('plimsoll ', '')
  const remedy = `this program reads ${kind}; \`plimsoll --version\` says what else it reads`
  problems.add(where, { code: 'WrongFormat', expected, got: shown(member.value), remedy })
  return false
}
