// What operators see of a guild's timers, effects and worlds, over the real actors and store.
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Performance } from '../../src/actors/performer.ts';
import type { Answer } from '../../src/actors/request.ts';
import { giveRole } from '../../src/kernel/effect.ts';
import { epochMs, marketRealm, memberId } from '../../src/kernel/ids.ts';
import { jobRunSchema } from '../../src/kernel/job.ts';
import { mutation, openOperation, task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import type { Embed, Reply } from '../../src/kernel/reply.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import { world } from '../../src/kernel/world.ts';
import { type DebugSubject, debugFeature } from '../../src/operator/debug.ts';
import type { Hold } from '../../src/schedule/clock-watch.ts';
import { alice, ask, bob, elsewhere, home } from '../faults/people.ts';
import { featureWith } from '../house/feature.ts';
import { freshDisks, type House, openHouse, startOfTime } from '../house/house.ts';

const hourMs = 3_600_000;

const ring = task({ name: 'trial.ring', version: 1, input: z.strictObject({}), run: () => done() });
const broken = task({
  name: 'trial.broken',
  version: 1,
  input: z.strictObject({}),
  run: () => {
    throw new Error('it is broken');
  },
});
const set = mutation({
  name: 'trial.set',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    m.wake(broken, 'b', m.now, {});
    m.wake(ring, 'later`', epochMs(m.now + 2 * hourMs), {});
    m.wake(ring, 'sooner', epochMs(m.now + hourMs), {});
    return done();
  },
  view: () => ({ private: true }),
});
const give = mutation({
  name: 'trial.give',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    m.perform(giveRole, { member: m.actor.member, role: '300000000000000001', reason: 'a trial' });
    return done();
  },
  view: () => ({ private: true }),
});
const weather = world({ name: 'trial.weather', schema: z.string(), initial: 'calm' });
const tick = task({
  name: 'trial.tick',
  version: 1,
  input: jobRunSchema,
  run: (m, { date }) => {
    m.publish(weather, `as on ${date}`);
    return done();
  },
});

const trial = featureWith('trial', {
  operations: [ring, broken, set, give, tick],
  worlds: [weather],
  jobs: [{ operation: tick, pattern: '30 * * * *', zone: 'UTC', realm: 'market', once: 'each time', missed: 'once' }],
});

interface Scene {
  readonly house: House;
  readonly releases: () => number;
  /** A debug command's card, by the names of its fields. */
  readonly look: (
    command: string,
    input?: object,
    who?: { readonly member?: typeof alice; readonly guild?: typeof home },
  ) => Promise<Readonly<Record<string, string>>>;
}

const open = async (
  spec: { readonly hold?: Hold; readonly outside?: () => Promise<Performance> } = {},
): Promise<Scene> => {
  let releases = 0;
  let subject: DebugSubject | undefined;
  const debug = debugFeature(() => subject ?? expect.unreachable());
  const house = await openHouse(freshDisks(), {
    features: [debug, trial],
    ...(spec.outside && { performer: { perform: spec.outside } }),
  });
  const worlds = new Map<string, WorldView<unknown>>();
  subject = {
    ...house,
    worlds,
    deadlines: {
      hold: () => spec.hold,
      release: () => {
        releases += 1;
        return true;
      },
    },
    owners: new Set([bob]),
  };
  return {
    house,
    releases: () => releases,
    look: async (command, input = {}, who = {}) => {
      const version = house.directory.worldsSeen(who.guild ?? home)?.['trial.weather'];
      if (version !== undefined) worlds.set('trial.weather', { version, at: house.clock.now, value: '' });
      const answer: Answer = await ask(house, `operator.debug.${command}`, input, who);
      if ('refused' in answer) return { refused: answer.refused };
      const operation = openOperation(
        debug.operations.find(({ name }) => name === `operator.debug.${command}`) ?? expect.unreachable(),
      );
      const reply = operation.view(answer.done as never, house.registry.text('en')) as Reply;
      expect(reply.private).toBe(true);
      const [card] = reply.embeds ?? [];
      return fieldsOf(card ?? expect.unreachable());
    },
  };
};

const fieldsOf = ({ fields = [] }: Embed): Readonly<Record<string, string>> => {
  for (const { value } of fields) {
    expect(value.length).toBeGreaterThan(0);
    expect(value.length).toBeLessThanOrEqual(1_024);
  }
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
};

/** Lets what is due in the guild be worked off, `hours` later. */
const later = async ({ house }: Scene, hours: number, guild = home): Promise<void> => {
  house.clock.now = epochMs(house.clock.now + hours * hourMs);
  house.directory.runDue(guild);
  await house.directory.settled();
};

