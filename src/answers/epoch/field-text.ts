import { child, type Path, pathText, ROOT } from '../../wire/portfolio/source.ts'
import { HOUSE } from './open-epoch.ts'

/** A field of the house model's section as messages name it: `$.sections["plimsoll-1"].scenarios[3].movesPpm.ETH`. */
export function houseField(...keys: readonly (string | number)[]): string {
  return fieldText('sections', HOUSE, ...keys)
}

/** A field of an epoch document as messages name it. */
export function fieldText(...keys: readonly (string | number)[]): string {
  return pathText(keys.reduce<Path>((path, key) => child(path, key), ROOT))
}
