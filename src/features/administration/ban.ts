import type { Mutation } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { setBanned } from '../wallet/api.ts';
import { type Ban, bans } from './state.ts';

/** Bans a member from the economy; who was banned before is banned as this says. */
export const banMember = (m: Mutation, member: MemberId, ban: Ban): void => {
  m.put(bans, [member], ban);
  setBanned(m, member, ban.at);
};

/** Ends a member's ban. */
export const unbanMember = (m: Mutation, member: MemberId): void => {
  m.remove(bans, [member]);
  setBanned(m, member, undefined);
};
