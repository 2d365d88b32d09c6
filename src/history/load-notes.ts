import { dirname } from 'node:path'
import { printedDuration } from './duration.ts'

/** What became of one series of a file. */
export interface SeriesFact {
  /** Of the file. */
  readonly path: string
  readonly asset: string
  readonly outcome: Outcome
  /** Rows of a time that an earlier row has. */
  readonly repeatedRows: number
  readonly droppedRanges: number
}

export type Outcome =
  | { readonly did: 'became a series' }
  /** Beside a series that was there before: so many steps are from here. */
  | { readonly did: 'filled gaps'; readonly count: number }
  | { readonly did: 'added nothing' }
  | { readonly did: 'had no interval' }
  | { readonly did: 'was too coarse'; readonly intervalMs: number }
  /** None between the first and the last time asked for. */
  | { readonly did: 'had no price in time' }

const MOST_NAMES = 6

/**
 * What a reader of the panel has to know: a sentence for each thing that was left out or filled, of the files of a folder together.
 * `facts` are in the order in which files were read.
 */
export function seriesNotes(facts: readonly SeriesFact[], stepMs: number): readonly string[] {
  const byFolder = Map.groupBy(facts, ({ path }) => dirname(path))
  return [...byFolder.values()].flatMap((group) => [
    ...noteOf(group, ({ repeatedRows }) => repeatedRows, 'row', 'of a time that an earlier row has, left out'),
    ...noteOf(
      group,
      ({ droppedRanges }) => droppedRanges,
      'bar',
      'with high below low or close outside, their range left out',
    ),
    ...noteOf(group, filledSteps, 'step', 'filled that earlier files lack'),
    ...outcomeNotes(group, 'added nothing', 'nothing to add to earlier files'),
    ...coarseNotes(group, stepMs),
    ...outcomeNotes(group, 'had no interval', 'left out, one row alone tells no interval'),
    ...outcomeNotes(group, 'had no price in time', 'left out, no price between the times asked for'),
  ])
}

function filledSteps({ outcome }: SeriesFact): number {
  return outcome.did === 'filled gaps' ? outcome.count : 0
}

function noteOf(
  facts: readonly SeriesFact[],
  figure: (fact: SeriesFact) => number,
  thing: string,
  text: string,
): readonly string[] {
  const concerned = facts.filter((fact) => figure(fact) > 0)
  const count = concerned.reduce((sum, fact) => sum + figure(fact), 0)
  return sentence(concerned, `${count} ${thing}${count === 1 ? '' : 's'} ${text}`)
}

function outcomeNotes(facts: readonly SeriesFact[], did: Outcome['did'], text: string): readonly string[] {
  return sentence(
    facts.filter(({ outcome }) => outcome.did === did),
    text,
  )
}

function coarseNotes(facts: readonly SeriesFact[], stepMs: number): readonly string[] {
  const coarse = facts.flatMap((fact) =>
    fact.outcome.did === 'was too coarse' ? [{ fact, intervalMs: fact.outcome.intervalMs }] : [],
  )
  return [...Map.groupBy(coarse, ({ intervalMs }) => intervalMs)].flatMap(([intervalMs, group]) =>
    sentence(
      group.map(({ fact }) => fact),
      `left out, bars of ${printedDuration(intervalMs)} are longer than the step of ${printedDuration(stepMs)}`,
    ),
  )
}

function sentence(facts: readonly SeriesFact[], text: string): readonly string[] {
  const [first] = facts
  if (first === undefined) return []
  const files = new Set(facts.map(({ path }) => path)).size
  const where = files === 1 ? first.path : `${dirname(first.path)} (${files} files)`
  const names = [...new Set(facts.map(({ asset }) => asset))]
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return [`${where}: ${text}: ${names.slice(0, MOST_NAMES).join(', ')}${more}`]
}
