import { openBank, recordOf } from './bank.ts';
import type { Log } from './log.ts';
import type { Ground, Peer } from './peer.ts';

/**
 * The limit of what can be durable: a plain reducer in memory, each payment a record in an append-only file. No actors,
 * no rows on disk, nothing that could be read after a restart without reading all of it.
 */
export const openAppendFile = (ground: Ground, log: Log): Peer => {
  const bank = openBank(ground.guilds, ground.membersPerGuild);
  return {
    pay: async (payment) => {
      const paid = bank.apply(payment);
      if (paid === true) await log.append(recordOf(payment, ground.recordBytes));
      return paid ?? true;
    },
    audit: async () => ({ coins: bank.coins(), ledgerRows: bank.ledgerRows() }),
    close: log.close,
  };
};
