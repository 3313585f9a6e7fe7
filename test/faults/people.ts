// Members of two guilds who say commands to real actors over simulated disks, for faults that span several parts.
import type { Answer, Request } from '../../src/actors/request.ts';
import { book, entryKind, give } from '../../src/features/wallet/api.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import { type Coins, type GuildId, guildId, type MemberId, memberId } from '../../src/kernel/ids.ts';
import { mutation } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { featureWith } from '../house/feature.ts';
import type { House } from '../house/house.ts';

export const home = guildId('100000000000000001');
export const elsewhere = guildId('100000000000000002');
export const alice = memberId('200000000000000001');
export const bob = memberId('200000000000000002');
export const carol = memberId('200000000000000003');

const administrator = 8n;
const discordEpochMs = 1_420_070_400_000;

/** How the gateway hands in a member named in an option. */
export const person = (id: MemberId, bot = false) => ({ id, bot, present: true });

interface Fund {
  readonly who: MemberId;
  readonly wallet: Coins;
}

/** Makes coins for a member, through the same door as everything else. */
const fund = mutation({
  name: 'funding.fund',
  version: 1,
  input: { parse: (input) => input as Fund },
  run: (m, { who, wallet }) => {
    book(m, { postings: [give(who, 'wallet', wallet, { entry: entryKind('funding') })], minted: wallet });
    m.put(accounts, [who], { ...m.get(accounts, [who]), startedAt: m.now, activeAt: m.now });
    return done();
  },
  view: () => ({ private: true }),
});

/** What tests add to a house to give its members coins. */
export const funding = featureWith('funding', {
  operations: [fund],
});

let serial = 0;

/** An interaction of a member, with an id that holds its time, as Discord's do. */
export const interaction = (
  house: House,
  operation: string,
  input: unknown = {},
  more: Partial<Pick<Request, 'guild' | 'member'>> = {},
): Request => {
  const found = house.registry.operations.get(operation);
  if (!found) throw new Error(`no operation ${operation}`);
  serial += 1;
  return {
    id: String((BigInt(house.clock.now - discordEpochMs) << 22n) | BigInt(serial)),
    guild: home,
    member: alice,
    permissions: administrator,
    operation: found,
    input,
    deadlineMs: Number.MAX_SAFE_INTEGER,
    ...more,
  };
};

/** Asks and gives the answer. */
export const ask = (house: House, ...asked: Parameters<typeof interaction> extends [House, ...infer R] ? R : never) =>
  house.directory.ask(interaction(house, ...asked));

/** The wallet of a member as the answer to `/balance` has it. Grants the start coins at first use. */
export const walletOf = async (house: House, member: MemberId, guild: GuildId = home): Promise<unknown> => {
  const answer: Answer = await ask(house, 'economy.balance', {}, { member, guild });
  return 'refused' in answer ? answer.refused : (answer.done as { readonly wallet: number }).wallet;
};

/** Pays bob, or whom `to` names, out of alice's wallet. */
export const pay = (house: House, amount: string, guild: GuildId = home, to = person(bob)): Promise<Answer> =>
  ask(house, 'economy.pay', { member: to, amount }, { guild });
