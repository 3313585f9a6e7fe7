// What other features may use of the casino.
export { code } from './cards.ts';
export { addCounters, countBet, countersOf } from './counting.ts';
export { newServerSeed, seedHash } from './fairness/draw.ts';
export { countToday, refuseStake } from './limits.ts';
export {
  type GameEffect,
  gameEffects,
  type RoundEnd,
  raceBonus,
  roundEnded,
  sharedRounds,
} from './points.ts';
export { maxBet, minBet } from './settings.ts';
export type { Game } from './tuning.ts';
