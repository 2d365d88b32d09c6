import type { MarginModel, MarginModelId } from './model.ts'
import { plimsoll1 } from './models/plimsoll-1/plimsoll-1.ts'
import { standard } from './models/standard/standard.ts'

/** Every methodology this build knows, by id. Adding one is its folder and one line here. */
const MODELS: ReadonlyMap<MarginModelId, MarginModel<unknown>> = new Map([
  [standard.id, standard as MarginModel<unknown>],
  [plimsoll1.id, plimsoll1 as MarginModel<unknown>],
])

/** The model of an id; undefined if this build does not know it. */
export function marginModel(id: MarginModelId): MarginModel<unknown> | undefined {
  return MODELS.get(id)
}

/** Ids of all models, in the order they were registered. */
export function marginModelIds(): readonly MarginModelId[] {
  return [...MODELS.keys()]
}
