import type { SimulatorClock } from './clock.ts';
import type { Message } from './world/world.ts';

/** The bot's newest messages by the nonce they were posted with. */
export interface Nonces {
  readonly keep: (nonce: string, message: Message) => void;
  /** The message posted with this nonce a few minutes ago at most. */
  readonly find: (nonce: string) => Message | undefined;
}

/** Discord says "the past few minutes". */
const keptMs = 5 * 60_000;
const keptMax = 10_000;

/** Remembers the nonces of the last five minutes of the simulator's time. Messages themselves do not carry them. */
export const createNonces = (clock: SimulatorClock): Nonces => {
  const posted = new Map<string, { readonly message: Message; readonly atMs: number }>();
  return {
    keep: (nonce, message) => {
      posted.set(nonce, { message, atMs: clock.now() });
      for (const [oldest, { atMs }] of posted) {
        if (posted.size <= keptMax && clock.now() - atMs < keptMs) break;
        posted.delete(oldest);
      }
    },
    find: (nonce) => {
      const found = posted.get(nonce);
      return found !== undefined && clock.now() - found.atMs < keptMs ? found.message : undefined;
    },
  };
};
