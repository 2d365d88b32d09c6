/** A risk factor as readers say it: `ETH`, `USDC peg`, `BTC volatility`, `BTC-PERP basis`. */
export function factorLabel(factor: string): string {
  const [first = factor, kind, ...rest] = factor.split('/')
  switch (kind) {
    case 'peg':
      return `${first} peg`
    case 'vol':
      return `${first} volatility`
    case 'basis':
      return `${rest.at(-1) ?? first} basis`
    default:
      return factor
  }
}
