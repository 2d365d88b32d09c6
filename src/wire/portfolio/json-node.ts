import { quoted, type Path, type Source, type Spot } from './source.ts'

/** A JSON value with the offsets of its text: from `start`, up to before `end`. */
export type JsonNode =
  | (Extent & { readonly kind: 'string'; readonly text: string })
  | (Extent & { readonly kind: 'number'; readonly raw: string })
  | (Extent & { readonly kind: 'literal'; readonly value: boolean | null })
  | (Extent & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Extent & { readonly kind: 'object'; readonly members: readonly JsonMember[] })

interface Extent {
  readonly start: number
  readonly end: number
}

export interface JsonMember {
  readonly key: string
  readonly keyStart: number
  readonly value: JsonNode
}

/** A value and where it stands. */
export interface Located {
  readonly node: JsonNode
  readonly path: Path
  readonly source: Source
}

const LONGEST = 58

/** The place where the value begins. */
export function spotOf({ node, path, source }: Located): Spot {
  return { source, offset: node.start, path }
}

/** How a message says what was found: `"2,500"`, `the number 0.4`, `[{"market":"BTC-PERP",…`; at most 70 characters. */
export function shown(node: JsonNode): string {
  if (node.kind === 'number') return `the number ${shortened(node.raw)}`
  return shortened(compact(node))
}

/** Text cut to the length of a message. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

/** JSON without blanks, worked out only as far as a message can show. */
function compact(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return quoted(node.text.slice(0, LONGEST))
    case 'number':
      return node.raw.slice(0, LONGEST)
    case 'literal':
      return String(node.value)
    case 'array':
      return `[${joined(node.items, compact)}]`
    case 'object':
      return `{${joined(node.members, ({ key, value }) => `${quoted(key.slice(0, LONGEST))}:${compact(value)}`)}}`
    default:
      return node satisfies never
  }
}

function joined<Item>(items: readonly Item[], text: (item: Item) => string): string {
  let all = ''
  for (const item of items) {
    if (all.length > LONGEST) break
    all += (all === '' ? '' : ',') + text(item)
  }
  return all
}
