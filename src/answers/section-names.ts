/** What a section of an epoch has figures of. */
export interface SectionNames {
  readonly assets: ReadonlySet<string>
  readonly markets: ReadonlySet<string>
}

/** Assets and markets that a model's section names; undefined for a model whose derivation says itself what it does not know. */
export function namedBySection(model: string, section: unknown): SectionNames | undefined {
  if (model !== 'standard') return undefined
  const { assets, markets } = (section ?? {}) as Readonly<Record<string, unknown>>
  return { assets: namesOf(assets), markets: namesOf(markets) }
}

/** USD is the unit of account: no epoch needs to say so of it. */
function namesOf(table: unknown): ReadonlySet<string> {
  return new Set(['USD', ...Object.keys((table ?? {}) as object)])
}
