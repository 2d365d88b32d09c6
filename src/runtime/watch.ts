import type { WatchPort } from './ports.ts'

/** Every account, after every move. */
export const watchEveryone: WatchPort = { accountsToCheck: (state) => state.accounts.values() }

/** Nobody: for measuring what commands cost without the sweep. */
export const watchNobody: WatchPort = { accountsToCheck: () => [] }
