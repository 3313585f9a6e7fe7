import { dispatch, spawn, start } from 'nact';
import { openBank, recordOf } from './bank.ts';
import type { Log } from './log.ts';
import type { Ground, Payment, Peer } from './peer.ts';

interface Pay {
  readonly payment: Payment;
  readonly answer: (paid: boolean) => void;
}

/**
 * An actor for each guild as fast as nact allows: each payment is a message, whose handler waits for nothing; the log
 * answers. Beside the append file of the same log it shows what nact costs.
 */
export const openNactBatched = (ground: Ground, log: Log): Peer => {
  const system = start();
  const bank = openBank(ground.guilds, ground.membersPerGuild);
  const handle = (state: undefined, { payment, answer }: Pay): undefined => {
    const paid = bank.apply(payment);
    if (paid === true) void log.append(recordOf(payment, ground.recordBytes)).then(() => answer(true));
    else answer(paid ?? true);
    return state;
  };
  const actors = Array.from({ length: ground.guilds }, (_, index) => spawn(system, handle, `guild-${index}`));
  return {
    pay: (payment) => {
      const actor = actors[payment.guild];
      if (actor === undefined) throw new RangeError(`there is no guild ${payment.guild}`);
      return new Promise((resolve) => dispatch(actor, { payment, answer: resolve }));
    },
    audit: async () => ({ coins: bank.coins(), ledgerRows: bank.ledgerRows() }),
    close: log.close,
  };
};
