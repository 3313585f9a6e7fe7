import { memberPayload } from '../world/payloads.ts';
import { textOf } from '../world/text.ts';
import type { Guild, Member, World } from '../world/world.ts';
import { type Session, sendDispatch } from './session.ts';

const chunkMax = 1_000;
const userIdsMax = 100;

const wanted = (world: World, guild: Guild, data: Record<string, unknown>): { found: Member[]; missing: string[] } => {
  const ids = data['user_ids'];
  if (ids !== undefined) {
    const asked = (Array.isArray(ids) ? ids : [ids]).map(String).slice(0, userIdsMax);
    const found: Member[] = [];
    for (const id of asked) {
      const member = guild.members.get(id);
      if (member !== undefined) found.push(member);
    }
    return { found, missing: asked.filter((id) => !guild.members.has(id)) };
  }
  const query = textOf(data['query']).toLowerCase();
  const limit = Number(data['limit'] ?? 0);
  const found = Array.from(guild.members.values()).filter((member) =>
    (member.nick ?? world.users.get(member.userId)?.name ?? '').toLowerCase().startsWith(query),
  );
  return { found: limit > 0 ? found.slice(0, limit) : found, missing: [] };
};

/** Answers a request for members (op 8) in chunks of 1,000. A server the world does not have is not answered. */
export const sendMemberChunks = (world: World, session: Session, data: Record<string, unknown>): void => {
  const guild = world.guilds.get(String(data['guild_id']));
  if (guild === undefined || guild.unavailable) return;
  const { found, missing } = wanted(world, guild, data);
  const chunks = Math.max(1, Math.ceil(found.length / chunkMax));
  for (let index = 0; index < chunks; index += 1) {
    const members = found.slice(index * chunkMax, (index + 1) * chunkMax);
    const chunk = {
      guild_id: guild.id,
      members: members.map((member) => memberPayload(world, member)),
      chunk_index: index,
      chunk_count: chunks,
      not_found: missing,
      ...(data['nonce'] === undefined ? {} : { nonce: data['nonce'] }),
    };
    sendDispatch(session, 'GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }
};
