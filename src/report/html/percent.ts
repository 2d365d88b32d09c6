/** A share as CSS writes it, to a tenth of a percent. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10}%`
}
