import { numbers, zipf } from '../load.ts';
import type { Ground, Payment } from './peer.ts';

/** The payments of a measurement, the same for every peer: guilds by Zipf's law, two different members of each. */
export const paymentsOf = ({
  seed,
  guilds,
  membersPerGuild,
  exponent,
}: Pick<Ground, 'seed' | 'guilds' | 'membersPerGuild' | 'exponent'>): (() => Payment) => {
  const next = numbers(seed);
  const pickGuild = zipf(guilds, next, exponent);
  let id = 0;
  return () => {
    id += 1;
    const guild = pickGuild();
    const payer = Math.floor(next() * membersPerGuild);
    const receiver = (payer + 1 + Math.floor(next() * (membersPerGuild - 1))) % membersPerGuild;
    return { guild, payer, receiver, id };
  };
};
