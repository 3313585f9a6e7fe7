// What other features may use of the casino.
export { code } from './cards.ts';
export { newServerSeed, seedHash } from './fairness/draw.ts';
export { countToday, refuseStake } from './limits.ts';
export { type GameEffect, gameEffects, type RoundEnd, raceBonus, roundEnded } from './points.ts';
export { maxBet, minBet } from './settings.ts';
export type { Game } from './tuning.ts';
