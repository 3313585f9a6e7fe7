import { dispatch, spawn, start } from 'nact';
import { recordOf } from './bank.ts';
import type { Log } from './log.ts';
import { coinsMax, type Ground, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';

interface Guild {
  readonly balances: readonly number[];
  readonly seen: ReadonlySet<number>;
}

interface Pay {
  readonly payment: Payment;
  readonly answer: (paid: boolean) => void;
}

/** An actor for each guild as one would first write it: its handler waits for the disk before it takes the next message. */
export const openNact = (ground: Ground, log: Log): Peer => {
  const system = start();
  let ledgerRows = 0;
  const states = new Map<number, Guild>();
  const handle = async (guild: Guild, { payment, answer }: Pay): Promise<Guild> => {
    const { payer, receiver, id } = payment;
    if (guild.seen.has(id)) {
      answer(true);
      return guild;
    }
    const held = guild.balances[payer] ?? 0;
    const reached = (guild.balances[receiver] ?? 0) + paidCoins;
    if (held < paidCoins || reached > coinsMax) {
      answer(false);
      return guild;
    }
    await log.append(recordOf(payment, ground.recordBytes));
    ledgerRows += 1;
    const balances = guild.balances.with(payer, held - paidCoins).with(receiver, reached);
    const after = { balances, seen: (guild.seen as Set<number>).add(id) };
    states.set(payment.guild, after);
    answer(true);
    return after;
  };
  const actors = Array.from({ length: ground.guilds }, (_, index) => {
    const balances = Array.from({ length: ground.membersPerGuild }, () => startCoins);
    const initialState: Guild = { balances, seen: new Set() };
    states.set(index, initialState);
    return spawn(system, handle, `guild-${index}`, { initialState });
  });
  return {
    pay: (payment) => {
      const actor = actors[payment.guild];
      if (actor === undefined) throw new RangeError(`there is no guild ${payment.guild}`);
      return new Promise((resolve) => dispatch(actor, { payment, answer: resolve }));
    },
    audit: async () => {
      let coins = 0;
      for (const { balances } of states.values()) coins += balances.reduce((sum, held) => sum + held, 0);
      return { coins, ledgerRows };
    },
    close: log.close,
  };
};
