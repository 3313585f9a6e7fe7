import { setTimeout as sleep } from 'node:timers/promises';
import {
  type GatewayGuildMembersChunkDispatchData,
  GatewayOpcodes,
  type GatewayRequestGuildMembers,
} from 'discord-api-types/v10';
import type { Clock } from '../kernel/clock.ts';
import type { GuildId, MemberId } from '../kernel/ids.ts';
import { type Bucket, createBucket } from './bucket.ts';

/** It cannot be known now who is there: nobody may be taken for gone. */
export class MembersUnknownError extends Error {
  override readonly name = 'MembersUnknownError';
}

/** The gateway's connections, as far as asking for members goes. */
export interface MemberConnections {
  /** The shard a server belongs to. */
  readonly shardOf: (guild: GuildId) => number;
  /** Sends at once; throws a `MembersUnknownError` when the shard is not connected. */
  readonly send: (shard: number, packet: GatewayRequestGuildMembers) => void;
}

/** Asks Discord which members are there. */
export interface MemberLookup {
  /** Those of `ids` who are members of the server now. Rejects when that cannot be known. */
  readonly present: (guild: GuildId, ids: readonly MemberId[]) => Promise<ReadonlySet<MemberId>>;
  /** Takes an answer of Discord's; those to nobody's question are ignored. */
  readonly takeChunk: (chunk: GatewayGuildMembersChunkDispatchData) => void;
  /** Discord declines to answer the question of this nonce. */
  readonly takeRefusal: (nonce: string) => void;
}

interface Question {
  readonly open: Set<string>;
  readonly there: Set<MemberId>;
  readonly settle: (error?: Error) => void;
}

/** Source: Discord's documentation of Request Guild Members. */
const idsPerQuestion = 100;
/** Discord closes a connection that sends more than 120 packets in 60 seconds; the rest is for heartbeats and resumes. */
const questionsPerMinute = 90;
const answerMsMax = 15_000;

/**
 * Asks in questions of 100 ids, at most 90 a minute on each shard. An id that an answer neither lists nor calls unknown,
 * an outage, a lost connection or 15 seconds without an answer reject. `pause` waits real milliseconds.
 */
export const createMemberLookup = (
  connections: MemberConnections,
  clock: Clock,
  pause: (ms: number) => Promise<unknown> = sleep,
): MemberLookup => {
  const questions = new Map<string, Question>();
  const buckets = new Map<number, Bucket>();
  let asked = 0;

  const waitForTurn = async (shard: number): Promise<void> => {
    const bucket =
      buckets.get(shard) ??
      createBucket({ starts: questionsPerMinute, windowMs: 60_000, waitMsMax: Number.POSITIVE_INFINITY });
    buckets.set(shard, bucket);
    const nowMs = clock.monotonicMs();
    const startMs = bucket.reserve(nowMs) ?? nowMs;
    if (startMs > nowMs) await pause(startMs - nowMs);
  };

  const ask = async (guild: GuildId, ids: readonly MemberId[], there: Set<MemberId>): Promise<void> => {
    const shard = connections.shardOf(guild);
    await waitForTurn(shard);
    asked += 1;
    const nonce = String(asked);
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error): void => {
        clearTimeout(timer);
        questions.delete(nonce);
        if (error) reject(error);
        else resolve();
      };
      const timer = setTimeout(() => settle(new MembersUnknownError('Discord did not say who is there')), answerMsMax);
      timer.unref();
      questions.set(nonce, { open: new Set(ids), there, settle });
      try {
        const data = { guild_id: guild, user_ids: [...ids], limit: 0, nonce };
        connections.send(shard, { op: GatewayOpcodes.RequestGuildMembers, d: data });
      } catch (error) {
        settle(error as Error);
      }
    });
  };

  return {
    present: async (guild, ids) => {
      const there = new Set<MemberId>();
      const all = [...new Set(ids)];
      for (let first = 0; first < all.length; first += idsPerQuestion) {
        await ask(guild, all.slice(first, first + idsPerQuestion), there);
      }
      return there;
    },
    takeChunk: (chunk) => {
      const question = questions.get(chunk.nonce ?? '');
      if (!question) return;
      for (const { user } of chunk.members) {
        if (question.open.delete(user.id)) question.there.add(user.id as MemberId);
      }
      for (const id of chunk.not_found ?? []) question.open.delete(String(id));
      if (chunk.chunk_index < chunk.chunk_count - 1) return;
      question.settle(
        question.open.size > 0 ? new MembersUnknownError('Discord left out members it was asked for') : undefined,
      );
    },
    takeRefusal: (nonce) =>
      questions.get(nonce)?.settle(new MembersUnknownError('Discord limits who may be asked for')),
  };
};
