import { type REST, Routes } from 'discord.js';
import type { APIGuildMember, APIRole } from 'discord-api-types/v10';
import type { Clock } from '../../kernel/clock.ts';
import type { EffectFailure } from '../../kernel/effect.ts';
import type { GuildId } from '../../kernel/ids.ts';
import { remembered } from './remembered.ts';

/** What stands against giving or taking a role: `undefined` when nothing does. */
export type RoleGuard = (guild: GuildId, role: string) => Promise<EffectFailure | undefined>;

// Source: Discord's documentation of permission bits.
const administratorBit = 1n << 3n;
const manageRolesBit = 1n << 28n;
const freshMs = 10_000;
const guildsMax = 1_000;

interface Standing {
  readonly roles: readonly APIRole[];
  /** The bot's own roles, @everyone included. */
  readonly own: readonly APIRole[];
  readonly atMs: number;
}

/** Discord's order of roles: by position, and of two in the same place the older is the higher. */
const isAbove = (one: APIRole, other: APIRole): boolean =>
  one.position === other.position ? BigInt(one.id) < BigInt(other.id) : one.position > other.position;

const judge = ({ roles, own }: Standing, guild: GuildId, id: string): EffectFailure | undefined => {
  const role = roles.find((one) => one.id === id);
  if (!role) return 'gone';
  const permissions = own.reduce((bits, one) => bits | BigInt(one.permissions), 0n);
  const mayManage = (permissions & (administratorBit | manageRolesBit)) !== 0n;
  const isHigher = own.some((one) => isAbove(one, role));
  return id !== guild && !role.managed && mayManage && isHigher ? undefined : 'forbidden';
};

/**
 * Checks the order of roles before Discord does: each of its refusals counts towards a ban. What is asked of Discord
 * holds for ten seconds, but nothing is refused on an answer older than the question. Rejects with Discord's refusal.
 */
export const createRoleGuard = (rest: REST, me: () => Promise<string>, clock: Clock): RoleGuard => {
  const known = remembered<Standing>(guildsMax);

  const look = async (guild: GuildId): Promise<Standing> => {
    const [roles, member] = await Promise.all([
      rest.get(Routes.guildRoles(guild)) as Promise<readonly APIRole[]>,
      me().then((id) => rest.get(Routes.guildMember(guild, id)) as Promise<APIGuildMember>),
    ]);
    const own = roles.filter(({ id }) => id === guild || member.roles.includes(id));
    const standing = { roles, own, atMs: clock.monotonicMs() };
    known.set(guild, standing);
    return standing;
  };

  return async (guild, role) => {
    const before = known.get(guild);
    if (before && clock.monotonicMs() - before.atMs < freshMs && judge(before, guild, role) === undefined) {
      return undefined;
    }
    return judge(await look(guild), guild, role);
  };
};
