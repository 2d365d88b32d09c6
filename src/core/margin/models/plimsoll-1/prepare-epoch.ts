import type { Quantity } from '../../../quantity/quantity.ts'
import type { AssetId } from '../../../instrument/identifier.ts'
import type { Plimsoll1Parameters } from './parameters.ts'
import { measuredEpoch, type PreparedEpoch } from './prepared-epoch.ts'
import { usefulSize } from './useful-size.ts'

/** An epoch as every assessment takes it; a useful size is worked out when it is first asked for. */
export function prepareEpoch(parameters: Plimsoll1Parameters): PreparedEpoch {
  const measured = measuredEpoch(parameters)
  const sizes = new Map<AssetId, Quantity>()
  function usefulSizeOf(asset: AssetId): Quantity {
    const known = sizes.get(asset)
    if (known !== undefined) return known
    const size = usefulSize(asset, measured)
    sizes.set(asset, size)
    return size
  }
  return { ...measured, usefulSizeOf }
}
