import { completePortfolio, openDocument, type Surroundings } from './complete-portfolio.ts'
import { type Draft, readDocument } from './document-fields.ts'
import { hasFormat, PORTFOLIO_FORMAT } from './document-format.ts'
import { type Assumption, createFindings, type Findings, type Warning } from './findings.ts'
import { parseJson } from './parse-json.ts'
import { type PortfolioTable, readPositionRows } from './position-rows.ts'
import type { FileAccount, PortfolioFile } from './portfolio-file.ts'
import type { Problems } from './problem.ts'
import { ROOT, type Source, sourceOf, type SourceText } from './source.ts'

/** A portfolio, with every default it used and every doubt about it; or what is wrong with its file. */
export type DecodedPortfolio =
  | {
      readonly ok: true
      readonly portfolio: PortfolioFile
      readonly assumptions: readonly Assumption[]
      readonly warnings: readonly Warning[]
    }
  | { readonly ok: false; readonly problems: Problems }

/**
 * A portfolio from JSON text. Three layers, each complete before the next: text (JSON, duplicate keys), shape (fields and
 * their values), meaning (the files it names, prices, contracts alive).
 */
export function decodePortfolio(text: SourceText, around: Surroundings): DecodedPortfolio {
  const findings = createFindings()
  const read = readText(sourceOf(text), findings)
  return decoded(read, around, findings)
}

/** A portfolio from a CSV table of positions and balances; prices are given beside it. */
export function decodePortfolioTable(text: SourceText, table: PortfolioTable, around: Surroundings): DecodedPortfolio {
  const findings = createFindings()
  const read = readPositionRows(sourceOf(text), table, findings)
  return decoded(read, around, findings)
}

type Read = Draft & { readonly accounts: readonly FileAccount[] }

function readText(source: Source, findings: Findings): Read | undefined {
  const node = parseJson(source, findings.problems)
  if (node === undefined || !findings.problems.isEmpty()) return undefined
  const at = { node, path: ROOT, source }
  return hasFormat(at, PORTFOLIO_FORMAT, findings) ? readDocument(at, findings) : undefined
}

function decoded(read: Read | undefined, around: Surroundings, findings: Findings): DecodedPortfolio {
  const portfolio = read === undefined || !findings.problems.isEmpty() ? undefined : complete(read, around, findings)
  if (portfolio === undefined) return { ok: false, problems: findings.problems.sorted() }
  return { ok: true, portfolio, assumptions: findings.assumptions, warnings: findings.warnings }
}

function complete(read: Read, around: Surroundings, findings: Findings): PortfolioFile | undefined {
  const document = openDocument(read, around, findings)
  if (document === undefined) return undefined
  return completePortfolio(document, { accounts: read.accounts, mentions: findings.mentions }, findings)
}
