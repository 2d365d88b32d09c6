import type { JsonNode } from './json-node.ts'
import { parseJson } from './parse-json.ts'
import { type Complaint, createProblemList, type Problem } from './problem.ts'
import { child, type Path, pathText, ROOT, sourceOf, type SourceText } from './source.ts'

/** A complaint about a field that was read long before, such as `['accounts', 0, 'positions', 2, 'quantity']`. */
export interface LateComplaint {
  readonly path: readonly (string | number)[]
  readonly complaint: Complaint
}

/**
 * The problem with the place of its field in a JSON text: of the field itself, or of the nearest that the text has above it. Paths
 * are those of the long form; in a text without `accounts` the first account's fields are found at the top.
 */
export function locatedInJson(text: SourceText, { path, complaint }: LateComplaint): Problem {
  const source = sourceOf(text)
  const root = parseJson(source, createProblemList())
  const keys = isShort(root) && path[0] === 'accounts' ? path.slice(2) : path
  let [node, offset]: [JsonNode | undefined, number] = [root, root?.start ?? 0]
  let full: Path = ROOT
  for (const key of keys) {
    full = child(full, key)
    const next: JsonNode | undefined = node === undefined ? undefined : memberOf(node, key)
    if (next !== undefined) offset = next.start
    node = next
  }
  const { line, column } = source.position(offset)
  return { code: complaint.code, file: text.name, line, column, path: pathText(full), ...rest(complaint) }
}

/** The problem where no field can be pointed at: a table, a line of accounts, an option. */
export function locatedInText(file: string, where: string, line: number, complaint: Complaint): Problem {
  return { code: complaint.code, file, line, column: 1, path: where, ...rest(complaint) }
}

function rest({ expected, got, remedy }: Complaint): Omit<Complaint, 'code'> {
  return { expected, got, remedy }
}

function isShort(root: JsonNode | undefined): boolean {
  return root?.kind === 'object' && !root.members.some(({ key }) => key === 'accounts')
}

function memberOf(node: JsonNode, key: string | number): JsonNode | undefined {
  if (node.kind === 'array' && typeof key === 'number') return node.items[key]
  return node.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined
}
