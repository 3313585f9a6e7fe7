import type { GuildId } from '../../kernel/ids.ts';
import { type Claim, FencedError } from '../ports.ts';
import { type GuildBits, guildBits } from './block.ts';

/** Who may append for which guild. */
export interface Claims {
  claim(guild: GuildId): Claim;
  release(claim: Claim): void;
  /** The claim's guild as it is stored; throws `FencedError` when the claim is not the guild's newest. */
  check(claim: Claim): GuildBits;
}

interface Owner extends Claim {
  readonly bits: GuildBits;
}

/** No claims yet. Epochs rise over all guilds, so that a guild which nobody owns needs no memory. */
export const noClaims = (): Claims => {
  const owners = new Map<GuildId, Owner>();
  let epoch = 0;
  return {
    claim(guild) {
      const owner: Owner = { guild, epoch: (epoch += 1), bits: guildBits(guild) };
      owners.set(guild, owner);
      return owner;
    },
    release(claim) {
      if (owners.get(claim.guild)?.epoch === claim.epoch) owners.delete(claim.guild);
    },
    check(claim) {
      const owner = owners.get(claim.guild);
      if (owner?.epoch === claim.epoch) return owner.bits;
      throw new FencedError(`claim ${claim.epoch} on guild ${claim.guild} has ended`);
    },
  };
};
