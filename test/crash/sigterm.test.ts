import { afterEach, expect, test } from 'vitest';
import { audit } from '../../crash/audit.ts';
import { readBooks } from '../../crash/books.ts';
import { gatherPeople } from '../../crash/people.ts';
import { processesOn } from '../../crash/processes.ts';
import { withStoppedStore } from '../../crash/stopped-store.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';

/** The bot drains in this time. */
const drainMs = 10_000;

let hall: Guildhall | undefined;
afterEach(() => hall?.killAll());

test.skipIf(process.platform !== 'linux')(
  'SIGTERM under load: the bot answers what it took, has all of it in a snapshot, and ends in time with 0',
  async () => {
    const folder = await freshFolder();
    hall = await Guildhall.start(folder, { GUILDHALL_SNAPSHOT_SECONDS: '3600' });
    const { guilds } = await hall.state();
    const members = guilds[0]?.members.filter(({ bot }) => !bot).map(({ id }) => id) ?? [];
    const servers = guilds.map(({ id }) => id);
    const people = gatherPeople(servers, members, seededRandom(Buffer.from('sigterm')));
    const acting = people.act(hall);
    await expect.poll(() => people.answers, { timeout: 20_000, interval: 5 }).toBeGreaterThan(100);

    process.kill(processesOn(folder).get('bot') ?? expect.unreachable(), 'SIGTERM');
    await expect.poll(() => hall?.output(), { timeout: drainMs, interval: 5 }).toContain('The bot ended (code 0)');
    await acting.cut();
    expect((await hall.state()).refusals).toEqual([]);

    await withStoppedStore(folder, (stopped) => {
      // Without one snapshot by the clock: the last one has everything.
      expect(stopped.store.figures().unsnapshottedBytes).toBe(0);
      for (const server of servers) {
        const found = audit(server, readBooks(stopped, server), people.deeds, people.requests);
        expect(found).toEqual({ lost: [], created: [] });
      }
    });
    // Nothing was done whose answer nobody got.
    expect(people.deeds.filter(({ fate }) => fate === 'happened')).toEqual([]);
  },
);
