import ts from 'typescript'
import { lineOf, type Finding } from './finding.ts'

const LINES_PER_FILE = 400
const LINES_PER_FUNCTION = 70
const VAGUE_NAMES = /(^|\/)(utils?|helpers?|index|misc|common)(\.ts$|\/)/
// Written so that this file does not find itself.
const LEFTOVERS = new RegExp(`\\b(${['FIX', 'TO', 'XX'].map((start, i) => start + ['ME', 'DO', 'X'][i]).join('|')})\\b`)
const TEST_CALLS = new Set(['describe', 'test', 'it', 'beforeAll', 'beforeEach', 'afterAll', 'afterEach'])

/** Faults that need no types: length of the file and its functions, vague file names, work left undone. */
export function findTextFaults(file: string, text: string): Finding[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2024, true)
  return [...fileFaults(file, text), ...longFunctions(source)]
}

function fileFaults(file: string, text: string): Finding[] {
  const findings: Finding[] = []
  const lines = text.trimEnd().split('\n')
  if (lines.length > LINES_PER_FILE)
    findings.push({ file, line: 1, text: `file is ${lines.length} lines, limit ${LINES_PER_FILE}` })
  if (VAGUE_NAMES.test(file)) findings.push({ file, line: 1, text: 'name the file after the one thing it holds' })
  for (const [index, line] of lines.entries()) {
    const leftover = LEFTOVERS.exec(line)
    if (leftover !== null) findings.push({ file, line: index + 1, text: `leftover ${leftover[1]}` })
  }
  return findings
}

function longFunctions(source: ts.SourceFile): Finding[] {
  const findings: Finding[] = []
  const isTest = source.fileName.endsWith('.test.ts')
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !(isTest && isTestCallback(node))) {
      const lines = source.getLineAndCharacterOfPosition(node.end).line + 2 - lineOf(source, node)
      const text = `function is ${lines} lines, limit ${LINES_PER_FUNCTION}`
      if (lines > LINES_PER_FUNCTION) findings.push({ file: source.fileName, line: lineOf(source, node), text })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return findings
}

/** Whether `node` is the function given to `describe(...)`, `test(...)`, `test.each(table)(...)` and the like. */
function isTestCallback(node: ts.Node): boolean {
  if (!ts.isCallExpression(node.parent)) return false
  let callee: ts.Expression = node.parent.expression
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) callee = callee.expression
  return ts.isIdentifier(callee) && TEST_CALLS.has(callee.text)
}
