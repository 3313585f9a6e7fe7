import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coinsMax, type Ground, type Payment, type Peer, paidCoins, startCoins } from './peer.ts';

interface Member {
  wallet: number;
  bank: number;
  debt: number;
  lastDaily: string | null;
  inventory: Readonly<Record<string, number>>;
}

interface Guild {
  readonly members: Record<string, Member>;
  readonly history: {
    readonly id: number;
    readonly payer: string;
    readonly receiver: string;
    readonly coins: number;
  }[];
}

type Data = Record<string, Guild>;

const guildName = (index: number): string => `1000000000000${index}`;
const memberName = (index: number): string => `2000000000000${index}`;

const begin = ({ guilds, membersPerGuild }: Ground): Data => {
  const member = (): Member => ({ wallet: startCoins, bank: 0, debt: 0, lastDaily: null, inventory: { rod: 1 } });
  const members = (): Guild['members'] =>
    Object.fromEntries(Array.from({ length: membersPerGuild }, (_, index) => [memberName(index), member()]));
  return Object.fromEntries(
    Array.from({ length: guilds }, (_, index) => [guildName(index), { members: members(), history: [] }]),
  );
};

const apply = (data: Data, { guild: index, payer, receiver, id }: Payment): boolean | undefined => {
  const guild = data[guildName(index)];
  const from = guild?.members[memberName(payer)];
  const to = guild?.members[memberName(receiver)];
  if (!guild || !from || !to) return false;
  if (guild.history.some((entry) => entry.id === id)) return undefined;
  if (from.wallet < paidCoins || to.wallet + paidCoins > coinsMax) return false;
  from.wallet -= paidCoins;
  to.wallet += paidCoins;
  guild.history.push({ id, payer: memberName(payer), receiver: memberName(receiver), coins: paidCoins });
  return true;
};

const auditOf = (data: Data): { readonly coins: number; readonly ledgerRows: number } => {
  let coins = 0;
  let ledgerRows = 0;
  for (const { members, history } of Object.values(data)) {
    for (const { wallet } of Object.values(members)) coins += wallet;
    ledgerRows += history.length;
  }
  return { coins, ledgerRows };
};

/** Replaces the file by what is on disk beside it. */
const saveDurably = async (path: string, data: Data): Promise<void> => {
  const file = await open(`${path}.new`, 'w');
  await file.writeFile(JSON.stringify(data));
  await file.datasync();
  await file.close();
  await rename(`${path}.new`, path);
  const folder = await open(join(path, '..'), 'r');
  await folder.sync();
  await folder.close();
};

/**
 * What the bots this project replaces do: one JSON file, loaded, changed and saved for each command, one command at a
 * time. `durable` has it saved to the disk, which none of them do.
 */
export const openJsonFile = async (ground: Ground, durable: boolean): Promise<Peer> => {
  const path = join(ground.folder, 'data.json');
  await writeFile(path, JSON.stringify(begin(ground)));
  const load = async (): Promise<Data> => JSON.parse(await readFile(path, 'utf8')) as Data;
  let last: Promise<unknown> = Promise.resolve();
  const payAlone = async (payment: Payment): Promise<boolean> => {
    const data = await load();
    const paid = apply(data, payment);
    if (paid === true) {
      if (durable) await saveDurably(path, data);
      else await writeFile(path, JSON.stringify(data));
    }
    return paid ?? true;
  };
  return {
    pay: (payment) => {
      const turn = last.then(() => payAlone(payment));
      last = turn;
      return turn;
    },
    audit: async () => auditOf(await load()),
    close: async () => undefined,
  };
};

/** The best that can be made of one file: kept in memory, and saved whole for all that gathered meanwhile. */
export const openJsonMemory = async (ground: Ground): Promise<Peer> => {
  const path = join(ground.folder, 'data.json');
  const data = begin(ground);
  await saveDurably(path, data);
  let waiters: (() => void)[] = [];
  let saving = false;
  const save = async (): Promise<void> => {
    while (waiters.length > 0) {
      const released = waiters;
      waiters = [];
      await saveDurably(path, data);
      for (const release of released) release();
    }
    saving = false;
  };
  return {
    pay: (payment) => {
      const paid = apply(data, payment);
      if (paid !== true) return Promise.resolve(paid ?? true);
      return new Promise((resolve) => {
        waiters.push(() => resolve(true));
        if (saving) return;
        saving = true;
        setImmediate(() => void save());
      });
    },
    audit: async () => auditOf(JSON.parse(await readFile(path, 'utf8')) as Data),
    close: async () => undefined,
  };
};
