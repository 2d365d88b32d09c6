import type { MarginModel } from '../../core/margin/model.ts'
import type { Epoch } from '../../core/market/epoch.ts'
import type { Section, DepthRow } from '../../estimate/epoch/section.ts'
import { decodeEpoch } from '../../wire/decode.ts'
import { encodeJson } from '../../wire/encode.ts'
import type { EpochSection } from '../../wire/epoch-report.ts'
import { type JsonNode, shown } from '../../wire/portfolio/json-node.ts'
import { parseJson } from '../../wire/portfolio/parse-json.ts'
import { type Complaint, createProblemList, type Problem, type Problems } from '../../wire/portfolio/problem.ts'
import { quoted, type Source, sourceOf, type SourceText } from '../../wire/portfolio/source.ts'
import { contentHash, type Sha256 } from '../epoch-text.ts'
import { type FieldPlace, placeOfField } from './place-of-field.ts'

/** The model whose section has figures that follow from others. */
export const HOUSE = 'plimsoll-1'

/** The section of the house model as it stands in a document: `estimate/epoch` builds it, and a venue may add depths of markets. */
export interface PublishedSection extends Section {
  readonly markets?: Readonly<Record<string, DepthRow>>
}

/** An epoch document that can be read: all of its sections by their own models. */
export interface OpenedEpoch {
  readonly epoch: Epoch
  /** Of the canonical JSON of the whole document. */
  readonly hash: string
  readonly canonicalText: boolean
  readonly sections: readonly EpochSection[]
  /** Undefined without a section of the house model. */
  readonly house: PublishedSection | undefined
}

export type EpochOpening =
  | { readonly ok: true; readonly opened: OpenedEpoch }
  | { readonly ok: false; readonly problems: Problems }

/** Models by id, and the hash of a text: whoever asks brings them. */
export interface EpochReaders {
  readonly models: ReadonlyMap<string, MarginModel<unknown>>
  readonly sha256: Sha256
}

interface Document {
  readonly source: Source
  readonly root: JsonNode
}

const FIELDS = 'id, model, sections, liquidation, provenance'
const PROVENANCE = /^\$\.provenance/

/**
 * Reads an epoch document: what `adoptEpoch` takes. Problems come in three
 * layers, each complete before the next: the text, the document, then of each section what its model's decoder stumbles over first.
 */
export function openEpoch(text: SourceText, readers: EpochReaders): EpochOpening {
  const source = sourceOf(text)
  const problems = createProblemList()
  const root = parseJson(source, problems)
  if (root === undefined || !problems.isEmpty()) return { ok: false, problems: problems.sorted() }
  const document = { source, root }
  const json: unknown = JSON.parse(source.text)
  const decoded = decodeEpoch(json)
  if (!decoded.ok) return refused(decoded.problems.map((one) => documentProblem(document, one)))
  const epoch = decoded.decoded
  const unread = sectionProblems(document, epoch, readers.models)
  if (unread.length > 0) return refused(unread)
  const opened = {
    epoch,
    hash: contentHash(json, readers.sha256),
    canonicalText: text.text === encodeJson(json),
    sections: Object.keys(epoch.sections).map((id) => ({ id, read: readers.models.has(id) })),
    // Its model has read it: it has every field of the type and no other.
    house: Object.hasOwn(epoch.sections, HOUSE) ? (epoch.sections[HOUSE] as PublishedSection) : undefined,
  }
  return { ok: true, opened }
}

function sectionProblems(
  document: Document,
  epoch: Epoch,
  models: ReadonlyMap<string, MarginModel<unknown>>,
): readonly Problem[] {
  if (!models.has(epoch.model)) return [unknownModel(document, epoch.model, [...models.keys()])]
  if (!Object.hasOwn(epoch.sections, epoch.model)) return [missingSection(document, epoch)]
  return Object.entries(epoch.sections).flatMap(([id, section]) => {
    const decoded = models.get(id)?.decodeParameters(section)
    return decoded === undefined || decoded.ok ? [] : [sectionProblem(document, id, decoded)]
  })
}

