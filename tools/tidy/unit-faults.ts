import ts from 'typescript'

const { SyntaxKind } = ts
const ORDER = [
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
]
const ARITHMETIC = [
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
  SyntaxKind.LessThanLessThanToken,
  SyntaxKind.GreaterThanGreaterThanToken,
  SyntaxKind.AmpersandToken,
  SyntaxKind.BarToken,
  SyntaxKind.CaretToken,
]
const ASSIGNMENT = [
  SyntaxKind.PlusEqualsToken,
  SyntaxKind.MinusEqualsToken,
  SyntaxKind.AsteriskEqualsToken,
  SyntaxKind.AsteriskAsteriskEqualsToken,
  SyntaxKind.SlashEqualsToken,
  SyntaxKind.PercentEqualsToken,
  SyntaxKind.LessThanLessThanEqualsToken,
  SyntaxKind.GreaterThanGreaterThanEqualsToken,
]
const OPERATORS: ReadonlySet<ts.SyntaxKind> = new Set([...ORDER, ...ARITHMETIC, ...ASSIGNMENT])

/** An operator on a value that carries a unit: the compiler allows `price + quantity`, both are bigint. */
export function unitOperator(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isBinaryExpression(node) && OPERATORS.has(node.operatorToken.kind)) {
    const carries = carriesUnit(node.left, checker) || carriesUnit(node.right, checker)
    return carries ? complaint(node.operatorToken.getText()) : undefined
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const isNot = node.operator === SyntaxKind.ExclamationToken
    return !isNot && carriesUnit(node.operand, checker) ? complaint(ts.tokenToString(node.operator) ?? '') : undefined
  }
  return undefined
}

/** A cast to a unit: only the constructors in core/quantity check what they cast. */
export function unitCast(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isAsExpression(node) || !carriesUnit(node, checker)) return undefined
  return 'cast to a unit, use a constructor from core/quantity'
}

function complaint(operator: string): string {
  return `operator ${operator} on a value with a unit, use a named function from core/quantity`
}

/** Whether the type of `node` is a bigint with a brand, or may be one. */
function carriesUnit(node: ts.Node, checker: ts.TypeChecker): boolean {
  const type = checker.getTypeAtLocation(node)
  const parts = type.isUnion() ? type.types : [type]
  return parts.some(
    (part) => part.isIntersection() && part.types.some(({ flags }) => (flags & ts.TypeFlags.BigIntLike) !== 0),
  )
}
