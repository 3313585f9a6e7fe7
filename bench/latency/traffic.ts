import { numbers, zipf } from '../load.ts';
import type { Traffic } from './generator.ts';
import type { Kind, Request } from './protocol.ts';

/** A question, and whether its guild is meant to be on disk only. */
export type Question = Omit<Request, 'sequence' | 'kind'> & { readonly kind: Kind; readonly cold: boolean };

/** The questions of a run, the same for the same seed. */
export const trafficOf = (traffic: Traffic): (() => Question) => {
  const { seed, mix, firstGuild, guilds, exponent, cold } = traffic;
  const next = numbers(seed);
  const pickGuild = zipf(guilds, next, exponent);
  const shares = Object.entries(mix) as [Kind, number][];
  const pickKind = (): Kind => {
    let left = next();
    for (const [kind, share] of shares) {
      left -= share;
      if (left < 0) return kind;
    }
    return shares[0]?.[0] ?? 'balance';
  };
  // Another stretch of the cold guilds with each seed.
  let coldGuild = cold === undefined ? 0 : Math.floor(numbers(seed + 7)() * cold.guilds);
  return () => {
    const kind = pickKind();
    const isCold = cold !== undefined && next() < cold.share;
    const members = isCold ? cold.membersPerGuild : traffic.membersPerGuild;
    const member = Math.floor(next() * members);
    const other = (member + 1 + Math.floor(next() * (members - 1))) % members;
    if (!isCold) return { kind, guild: firstGuild + pickGuild(), member, other, cold: false };
    coldGuild = (coldGuild + 1) % cold.guilds;
    return { kind, guild: cold.firstGuild + coldGuild, member, other, cold: true };
  };
};
