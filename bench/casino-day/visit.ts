import { cooldownsMs } from '../../src/features/casino/tuning.ts';
import { itemOf } from '../../src/features/items/api.ts';
import { assert } from '../../src/kernel/assert.ts';
import type { MemberId } from '../../src/kernel/ids.ts';

/** Something a member does: an operation and its input. */
export interface Act {
  readonly operation: string;
  readonly input: unknown;
}

/** What is bet at each game. */
const bet = '10';
/** A potion that works for an hour, and does something at every game. */
const potion = 'energy_drink';

/** How long a member does without what they do at a visit: no game waits longer for its next bet. */
export const betweenVisitsMs = Math.max(...Object.values(cooldownsMs)) + 1;
/** How long the potion works, in which no other is drunk. */
export const potionWorksMs = itemOf(potion)?.lastsMs ?? 0;

/** A hand of blackjack that waits for its player, as its operation gives it. */
interface WaitingHand {
  readonly kind: 'dealt';
  readonly round: number;
  readonly step: number;
}

const isWaiting = (value: unknown): value is WaitingHand =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dealt';

/**
 * One visit of a member to shop and casino: buys a potion with the button of the shop, drinks it where none works yet,
 * and plays a round of each game that is over at once and a hand of blackjack, hit once and stood. Is given the value of
 * each act; `purchases` is how many they made before.
 */
export const visit = function* (
  by: MemberId,
  { purchases, drinks }: { readonly purchases: number; readonly drinks: boolean },
): Generator<Act, void, unknown> {
  const price = itemOf(potion)?.price;
  assert(price !== undefined, `the shop sells ${potion}`);
  yield { operation: 'shop.buy', input: { by, i: potion, n: 1, p: price, t: purchases } };
  if (drinks) yield { operation: 'items.use', input: { item: potion } };
  yield { operation: 'casino.coinflip', input: { bet, side: 'heads' } };
  yield { operation: 'casino.slots', input: { bet } };
  yield { operation: 'casino.roulette', input: { bet, on: 'red' } };
  let hand = yield { operation: 'casino.blackjack', input: { bet } };
  while (isWaiting(hand)) {
    const { round, step } = hand;
    hand = yield { operation: 'casino.blackjack.move', input: { by, round, step, move: step === 0 ? 'H' : 'S' } };
  }
};
