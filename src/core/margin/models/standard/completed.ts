import type { SideParameters, StandardParameters } from './parameters.ts'

/** Older figures with the assets and markets that only newer ones list. No requirement rises by it: what is in neither costs most. */
export function completed(older: StandardParameters, newer: StandardParameters): StandardParameters {
  const side = (which: keyof StandardParameters): SideParameters => ({
    assets: new Map([...newer[which].assets, ...older[which].assets]),
    markets: new Map([...newer[which].markets, ...older[which].markets]),
  })
  return { maintenance: side('maintenance'), initial: side('initial') }
}
