import type { BreakdownNode } from '../../../wire/margin-report.ts'
import { atomsOf, centsUp } from '../../amount.ts'
import { printedCents } from '../../figure.ts'
import { sharedSteps } from '../../shared-steps.ts'
import type { Ink } from '../../terminal/pen.ts'
import { tenthsText } from '../set-figures.ts'
import { stepLine } from './step-line.ts'

const DEEPEST = 6
/** Notes of a tree are longer than those of steps. */
const EDGES = { figure: 52, said: 54 }
const ATOMS_PER_CENT = 10n ** 16n

/** A breakdown as it stands, a step to the right for each level; terms of a sum add up as shown; what won a maximum is marked. */
export function treeStep(node: BreakdownNode, ink: Ink): readonly string[] {
  return treeLines(node, ownCents(node), 0, ink)
}

function treeLines(node: BreakdownNode, cents: bigint, depth: number, ink: Ink): readonly string[] {
  const { id, op, value, terms = [], note, matrix, factor, binding } = node
  const atoms = terms.map((term) => atomsOf(term.value))
  const parts = op === 'sum' ? sharedSteps(atoms, { total: cents, step: ATOMS_PER_CENT }) : terms.map(ownCents)
  const figure = op === 'parameter' ? `${tenthsText(atomsOf(value) / 10n ** 15n)} %` : printedCents(cents)
  const how = [factor === undefined ? HOW[op] : `${HOW[op]} × ${factor}`, matrix ?? '', note ?? '']
  const said = `${binding === true ? '◂ ' : ''}${how.filter((text) => text !== '').join(', ')}`
  const label = `${'  '.repeat(Math.min(depth, DEEPEST))}${id}`
  return [
    ...stepLine(label, figure, { said, role: binding === true ? 'strong' : 'plain', edges: EDGES }, ink),
    ...terms.flatMap((term, i) => treeLines(term, parts[i] ?? 0n, depth + 1, ink)),
  ]
}

function ownCents({ value }: BreakdownNode): bigint {
  return centsUp(atomsOf(value))
}

const HOW: { readonly [op in BreakdownNode['op']]: string } = {
  given: '',
  parameter: 'of the epoch',
  sum: 'sum',
  sumOfSizes: 'sum of sizes',
  product: 'product',
  max: 'largest',
  scale: 'share',
  blend: 'blend',
  quadratic: 'root of the form',
  worstLoss: 'worst loss',
}
