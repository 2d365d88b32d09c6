/** Names of risk factors as people say them: `ETH/basis/perpetual/ETH-PERP` is `ETH-PERP basis`, `USDC/peg` is `USDC peg`. */
export function factorText(factor: string): string {
  const [, basisOf] = /^.+\/basis\/(?:perpetual|future)\/(.+)$/.exec(factor) ?? []
  if (basisOf !== undefined) return `${basisOf} basis`
  const [, asset, kind] = /^(.+)\/(peg|vol)$/.exec(factor) ?? []
  if (asset !== undefined) return `${asset} ${kind}`
  const [, underlying, contract] = /^(.+)\/basis\/(perpetual|future)$/.exec(factor) ?? []
  return underlying === undefined ? factor : `${underlying} ${contract} basis`
}