test('/debug timers shows what is next in order of time, and what is parked; nothing of other guilds', async () => {
  const scene = await open();
  await ask(scene.house, 'trial.set');
  const card = await scene.look('timers');
  const next = (card.Next ?? '').split('\n').map((line) => line.replace(/^<t:\d+:R> /, ''));
  expect(next.filter((line) => line.includes('trial.'))).toEqual([
    '`trial.broken` b',
    '`trial.ring` sooner',
    "`trial.ring` later'",
  ]);
  expect(card).toMatchObject({ Due: '1', Parked: '0', Deadlines: 'fall when they are due' });
  expect(card['Parked, after too many failed runs']).toBe('None.');

  for (let attempt = 0; attempt < 5; attempt += 1) await later(scene, 12);
  const after = await scene.look('timers');
  expect(after).toMatchObject({ Due: '0', Parked: '1' });
  expect(after['Parked, after too many failed runs']).toMatch(/^<t:\d+:R> `trial.broken` b \(5×\)$/);
  expect(after.Next).not.toContain('trial.');

  await ask(scene.house, 'economy.balance', {}, { guild: elsewhere });
  expect((await scene.look('timers', {}, { guild: elsewhere })).Parked).toBe('0');
  await scene.house.stop();
});

test('/debug timers says when deadlines are held, and an owner of the bot alone lets them fall', async () => {
  const scene = await open({ hold: { jumpMs: 7_200_000, leftMs: 41_500 } });
  expect((await scene.look('timers')).Deadlines).toMatch(/^are held in all servers: .* 7,200 s\. They fall in 42 s/);
  expect(await scene.look('timers', { release: true }, { member: alice })).toEqual({
    refused: 'operator.debug.timers.owners-only',
  });
  expect(await scene.look('timers', { release: false }, { member: bob })).toMatchObject({ Parked: '0' });
  expect(scene.releases()).toBe(0);
  expect((await scene.look('timers', { release: true }, { member: bob })).Deadlines).toMatch(/^fall again/);
  expect(scene.releases()).toBe(1);
  await scene.house.stop();
});

test('/debug outbox shows what waits, how often it was tried, and what broke', async () => {
  const performances: (() => Performance)[] = [
    () => {
      throw new Error('the outside is broken');
    },
    () => ({ done: {} }),
    () => ({ failed: 'gone' }),
  ];
  const scene = await open({ outside: async () => performances.shift()?.() ?? expect.unreachable() });
  expect(await scene.look('outbox')).toEqual({
    Waiting: '0',
    'Under way': '0',
    Next: 'Nothing.',
    'Last failures': 'None since this actor started.',
  });
  await ask(scene.house, 'trial.give');
  await scene.house.directory.settled();
  const card = await scene.look('outbox');
  expect(card).toMatchObject({ Waiting: '1', 'Under way': '0' });
  expect(card.Next).toMatch(/^`\w{9}` discord.give-role <t:\d+:R> \(1 \/ 8\)$/);
  expect(card['Last failures']).toMatch(/^`[\da-f]{8}` <t:\d+:R> discord.give-role: the outside is broken$/);
  await later(scene, 1);
  expect(await scene.look('outbox')).toMatchObject({ Waiting: '0', Next: 'Nothing.' });
  await ask(scene.house, 'trial.give');
  await scene.house.directory.settled();
  expect((await scene.look('outbox'))['Last failures']).toMatch(/^`\w{9}` <t:\d+:R> discord.give-role: gone\n/);
  // What is broken in an operation is the actor's, and no effect's.
  await ask(scene.house, 'trial.set');
  await later(scene, 0);
  expect((await scene.look('outbox'))['Last failures']).not.toContain('trial.broken');
  await scene.house.stop();
});

test('/debug market shows the newest version of each world, what of it is here, and the next tick', async () => {
  const scene = await open();
  await ask(scene.house, 'economy.balance');
  const before = await scene.look('market');
  expect(before.Worlds).toContain('trial.weather: version 0 (not published yet), here 0');
  expect(before['Next ticks']).toContain(`trial.tick <t:${(startOfTime + 30 * 60_000) / 1000}:R>`);
  await later(scene, 1, marketRealm);
  const after = await scene.look('market');
  expect(after.Worlds).toMatch(/trial\.weather: version 1 <t:\d+:R>, here 1/);
  expect(after['Versions that never came here']).toBe('0');
  await scene.house.stop();
});

test('members who administer nothing see nothing', async () => {
  const scene = await open();
  for (const command of ['actor', 'timers', 'outbox', 'market']) {
    const request = {
      operation: scene.house.registry.operations.get(`operator.debug.${command}`) ?? expect.unreachable(),
      id: '1573722045244506112',
      guild: home,
      member: memberId('200000000000000009'),
      permissions: 0n,
      input: {},
      deadlineMs: Number.MAX_SAFE_INTEGER,
    };
    expect(await scene.house.directory.ask(request)).toMatchObject({ refused: 'core.only.administrator' });
  }
  await scene.house.stop();
});
