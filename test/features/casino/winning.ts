import { settle } from '../../../src/features/casino/settle.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import { mutation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';

/** Ends a round of slots with a payout, as the game itself would. */
export const winning = mutation({
  name: 'test.win',
  version: 1,
  input: { parse: (input) => input as { readonly stake: Coins; readonly paid: Coins } },
  run: (m, { stake, paid }) => {
    settle(m, m.actor.member, { play: { game: 'slots' }, ticket: { seed: 0, nonce: 0 }, stake, paid });
    return done();
  },
  view: () => ({ private: true }),
});
