import { z } from 'zod';
import { refusalBehind } from '../actors/transaction.ts';
import { InvariantError } from '../kernel/assert.ts';
import type { Mutation } from '../kernel/context.ts';
import { type Dotted, epochMs, type MemberId } from '../kernel/ids.ts';
import { departures, memberErasing } from '../kernel/membership.ts';
import { type Operation, task } from '../kernel/operation.ts';
import { done } from '../kernel/outcome.ts';
import type { Registry } from '../kernel/registry.ts';
import { memberSchema } from '../kernel/schemas.ts';
import { timerAttemptsMax, timers } from '../kernel/timer.ts';
import type { Memory } from './remembrance.ts';
import { hasRows, removeRows } from './rows.ts';
import { graceHours } from './settings.ts';
import { lateMs, secondGraceMs, traced } from './state.ts';
import { traceStep } from './traces.ts';

const hourMs = 60 * 60_000;
/** Members whose traces are looked for in one go over the guild's rows. */
const membersAtOnce = 50;
/** There is one search for traces at a time. */
const searchKey = 'guild';

/** What happens to a member's rows when they leave and come back. */
export interface MemberForgetting {
  /** A member asks for an operation. Why it is refused: they are being erased. */
  readonly acting: (mutation: Mutation, member: MemberId) => Dotted | undefined;
  readonly operations: readonly Operation<never>[];
}

const memberInput = z.strictObject({ member: memberSchema });
const keyPart = z.union([z.string(), z.number()]);
const searchInput = z.strictObject({
  members: z.array(memberSchema).optional(),
  place: z.strictObject({ collection: z.string(), after: z.array(keyPart).optional() }).optional(),
});

/** Lets features settle what is open. A refusal would let go of the erasure without a word: it is a bug. */
const settle = (mutation: Mutation, member: MemberId): void => {
  try {
    mutation.emit(memberErasing, { member });
  } catch (error) {
    const refused = refusalBehind(error);
    if (refused === undefined) throw error;
    throw new InvariantError(`nobody refuses an erasure: ${refused.refused}`, { cause: error });
  }
};

/** Leaving, coming back and being erased, over all collections of a registry. */
export const memberForgetting = (
  registry: () => Registry,
  { keep, recall, note }: Pick<Memory, 'keep' | 'recall' | 'note'>,
): MemberForgetting => {
  const erase: Operation<{ readonly member: MemberId }> = task({
    name: 'core.erase-member',
    version: 1,
    input: memberInput,
    run: (m, { member }) => {
      const departure = m.find(departures, [member]);
      if (departure === undefined || m.now < departure.eraseAt) return done();
      if (departure.stage === 'away') {
        if (m.now - departure.eraseAt > lateMs) {
          const eraseAt = epochMs(m.now + secondGraceMs);
          m.put(departures, [member], { ...departure, eraseAt });
          m.wake(erase, member, eraseAt, { member });
          return done();
        }
        keep(m, member);
        m.put(departures, [member], { ...departure, stage: 'erasing' });
      }
      settle(m, member);
      if (!removeRows(m, registry(), member)) {
        m.wake(erase, member, m.now, { member });
        return done();
      }
      m.put(traced, [member], { since: m.now });
      const running = m.find(timers, [search.name, searchKey]);
      // One that was parked has to begin again: nobody knows how far it came.
      if (running === undefined || running.attempts >= timerAttemptsMax) m.wake(search, searchKey, m.now, {});
      return done();
    },
  });

  /** The end of an erasure; what came to be meanwhile of somebody who is not back goes as well. */
  const finish = (mutation: Mutation, member: MemberId): void => {
    const { stage } = mutation.get(departures, [member]);
    mutation.remove(traced, [member]);
    if (stage !== 'returned' && hasRows(mutation, registry(), member)) {
      mutation.wake(erase, member, mutation.now, { member });
      return;
    }
    mutation.remove(departures, [member]);
    note(mutation, member);
    if (stage === 'returned') recall(mutation, member);
  };

  const search: Operation<z.infer<typeof searchInput>> = task<z.infer<typeof searchInput>>({
    name: 'core.erase-traces',
    version: 1,
    input: searchInput,
    run: (m, { members, place }) => {
      const sought = members ?? m.page(traced, { limit: membersAtOnce }).map(([[member]]) => member);
      if (sought.length === 0) return done();
      const next = traceStep(m, registry(), new Set(sought), place);
      if (next !== undefined) {
        m.wake(search, searchKey, m.now, {
          members: [...sought],
          place: { collection: next.collection, after: next.after && [...next.after] },
        });
        return done();
      }
      for (const member of sought) finish(m, member);
      if (m.count(traced) > 0) m.wake(search, searchKey, m.now, {});
      return done();
    },
  });

  const left = task({
    name: 'core.member-left',
    version: 1,
    input: memberInput,
    run: (m, { member }) => {
      const departure = m.find(departures, [member]);
      if (departure?.stage === 'returned') m.put(departures, [member], { ...departure, stage: 'erasing' });
      if (departure !== undefined || !hasRows(m, registry(), member)) return done();
      const eraseAt = epochMs(m.now + m.setting(graceHours) * hourMs);
      m.put(departures, [member], { at: m.now, eraseAt, stage: 'away' });
      m.wake(erase, member, eraseAt, { member });
      return done();
    },
  });

  /** Undoes a departure in its grace, and gives back what was kept. Whether the member is being erased instead. */
  const welcome = (mutation: Mutation, member: MemberId): 'welcome' | 'erasing' => {
    const stage = mutation.count(departures) === 0 ? undefined : mutation.find(departures, [member])?.stage;
    if (stage === 'erasing' || stage === 'returned') return 'erasing';
    if (stage === 'away') {
      mutation.remove(departures, [member]);
      mutation.cancel(erase, member);
    }
    recall(mutation, member);
    return 'welcome';
  };

  const joined = task({
    name: 'core.member-joined',
    version: 1,
    input: memberInput,
    run: (m, { member }) => {
      if (welcome(m, member) === 'erasing') {
        m.put(departures, [member], { ...m.get(departures, [member]), stage: 'returned' });
      }
      return done();
    },
  });

  return {
    acting: (mutation, member) => (welcome(mutation, member) === 'erasing' ? 'core.member-erasing' : undefined),
    operations: [left, joined, erase, search],
  };
};
