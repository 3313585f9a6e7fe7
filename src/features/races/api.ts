// What other features may use of the races.
export { type RaceBonus, raceBonuses } from './points.ts';
