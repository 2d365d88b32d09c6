import { marginModel, marginModelIds } from '../../core/margin/registry.ts'
import { buildSection } from '../../estimate/epoch/build-section.ts'
import { TWO_COINS } from '../../estimate/epoch/two-coins.test-data.ts'
import { printProblems } from '../../wire/portfolio/problem.ts'
import { sha256 } from '../trader.test-data.ts'
import { type EpochReaders, openEpoch, type OpenedEpoch, type PublishedSection } from './open-epoch.ts'

type Changeable<T> = { -readonly [key in keyof T]: Changeable<T[key]> }

/** What a test may change anywhere. */
export type SectionToChange = Changeable<PublishedSection>
export interface DocumentToChange {
  id: string
  model: string
  readonly sections: { 'plimsoll-1': SectionToChange }
  readonly liquidation: { bufferPpm: number; penaltyPpm: number }
}
export type Change = (document: DocumentToChange, section: SectionToChange) => void

/** Every model there is. */
export const READERS: EpochReaders = {
  models: new Map(
    marginModelIds().flatMap((id) => {
      const model = marginModel(id)
      return model === undefined ? [] : [[id, model] as const]
    }),
  ),
  sha256,
}

/** The epoch of two coins as a document, after a change of it. */
export function twoCoins(change: Change = () => undefined): unknown {
  const document = JSON.parse(
    JSON.stringify({
      id: 'two-coins',
      model: 'plimsoll-1',
      sections: { 'plimsoll-1': buildSection(TWO_COINS) },
      liquidation: { bufferPpm: 100_000, penaltyPpm: 5_000 },
    }),
  ) as DocumentToChange
  change(document, document.sections['plimsoll-1'])
  return document
}

/** The document opened, or an error with its problems. */
export function openedEpoch(document: unknown): OpenedEpoch {
  const opening = openEpoch({ name: 'two-coins.json', text: JSON.stringify(document) }, READERS)
  if (!opening.ok) throw new Error(printProblems(opening.problems))
  return opening.opened
}