function unknownModel(document: Document, model: string, known: readonly string[]): Problem {
  const expected = `one of: ${known.join(', ')}`
  const remedy = 'only a model of this build can be in force'
  return problemAt(document, placeOfField(document.root, ['model'], ''), {
    code: 'NotOneOf',
    expected,
    got: quoted(model),
    remedy,
  })
}

function missingSection(document: Document, { model, sections }: Epoch): Problem {
  const names = Object.keys(sections).map(quoted)
  return problemAt(document, placeOfField(document.root, ['sections'], ''), {
    code: 'MissingField',
    expected: `a section ${quoted(model)}, the model in force`,
    got: names.length === 0 ? 'no sections' : `sections ${names.join(', ')}`,
    remedy: 'give the model in force its section, or name another in "model"',
  })
}

function documentProblem(
  document: Document,
  { path, expected }: { readonly path: string; readonly expected: string },
): Problem {
  const place = placeOfField(document.root, [], path)
  if (expected === 'no such field') return problemAt(document, place, unknownField(FIELDS, place))
  if (PROVENANCE.test(path)) return problemAt(document, place, wrongProvenance(expected, place))
  return problemAt(document, place, wrongField(expected, place))
}

function wrongProvenance(expected: string, place: FieldPlace): Complaint {
  const remedy = 'say how the figures came about as fields: "provenance": { "asOf": "2026-11-01", "notes": … }'
  return { code: 'WrongType', expected, got: foundAt(place), remedy }
}

function sectionProblem(
  document: Document,
  id: string,
  { field, expected, found }: { readonly field: string; readonly expected: string; readonly found: string },
): Problem {
  const place = placeOfField(document.root, ['sections', id], field)
  const known = /^one of: (.*)$/s.exec(expected)?.[1]
  if (known !== undefined) return problemAt(document, place, unknownField(known, place))
  const name = nameFound(place, found)
  return problemAt(document, place, name === undefined ? wrongField(expected, place) : badName(expected, name))
}

function unknownField(known: string, { key }: FieldPlace): Complaint {
  return {
    code: 'UnknownField',
    expected: `one of: ${known}`,
    got: quoted(String(key)),
    remedy: 'leave it out, or correct its name; what is known about the figures belongs into "provenance"',
  }
}

/** The name that a decoder complains of, where it is a key of the text: the field's own, or one of the fields below it. */
function nameFound({ node, key }: FieldPlace, found: string): string | undefined {
  if (node === undefined) return undefined
  const below = node.kind === 'object' ? node.members.map((member) => member.key) : []
  return [...(typeof key === 'string' ? [key] : []), ...below].find((name) => JSON.stringify(name) === found)
}

function badName(expected: string, name: string): Complaint {
  return { code: 'BadName', expected, got: quoted(name), remedy: 'correct the name, or leave it out' }
}

function wrongField(expected: string, place: FieldPlace): Complaint {
  const code = place.node === undefined ? 'MissingField' : 'WrongType'
  const remedy = code === 'MissingField' ? 'add it' : 'correct the figure'
  const more = 'the README of the model has every field, its unit and its range'
  return { code, expected, got: foundAt(place), remedy: `${remedy}: ${more}` }
}

function foundAt({ node }: FieldPlace): string {
  return node === undefined ? 'nothing' : shown(node)
}

function problemAt({ source }: Document, { path, offset }: FieldPlace, complaint: Complaint): Problem {
  const { line, column } = source.position(offset)
  const { code, expected, got, remedy } = complaint
  return { code, file: source.name, line, column, path, expected, got, remedy }
}

function refused(kept: readonly Problem[]): { readonly ok: false; readonly problems: Problems } {
  return { ok: false, problems: { kept, more: 0 } }
}
