import type { JsonNode } from '../../wire/portfolio/json-node.ts'
import { child, type Path, pathText, ROOT } from '../../wire/portfolio/source.ts'

/** Where a field of a JSON text stands. */
export interface FieldPlace {
  /** Such as `$.sections["plimsoll-1"].factors["ETH/vol"].riskWeightPpm`. */
  readonly path: string
  /** Of the value; of an entry of an object of its key, as that is what an unknown field is known by. */
  readonly offset: number
  /** The value; undefined where the text does not have the field, and the place is the nearest above it. */
  readonly node: JsonNode | undefined
  /** The last key of the text on the way to it; undefined at the root. */
  readonly key: string | number | undefined
}

interface Step {
  readonly key: string | number
  readonly node: JsonNode
  readonly offset: number
  readonly rest: string
}

/**
 * The place of a field that a decoder names, such as `factors.ETH/vol.riskWeightPpm` or `$.surprise`, below the keys given. Names may
 * have points in them: of the keys that the text has, the longest that fits is taken.
 */
export function placeOfField(root: JsonNode, keys: readonly string[], field: string): FieldPlace {
  let [node, path, offset]: [JsonNode, Path, number] = [root, ROOT, root.start]
  let last: string | number | undefined
  for (const key of keys) {
    const step = memberStep(node, key, key)
    if (step === undefined) return { path: pathText(child(path, key)), offset, node: undefined, key: last }
    ;({ node, offset, key: last } = step)
    path = child(path, key)
  }
  let rest = field.replace(/^\$\.?/, '')
  while (rest !== '') {
    const step = nextStep(node, rest)
    if (step === undefined)
      return { path: `${pathText(path)}${rest.startsWith('[') ? '' : '.'}${rest}`, offset, node: undefined, key: last }
    ;({ node, offset, rest, key: last } = step)
    path = child(path, step.key)
  }
  return { path: pathText(path), offset, node, key: last }
}

function nextStep(node: JsonNode, rest: string): Step | undefined {
  if (node.kind === 'object') {
    const fitting = node.members.map(({ key }) => key).filter((key) => isStepOf(rest, key))
    const longest = fitting.toSorted((a, b) => b.length - a.length)[0]
    return longest === undefined ? undefined : memberStep(node, longest, rest)
  }
  const [text, index] = /^\[(\d+)\]/.exec(rest) ?? []
  if (node.kind !== 'array' || text === undefined) return undefined
  const item = node.items[Number(index)]
  return item === undefined
    ? undefined
    : { key: Number(index), node: item, offset: item.start, rest: withoutPoint(rest.slice(text.length)) }
}

function memberStep(node: JsonNode, key: string, rest: string): Step | undefined {
  const member = node.kind === 'object' ? node.members.find((one) => one.key === key) : undefined
  if (member === undefined) return undefined
  return { key, node: member.value, offset: member.keyStart, rest: withoutPoint(rest.slice(key.length)) }
}

function isStepOf(rest: string, key: string): boolean {
  return rest === key || (key !== '' && rest.startsWith(key) && ['.', '['].includes(rest.charAt(key.length)))
}

function withoutPoint(rest: string): string {
  return rest.startsWith('.') ? rest.slice(1) : rest
}
