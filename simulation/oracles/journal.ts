import { crc32 } from 'node:zlib';
import type { GuildId } from '../../src/kernel/ids.ts';
import {
  type Claim,
  FencedError,
  type Journal,
  type JournalEntry,
  JournalFailedError,
  type Position,
  type ReplayedEntry,
} from '../../src/storage/ports.ts';
import { overriding } from '../process/overriding.ts';
import type { Trace } from '../trace.ts';
import type { Findings } from '../violation.ts';

interface Appended {
  readonly guild: GuildId;
  readonly checksum: number;
}

/** What the journal was given, over all restarts, and what it said of it. */
export interface JournalOracle {
  /** The journal for a store, watched. `onFailed` hears when it cannot be written any more. */
  readonly watch: (journal: Journal, onFailed: () => void) => Journal;
  /** The position given to the newest entry. */
  readonly newest: () => number;
  /** The last position that the journal called durable. */
  readonly durable: () => number;
  /**
   * A restart found entries up to a position. Throws where one is missing that was called durable, or one is there that
   * was called lost though it was cut off the disk for good.
   */
  readonly restarted: (at: number, cutIsSafe: boolean) => void;
}

/** Follows a journal from an empty one on. */
export const journalOracle = (trace: Trace, findings: Findings): JournalOracle => {
  const appended = new Map<number, Appended>();
  let newest = 0;
  let durable = 0;
  let failed = false;

  const check = ({ guild, position, bytes }: JournalEntry): void => {
    const known = appended.get(position);
    if (known === undefined) throw findings.broken('acknowledged prefix', `entry ${position} was never appended`);
    if (known.guild !== guild || known.checksum !== crc32(bytes)) {
      throw findings.broken(
        'acknowledged prefix',
        `entry ${position} is not what was appended for guild ${known.guild}`,
      );
    }
  };

  /** Whoever had a guild before can write nothing for it any more. */
  const checkFence = (bare: Journal, stale: Claim): void => {
    try {
      bare.append(stale, new Uint8Array([0]));
    } catch (error) {
      if (error instanceof FencedError || error instanceof JournalFailedError) return;
      throw error;
    }
    throw findings.broken('fencing', `a claim on guild ${stale.guild} that has ended still writes`);
  };

  const replay = function* (journal: Journal, after: Position): Generator<ReplayedEntry> {
    let last: number = after;
    for (const entry of journal.replay(after)) {
      if (entry.position !== last + 1) {
        throw findings.broken('acknowledged prefix', `the journal goes on with ${entry.position} after ${last}`);
      }
      last = entry.position;
      check(entry);
      yield entry;
    }
    if (last < journal.durablePosition) {
      throw findings.broken(
        'acknowledged prefix',
        `the journal gives entries up to ${last} of ${journal.durablePosition}`,
      );
    }
  };

  return {
    watch: (journal, onFailed) => {
      const claims = new Map<GuildId, Claim>();
      return overriding<Journal>(journal, {
        claim: (guild) => {
          const claim = journal.claim(guild);
          const before = claims.get(guild);
          claims.set(guild, claim);
          if (before !== undefined) checkFence(journal, before);
          return claim;
        },
        append: (claim, bytes) => {
          const position = journal.append(claim, bytes);
          if (position !== newest + 1) throw findings.broken('acknowledged prefix', `${position} follows ${newest}`);
          newest = position;
          appended.set(position, { guild: claim.guild, checksum: crc32(bytes) });
          trace.noteBytes(bytes);
          return position;
        },
        replay: (after) => replay(journal, after),
        listen: (listener) =>
          journal.listen({
            durable: (position) => {
              durable = position;
              listener.durable(position);
            },
            failed: (error) => {
              failed = true;
              onFailed();
              listener.failed(error);
            },
          }),
      });
    },
    newest: () => newest,
    durable: () => durable,
    restarted: (at, cutIsSafe) => {
      if (at < durable)
        throw findings.broken('durability', `${durable} was durable, and after a restart ${at} is the last`);
      if (failed && cutIsSafe && at > durable) {
        throw findings.broken(
          'durability',
          `${at} is there after a restart, and all behind ${durable} was called lost`,
        );
      }
      for (let position = at + 1; position <= newest; position += 1) appended.delete(position);
      newest = at;
      durable = at;
      failed = false;
    },
  };
};
