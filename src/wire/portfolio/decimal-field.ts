import { formatDecimal18, parseDecimal18 } from '../../core/quantity/decimal.ts'
import { decimalRemedy } from './decimal-remedy.ts'
import { type Findings, refuse, type Reader } from './findings.ts'
import { shortened, spotOf } from './json-node.ts'
import type { Complaint } from './problem.ts'
import { quoted, type Spot } from './source.ts'

/** Reads a decimal from text that stands at a place: of a JSON string, or of a cell. */
export type DecimalReader<Unit> = (text: string, spot: Spot, findings: Findings) => Unit | undefined

/** Which side of zero is allowed. */
type Sign = 'any' | 'notZero' | 'aboveZero' | 'notNegative' | 'fraction' | 'delta'

/** What decimals of a unit may be. */
export interface DecimalKind<Unit> {
  readonly sign: Sign
  readonly make: (atoms: bigint) => Unit
  readonly isInBounds: (atoms: bigint) => boolean
  readonly bounds: string
  /** For a decimal on the wrong side of zero. */
  readonly signRemedy: string
}

const EXPECTED: { readonly [sign in Sign]: string } = {
  any: 'a decimal string such as "9000" or "-12.5"',
  notZero: 'a decimal string that is not zero',
  aboveZero: 'a decimal string above zero',
  notNegative: 'a decimal string, zero or above',
  fraction: 'a decimal string from "0" to "1"',
  delta: 'a decimal string between "-1" and "1", not zero',
}
const ATOMS_IN_ONE = 10n ** 18n
/** 20 digits before the point and 18 after it, a sign and the point. */
const LONGEST = 40
const DIGITS_BEFORE_POINT = /^-?[0-9]{1,20}(\.|$)/

/** A reader of JSON strings from one of their text. A JSON number is refused: others would have rounded it already. */
export function inJson<Unit>({ read, expected }: Decimal<Unit>): Reader<Unit> {
  return (at, findings) => {
    if (at.node.kind === 'string') return read(at.node.text, spotOf(at), findings)
    const remedy =
      at.node.kind === 'number'
        ? `put quotes round it: "${shortened(at.node.raw)}" (JSON numbers lose digits)`
        : 'write the amount as a string, or leave the field out'
    return refuse(at, findings, { code: 'NotDecimalString', expected, remedy })
  }
}

/** A kind of decimal: how it is read, and what a message expects of it. */
export interface Decimal<Unit> {
  readonly read: DecimalReader<Unit>
  readonly expected: string
}

/** Reads decimals of one kind: first their form, then the side of zero, then the bounds. */
export function decimal<Unit>(kind: DecimalKind<Unit>): Decimal<Unit> {
  const expected = EXPECTED[kind.sign]
  return {
    expected,
    read: (text, spot, findings) => {
      const atoms = text.length <= LONGEST && DIGITS_BEFORE_POINT.test(text) ? parseDecimal18(text) : undefined
      const problem =
        atoms?.ok === true
          ? faultOf({ atoms: atoms.atoms, isSigned: text.startsWith('-') }, kind)
          : malformed(text, expected)
      if (problem === undefined && atoms?.ok === true) return kind.make(atoms.atoms)
      if (problem !== undefined) findings.problems.add(spot, { ...problem, got: shortened(quoted(text.slice(0, 80))) })
      return undefined
    },
  }
}

function malformed(text: string, expected: string): Omit<Complaint, 'got'> {
  return { code: 'BadDecimal', expected, remedy: decimalRemedy(text) }
}

function faultOf<Unit>(
  { atoms, isSigned }: { readonly atoms: bigint; readonly isSigned: boolean },
  { sign, isInBounds, bounds, signRemedy }: DecimalKind<Unit>,
): Omit<Complaint, 'got'> | undefined {
  const expected = EXPECTED[sign]
  // Not even zero has a minus sign where nothing below zero is allowed.
  const isAllowed = isOnRightSide(atoms, sign) && !(isSigned && (sign === 'notNegative' || sign === 'fraction'))
  if (!isAllowed) {
    const isAboutSign = sign === 'aboveZero' || sign === 'notNegative'
    const remedy = sign === 'fraction' ? percentRemedy(atoms, signRemedy) : signRemedy
    return { code: isAboutSign ? 'NotPositive' : 'BadDecimal', expected, remedy }
  }
  if (isInBounds(atoms)) return undefined
  const remedy = 'check the unit: amounts and prices are per whole unit, not per wei or cent'
  return { code: 'BadDecimal', expected: `${expected}, ${bounds}`, remedy }
}

function isOnRightSide(atoms: bigint, sign: Sign): boolean {
  switch (sign) {
    case 'any':
      return true
    case 'notZero':
      return atoms !== 0n
    case 'aboveZero':
      return atoms > 0n
    case 'notNegative':
      return atoms >= 0n
    case 'fraction':
      return atoms >= 0n && atoms <= ATOMS_IN_ONE
    case 'delta':
      return atoms !== 0n && atoms < ATOMS_IN_ONE && atoms > -ATOMS_IN_ONE
    default:
      return sign satisfies never
  }
}

/** Repeats the number as a fraction, if it can have been meant as percent. */
function percentRemedy(atoms: bigint, otherwise: string): string {
  const isPercent = atoms > ATOMS_IN_ONE && atoms <= 100n * ATOMS_IN_ONE && atoms % 100n === 0n
  return isPercent ? `fractions, never percent: "${formatDecimal18(atoms / 100n)}" if percent was meant` : otherwise
}
