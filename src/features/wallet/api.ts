// What other features may use of the wallet. Balances change through `book` alone.
export { type Account, begin } from './account.ts';
export { coinsField, colors, relativeTime } from './cards.ts';
export { serveIncome } from './debt.ts';
export { entryKind } from './entries.ts';
export { splitFunds, takeFunds } from './funds.ts';
export { type Booking, book, give, take } from './money.ts';
