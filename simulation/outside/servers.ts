import type { GuildId, MemberId } from '../../src/kernel/ids.ts';
import { guildId, memberId } from '../../src/kernel/ids.ts';
import type { Chance } from '../chance.ts';

/** A server as Discord knows it, whatever the bot was told. */
export interface Server {
  readonly guild: GuildId;
  readonly everybody: readonly MemberId[];
  readonly present: Set<MemberId>;
  hasBot: boolean;
  /** Nothing of it reaches the bot. */
  inOutage: boolean;
}

/** Some servers with their members; some people are in many of them. */
export const openServers = (chance: Chance, count: number): readonly Server[] =>
  Array.from({ length: count }, (_, index) => {
    const size = 3 + chance.int(index === 0 ? 40 : 14);
    const everybody = Array.from({ length: size }, (__, number) =>
      memberId(String(200_000_000_000_000_000n + BigInt(number < 6 ? number : index * 100 + number))),
    );
    return {
      guild: guildId(String(100_000_000_000_000_001n + BigInt(index))),
      everybody,
      present: new Set(everybody),
      hasBot: true,
      inOutage: false,
    };
  });
