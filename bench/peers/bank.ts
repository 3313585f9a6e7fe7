import { coinsMax, type Payment, paidCoins, startCoins } from './peer.ts';

/** The plain reducer: balances and keys that were seen, in memory. Who keeps it writes the rows of the ledger. */
export interface Bank {
  /** `undefined` when the key was seen before. */
  readonly apply: (payment: Payment) => boolean | undefined;
  readonly coins: () => number;
  readonly ledgerRows: () => number;
}

/** Opens a bank whose members all have their start grant. */
export const openBank = (guilds: number, membersPerGuild: number): Bank => {
  const balances = new Float64Array(guilds * membersPerGuild).fill(startCoins);
  const seen = new Set<number>();
  let ledgerRows = 0;
  return {
    apply: (payment) => {
      const { guild, payer, receiver, id } = payment;
      if (seen.has(id)) return undefined;
      const from = guild * membersPerGuild + payer;
      const to = guild * membersPerGuild + receiver;
      const held = balances[from] ?? 0;
      const reached = (balances[to] ?? 0) + paidCoins;
      if (held < paidCoins || reached > coinsMax) return false;
      balances[from] = held - paidCoins;
      balances[to] = reached;
      seen.add(id);
      ledgerRows += 1;
      return true;
    },
    coins: () => balances.reduce((sum, held) => sum + held, 0),
    ledgerRows: () => ledgerRows,
  };
};

/** The record of a payment in a log, of `bytes` bytes. */
export const recordOf = ({ guild, payer, receiver, id }: Payment, bytes: number): Buffer => {
  const record = Buffer.alloc(bytes, 1);
  record.writeUInt32LE(guild, 0);
  record.writeUInt32LE(payer, 4);
  record.writeUInt32LE(receiver, 8);
  record.writeDoubleLE(id, 12);
  return record;
};
