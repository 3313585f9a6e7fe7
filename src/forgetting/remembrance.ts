import { z } from 'zod';
import type { Mutation } from '../kernel/context.ts';
import { epochMs, type GuildId, type MemberId } from '../kernel/ids.ts';
import { type Operation, task } from '../kernel/operation.ts';
import { done } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { erased, erasedKnownMs, remembered } from './state.ts';

/** How long something is kept of an erased member. */
export const rememberedMs = 90 * 24 * 60 * 60_000;

/** The keyed hash of a member in a guild. */
export type MemberHash = (guild: GuildId, member: MemberId) => string;

/** Keeps and gives back what must not be had twice by leaving. */
export interface Memory {
  /** Keeps what features want kept of a member who is about to be erased. */
  readonly keep: (mutation: Mutation, member: MemberId) => void;
  /** Gives a member back what was kept of them, if there is anything, and keeps it no longer. */
  readonly recall: (mutation: Mutation, member: MemberId) => void;
  /** Keeps that a member was erased. */
  readonly note: (mutation: Mutation, member: MemberId) => void;
  readonly operations: readonly Operation<never>[];
}

/** The memory of erased members over what features declare. */
export const memory = (registry: () => Registry, hash: MemberHash): Memory => {
  const expire = task({
    name: 'core.forget-remembered',
    version: 1,
    input: z.strictObject({ hash: z.string() }),
    run: (m, { hash: key }) => {
      m.remove(remembered, [key]);
      return done();
    },
  });
  const expireErased = task({
    name: 'core.forget-erased',
    version: 1,
    input: z.strictObject({ hash: z.string() }),
    run: (m, { hash: key }) => {
      m.remove(erased, [key]);
      return done();
    },
  });
  const recall = (mutation: Mutation, member: MemberId): void => {
    // A hash for each operation would be a waste where nobody was erased.
    if (mutation.count(remembered) === 0) return;
    const key = hash(mutation.guild, member);
    const row = mutation.find(remembered, [key]);
    if (row === undefined) return;
    mutation.remove(remembered, [key]);
    mutation.cancel(expire, key);
    if (row.expiresAt <= mutation.now) return;
    for (const { name, schema, restore } of registry().remembrances) {
      if (Object.hasOwn(row.kept, name)) restore(mutation, member, schema.parse(row.kept[name]) as never);
    }
  };
  return {
    keep: (mutation, member) => {
      // What was kept before and never asked for belongs to what is kept now.
      recall(mutation, member);
      const kept: Record<string, unknown> = {};
      for (const remembrance of registry().remembrances) {
        const value = remembrance.keep(mutation, member);
        if (value !== undefined) kept[remembrance.name] = value;
      }
      if (Object.keys(kept).length === 0) return;
      const key = hash(mutation.guild, member);
      const expiresAt = epochMs(mutation.now + rememberedMs);
      mutation.put(remembered, [key], { expiresAt, kept });
      mutation.wake(expire, key, expiresAt, { hash: key });
    },
    recall,
    note: (mutation, member) => {
      const key = hash(mutation.guild, member);
      mutation.put(erased, [key], { at: mutation.now });
      mutation.wake(expireErased, key, epochMs(mutation.now + erasedKnownMs), { hash: key });
    },
    operations: [expire, expireErased],
  };
};
