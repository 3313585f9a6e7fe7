// What other features may use of the casino.
export { cutBack, type Edge, edgeOf, gearReturnMax, type WantedEffects, wantedEffects } from './edge.ts';
export { type GameEffect, gameEffects, type RoundEnd, roundEnded } from './points.ts';
export { type Game, games } from './tuning.ts';
