declare const unit: unique symbol

/** A bigint that carries its unit in its type; only constructors in this folder make one. */
export type Branded<Unit extends string> = bigint & { readonly [unit]: Unit }

/** Atoms in one whole: values, prices, quantities and rates have 18 decimals. */
export const ONE = 10n ** 18n

/** Parts in one whole for shares, haircuts and weights. */
export const MILLION = 1_000_000n
