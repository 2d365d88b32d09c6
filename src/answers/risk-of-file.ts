import type { MarginModel } from '../core/margin/model.ts'
import type { NamedFile } from '../wire/portfolio/price-source.ts'
import type { FileModel, PortfolioHeader } from '../wire/portfolio/portfolio-file.ts'
import type { SourceText } from '../wire/portfolio/source.ts'
import { contentHash, type HashedEpoch, readEpoch, type Sha256 } from './epoch-text.ts'
import type { Answer, Fault } from './fault.ts'
import { overriddenSection } from './section-overrides.ts'
import { type UsageLevels, usageLevels } from './usage-levels.ts'

/** The methodology of an answer, with everything that names it. */
export interface FileRisk {
  readonly model: MarginModel<unknown>
  readonly parameters: unknown
  /** Such as `standard/2026-02-06`; parameters inside the file are `standard/inline`. */
  readonly modelVersion: string
  readonly epochHash: string
  readonly levels: UsageLevels
  /** The model's section as it stands in the epoch. */
  readonly section: unknown
}

/** What there is to choose from, and what was chosen beside the file. */
export interface RiskChoice {
  readonly models: ReadonlyMap<string, MarginModel<unknown>>
  /** Epochs that come with the engine, by model, as JSON text. */
  readonly builtInEpochs: ReadonlyMap<string, string>
  readonly sha256: Sha256
  readonly readFile: (path: string) => NamedFile
  /** Wins over the file's model. */
  readonly model: string | undefined
  /** Wins over the file's epoch. */
  readonly epoch: SourceText | undefined
}

interface Section {
  readonly section: unknown
  readonly epochId: string
  readonly hash: string
}

/**
 * Which model judges and by which parameters: what was typed over what the file says, over the epoch that comes with the model. An
 * epoch whose hash is not the one the file pins is refused, unless another model than the file's was asked for.
 */
export function riskOfFile(file: PortfolioHeader, choice: RiskChoice): Answer<FileRisk> {
  const id = choice.model ?? file.model.id
  const model = choice.models.get(id)
  if (model === undefined) return refused(unknownModel(id, choice))
  const found = sectionOf(id, file.model, choice)
  if (!found.ok) return found
  const { section, epochId, hash } = found.answer
  const decoded = model.decodeParameters(overriddenSection(id, section, file))
  if (!decoded.ok) {
    const { field, expected, found: got } = decoded
    return refused(parameterFault(`${id}: ${field}`, { expected, got, isInline: epochId === INLINE }))
  }
  return {
    ok: true,
    answer: {
      model,
      parameters: decoded.parameters,
      modelVersion: `${id}/${epochId}`,
      epochHash: hash,
      levels: usageLevels(file, section),
      section,
    },
  }
}

const INLINE = 'inline'

function sectionOf(id: string, { id: own, parameters }: FileModel, choice: RiskChoice): Answer<Section> {
  const { epoch, sha256 } = choice
  const isOwn = id === own
  const pinned = isOwn && parameters.kind === 'epochFile' ? parameters.hash : undefined
  if (epoch !== undefined) return inEpoch(id, epoch.text, { pinned, sha256 })
  if (isOwn && parameters.kind === 'inline') {
    const { section } = parameters
    return { ok: true, answer: { section, epochId: INLINE, hash: contentHash(section, sha256) } }
  }
  if (parameters.kind === 'epochFile') {
    const read = choice.readFile(parameters.path)
    if (!read.ok) return refused(missingEpoch(parameters.path, read.reason))
    return inEpoch(id, read.source.text, { pinned, sha256 })
  }
  const builtIn = choice.builtInEpochs.get(id)
  return builtIn === undefined ? refused(noEpoch(id)) : inEpoch(id, builtIn, { pinned, sha256 })
}

function inEpoch(
  id: string,
  text: string,
  { pinned, sha256 }: { readonly pinned: string | undefined; readonly sha256: Sha256 },
): Answer<Section> {
  const read = readEpoch(text, sha256)
  if (!read.ok) return read
  const { epoch, hash }: HashedEpoch = read.answer
  if (pinned !== undefined && pinned !== hash) return refused(hashFault(pinned, hash))
  const section = Object.hasOwn(epoch.sections, id) ? epoch.sections[id] : undefined
  if (section === undefined) return refused(noSection(id, Object.keys(epoch.sections)))
  return { ok: true, answer: { section, epochId: epoch.id, hash } }
}

function refused(fault: Fault): { readonly ok: false; readonly faults: readonly Fault[] } {
  return { ok: false, faults: [fault] }
}

function unknownModel(id: string, { model, models }: RiskChoice): Fault {
  return {
    document: model === undefined ? 'portfolio' : 'arguments',
    path: model === undefined ? ['model'] : ['--model'],
    code: 'NotOneOf',
    expected: `one of: ${[...models.keys()].join(', ')}`,
    got: JSON.stringify(id),
    remedy: 'choose one of these, in the file or with --model',
  }
}

function missingEpoch(path: string, reason: string): Fault {
  return {
    document: 'portfolio',
    path: ['model', 'epoch'],
    code: 'FileNotFound',
    expected: 'a readable epoch file',
    got: `${path}: ${reason}`,
    remedy: 'paths are relative to the portfolio file; or pass --epoch FILE',
  }
}

function noEpoch(id: string): Fault {
  return {
    document: 'portfolio',
    path: ['model'],
    code: 'MissingField',
    expected: `parameters of ${id}, which has no epoch of its own`,
    got: 'nothing',
    remedy: `pass --epoch FILE, or write "model": { "id": "${id}", "parameters": … }`,
  }
}

function noSection(id: string, sections: readonly string[]): Fault {
  return {
    document: 'epoch',
    path: ['sections'],
    code: 'MissingField',
    expected: `a section "${id}"`,
    got: sections.length === 0 ? 'no sections' : `sections ${sections.map((name) => JSON.stringify(name)).join(', ')}`,
    remedy: `pass an epoch of ${id}, or choose another --model`,
  }
}

function hashFault(pinned: string, hash: string): Fault {
  return {
    document: 'portfolio',
    path: ['model', 'epochHash'],
    code: 'EpochHashMismatch',
    expected: `the epoch ${pinned}`,
    got: hash,
    remedy: 'use the epoch that was pinned, or correct "epochHash" if another was meant',
  }
}

function parameterFault(
  at: string,
  { expected, got, isInline }: { readonly expected: string; readonly got: string; readonly isInline: boolean },
): Fault {
  return {
    document: isInline ? 'portfolio' : 'epoch',
    path: isInline ? ['model', 'parameters'] : ['sections'],
    code: 'WrongType',
    expected: `${at}: ${expected}`,
    got,
    remedy: 'correct the parameters of the model',
  }
}
