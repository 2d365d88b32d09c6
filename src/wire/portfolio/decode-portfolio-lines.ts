import type { AssetId, MarketId } from '../../core/instrument/identifier.ts'
import type { Surroundings } from './complete-portfolio.ts'
import type { DecodedPortfolio } from './decode-portfolio.ts'
import type { FileAsset, FileContract } from './file-terms.ts'
import type { Note } from './findings.ts'
import { openPortfolioLines } from './portfolio-lines.ts'
import type { FileAccount, PortfolioContent, PortfolioFile } from './portfolio-file.ts'
import type { Problem } from './problem.ts'
import type { SourceText } from './source.ts'

/** A whole `.jsonl` portfolio: the document of its first line with the account of every further line. */
export function decodePortfolioLines({ name, text }: SourceText, around: Surroundings): DecodedPortfolio {
  const [first = '', ...lines] = text.split('\n')
  const opened = openPortfolioLines({ name, text: first }, around)
  if (!opened.ok) return opened
  const accounts: FileAccount[] = []
  const assets = new Map<AssetId, FileAsset>(opened.header.assets)
  const contracts = new Map<MarketId, FileContract>(opened.header.contracts)
  const kept: Problem[] = []
  let more = 0
  const assumptions = createNotes(opened.assumptions)
  const warnings = createNotes(opened.warnings)
  lines.forEach((line, i) => {
    if (line.trim() === '') return
    const read = opened.account(line, i + 2)
    if (!read.ok) {
      kept.push(...read.problems.kept)
      more += read.problems.more
      return
    }
    accounts.push(...read.portfolio.accounts)
    for (const [id, asset] of read.portfolio.assets) assets.set(id, asset)
    for (const [id, contract] of read.portfolio.contracts) contracts.set(id, contract)
    assumptions.add(read.assumptions)
    warnings.add(read.warnings)
  })
  if (kept.length > 0) return { ok: false, problems: { kept, more } }
  if (accounts.length === 0) return { ok: false, problems: { kept: [noAccounts(name)], more: 0 } }
  const content: PortfolioContent = { ...opened.header, accounts, assets, contracts }
  return { ok: true, portfolio: content as PortfolioFile, assumptions: assumptions.all(), warnings: warnings.all() }
}

/** Notes of many lines, each once. */
function createNotes<Code extends string>(first: readonly Note<Code>[]) {
  const notes = new Map<string, Note<Code>>()
  const add = (more: readonly Note<Code>[]) => {
    for (const note of more) notes.set(`${note.code} ${note.path} ${note.message}`, note)
  }
  add(first)
  return { add, all: () => [...notes.values()] }
}

function noAccounts(file: string): Problem {
  return {
    code: 'MissingField',
    file,
    line: 1,
    column: 1,
    path: '$',
    expected: 'an account on every line after the first',
    got: 'no further line',
    remedy: 'add a line such as { "id": "A-1", "balances": { "USDC": "2500" } }',
  }
}
