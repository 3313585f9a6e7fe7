// What other features may use of the stock market.
export { holdingsValue } from './positions.ts';
