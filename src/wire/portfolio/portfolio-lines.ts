import { distinctAccounts } from './account-fields.ts'
import {
  completePortfolio,
  headerOf,
  openDocument,
  type OpenDocument,
  type Surroundings,
} from './complete-portfolio.ts'
import type { DecodedPortfolio } from './decode-portfolio.ts'
import { readFirstLine } from './document-fields.ts'
import { hasFormat, PORTFOLIO_FORMAT } from './document-format.ts'
import { type Assumption, createFindings, type Findings, type Warning } from './findings.ts'
import type { Located } from './json-node.ts'
import { parseJson } from './parse-json.ts'
import type { PortfolioHeader } from './portfolio-file.ts'
import type { Problems } from './problem.ts'
import { ROOT, sourceOf, type SourceText } from './source.ts'

/** A file of lines of which the first is read: a document, whose accounts follow. */
export type OpenedLines =
  | {
      readonly ok: true
      readonly header: PortfolioHeader
      readonly assumptions: readonly Assumption[]
      readonly warnings: readonly Warning[]
      /** The portfolio of one further line, which is one account: it alone is held in memory. `line` counts from 1 in the file. */
      account(text: string, line: number): DecodedPortfolio
    }
  | { readonly ok: false; readonly problems: Problems }

/** Opens a `.jsonl` portfolio by its first line: the document without accounts. */
export function openPortfolioLines(first: SourceText, around: Surroundings): OpenedLines {
  const findings = createFindings()
  const document = readLine(first, 1, findings, (at) => {
    const draft = hasFormat(at, PORTFOLIO_FORMAT, findings) ? readFirstLine(at, findings) : undefined
    return draft !== undefined && findings.problems.isEmpty() ? openDocument(draft, around, findings) : undefined
  })
  if (document === undefined || !findings.problems.isEmpty()) return { ok: false, problems: findings.problems.sorted() }
  const reader = distinctAccounts()
  return {
    ok: true,
    header: headerOf(document, document.terms),
    assumptions: findings.assumptions,
    warnings: findings.warnings,
    account: (text, line) => accountLine({ name: first.name, text }, line, { document, reader }),
  }
}

function accountLine(
  text: SourceText,
  line: number,
  { document, reader }: { readonly document: OpenDocument; readonly reader: ReturnType<typeof distinctAccounts> },
): DecodedPortfolio {
  const findings = createFindings()
  const portfolio = readLine(text, line, findings, (at) => {
    const account = reader(at, findings)
    if (account === undefined || !findings.problems.isEmpty()) return undefined
    return completePortfolio(document, { accounts: [account], mentions: findings.mentions }, findings)
  })
  if (portfolio === undefined) return { ok: false, problems: findings.problems.sorted() }
  return { ok: true, portfolio, assumptions: findings.assumptions, warnings: findings.warnings }
}

function readLine<T>(
  text: SourceText,
  line: number,
  findings: Findings,
  read: (at: Located) => T | undefined,
): T | undefined {
  const source = sourceOf(text, line)
  const node = parseJson(source, findings.problems)
  return node === undefined || !findings.problems.isEmpty() ? undefined : read({ node, path: ROOT, source })
}
