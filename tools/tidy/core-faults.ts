import { relative } from 'node:path'
import ts from 'typescript'
import { lineOf, type Finding } from './finding.ts'
import { unitCast, unitOperator } from './unit-faults.ts'

const exact = 'use core/quantity (exact) or estimate/ (float)'
const decode = 'decode at the border, in wire/'
const BANNED_NAMES = new Map([
  ['Date', 'take a Timestamp argument'],
  ['Temporal', 'take a Timestamp argument'],
  ['Math', exact],
  ['Number', 'stay in bigint'],
  ['NaN', exact],
  ['Infinity', exact],
  ['isNaN', exact],
  ['isFinite', exact],
  ['Float32Array', exact],
  ['Float64Array', exact],
  ['parseFloat', decode],
  ['parseInt', decode],
  ['Promise', 'core is synchronous'],
  ['Intl', 'locale differs between hosts'],
  ['WeakRef', 'collection of garbage differs between runs'],
  ['FinalizationRegistry', 'collection of garbage differs between runs'],
  ['globalThis', 'name what you use'],
])
const BANNED_MEMBERS = new Map([
  ['localeCompare', 'it depends on the locale'],
  ['toLocaleString', 'it depends on the locale'],
  ['toLocaleLowerCase', 'it depends on the locale'],
  ['toLocaleUpperCase', 'it depends on the locale'],
  ['asyncIterator', 'core is synchronous'],
])

type Rule = (node: ts.Node, checker: ts.TypeChecker) => string | undefined

/** Rules for every file of core. */
const RULES: readonly Rule[] = [bannedName, bannedMember, floatLiteral, asynchrony, mutableModuleState]
/** Rules for core outside core/quantity, the only place where units are combined. */
const UNIT_RULES: readonly Rule[] = [unitOperator, unitCast]

/** What makes core inexact, asynchronous, dependent on the host, or careless with units. `configPath` is core's tsconfig. */
export function findCoreFaults(configPath: string): Finding[] {
  const program = programOf(configPath)
  const checker = program.getTypeChecker()
  const findings: Finding[] = []
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile) continue
    const rules = source.fileName.includes('/quantity/') ? RULES : [...RULES, ...UNIT_RULES]
    const file = relative(process.cwd(), source.fileName)
    const visit = (node: ts.Node): void => {
      for (const rule of rules) {
        const text = rule(node, checker)
        if (text !== undefined) findings.push({ file, line: lineOf(source, node), text })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return findings
}

function programOf(configPath: string): ts.Program {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: failOn }
  const config = ts.getParsedCommandLineOfConfigFile(configPath, undefined, host)
  if (config === undefined) throw new Error(`${configPath} cannot be read`)
  return ts.createProgram(config.fileNames, config.options)
}

function failOn(diagnostic: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
}

function bannedName(node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node) || isNameOfMember(node)) return undefined
  const remedy = BANNED_NAMES.get(node.text)
  return remedy === undefined ? undefined : `${node.text} is banned in core, ${remedy}`
}

/** `price.Date`, `{ Date: 1 }` and `readonly Date: Timestamp` name a member of something, not the global. */
function isNameOfMember(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) {
    return parent.name === node
  }
  return false
}

function bannedMember(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined
  const reason = BANNED_MEMBERS.get(node.name.text)
  return reason === undefined ? undefined : `${node.name.text} is banned in core, ${reason}`
}

function floatLiteral(node: ts.Node): string | undefined {
  return ts.isNumericLiteral(node) && !Number.isSafeInteger(Number(node.text)) ? 'float literal in core' : undefined
}

function asynchrony(node: ts.Node): string | undefined {
  const isAsync = node.kind === ts.SyntaxKind.AsyncKeyword || node.kind === ts.SyntaxKind.AwaitKeyword
  return isAsync || ts.isAwaitExpression(node) ? 'async and await are banned in core, core is synchronous' : undefined
}

function mutableModuleState(node: ts.Node): string | undefined {
  if (!ts.isVariableStatement(node) || !ts.isSourceFile(node.parent)) return undefined
  return (node.declarationList.flags & ts.NodeFlags.Const) === 0 ? 'mutable state of a module in core' : undefined
}
