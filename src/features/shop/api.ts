// What other features may use of the shop.
export { shopDiscounts } from './points.ts';
