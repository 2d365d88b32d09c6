import type { BreakdownNode } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../../amount.ts'
import { printedCents, printedCount, printedExactly } from '../../figure.ts'
import { escaped } from '../../html/escaped.ts'
import { sharedSteps } from '../../shared-steps.ts'
import { factorText } from '../factor-text.ts'

/** Where on the page a node of the tree stands, by its id. */
export type NodeAnchors = ReadonlyMap<string, string>

/** Levels that are open before anyone asks. */
const OPEN_LEVELS = 2
const ATOMS_PER_CENT = 10n ** 16n

/** Anchors of the nodes that other parts of the page lead to: the weighted exposures, and what is right below the root. */
export function nodeAnchors(root: BreakdownNode, prefix: string): NodeAnchors {
  const anchors = new Map<string, string>()
  const visit = (node: BreakdownNode, path: string, depth: number) => {
    if (depth > 0 && (depth === 1 || node.id.startsWith('weighted/')) && !anchors.has(node.id))
      anchors.set(node.id, path)
    node.terms?.forEach((term, i) => visit(term, `${path}.${i}`, depth + 1))
  }
  visit(root, prefix, 0)
  return anchors
}

/** A requirement as nested folds: every node with its operation, value, rounding and source; terms of a sum add up as shown, what wins a maximum equals it. */
export function treeHtml(root: BreakdownNode, prefix: string, anchors: NodeAnchors): string {
  const wanted = new Set([prefix, ...anchors.values()])
  return nodeHtml(root, { cents: ownCents(root), path: prefix, depth: 0, wanted })
}

interface Place {
  readonly cents: bigint
  readonly path: string
  readonly depth: number
  readonly wanted: ReadonlySet<string>
}

function nodeHtml(node: BreakdownNode, { cents, path, depth, wanted }: Place): string {
  const { op, value, terms = [], binding } = node
  const id = wanted.has(path) ? ` id="${path}"` : ''
  const shown = op === 'parameter' ? printedExactly(value) : printedCents(cents)
  const mark = binding === true ? '<span class="pill bad">decides</span>' : ''
  const row = `<b>${escaped(nameOf(node.id))}${mark}</b><em${shown.startsWith('−') ? ' class="neg"' : ''}>${shown}</em><small>${escaped(sayings(node).join(' · '))}</small>`
  if (terms.length === 0) return `<div class="lf"${id}>${row}</div>`
  const atoms = terms.map((term) => atomsOf(term.value))
  const parts = op === 'sum' ? sharedSteps(atoms, { total: cents, step: ATOMS_PER_CENT }) : []
  const same = (term: BreakdownNode) => (op === 'max' && term.value === value ? cents : ownCents(term))
  const below = terms.map((term, i) =>
    nodeHtml(term, { cents: parts[i] ?? same(term), path: `${path}.${i}`, depth: depth + 1, wanted }),
  )
  return `<details${id}${depth < OPEN_LEVELS ? ' open' : ''}><summary>${row}</summary>${below.join('')}</details>`
}

/** Operation, what else decides it, rounding, source, and the exact value where cents do not tell it. */
function sayings(node: BreakdownNode): readonly string[] {
  const { rounded, source, note, value, op, worst } = node
  const isExact = op === 'parameter' || atomsOf(value) % ATOMS_PER_CENT === 0n
  const first = worst?.[0]
  return [
    operationOf(node),
    ...(note === undefined || note === '' ? [] : [note]),
    ...(first === undefined ? [] : [`${first.id}: ${printedCents(-centsUp(-atomsOf(first.pnl)))}`]),
    ...(rounded === undefined ? [] : [`rounded ${rounded === 'nearest' ? 'to the nearest' : rounded}`]),
    ...(source === undefined ? [] : [source]),
    ...(isExact ? [] : [`exactly ${printedExactly(value)}`]),
  ]
}

function operationOf({ op, terms = [], factor, matrix, count }: BreakdownNode): string {
  switch (op) {
    case 'given':
      return 'given'
    case 'parameter':
      return 'parameter of the epoch'
    case 'sum':
      return terms.length === 0 ? 'sum of nothing' : 'sum of its terms'
    case 'sumOfSizes':
      return 'sum of sizes, signs dropped'
    case 'product':
      return 'product of its terms'
    case 'max':
      return 'largest of its terms'
    case 'scale':
      return `${factor ?? '1'} × its term`
    case 'blend':
      return `${factor ?? '1'} × first + rest of 1 × second${terms.length > 2 ? ' + what follows' : ''}`
    case 'quadratic':
      return `root of the quadratic form${matrix === undefined ? '' : `: ${matrix}`}`
    case 'worstLoss':
      return count === undefined ? 'worst loss' : `worst of ${printedCount(count)} losses`
    default:
      return op satisfies never
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['maintenanceMargin', 'Maintenance margin'],
  ['initialMargin', 'Initial margin'],
])

function nameOf(id: string): string {
  const named = NAMES.get(id)
  if (named !== undefined) return named
  const [, kind, factor] = /^(weighted|exposure|riskWeight)\/(.+)$/.exec(id) ?? []
  if (kind === undefined || factor === undefined) return id
  return `${kind === 'riskWeight' ? 'risk weight' : kind} ${factorText(factor)}`
}

function ownCents({ value }: BreakdownNode): bigint {
  return centsUp(atomsOf(value))
}
