// Big wins that servers tell each other: over the real actors, the market's realm and two servers.
import { beforeEach, describe, expect, test } from 'vitest';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { casino } from '../../../src/features/casino/index.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { type GuildId, guildId, marketRealm } from '../../../src/kernel/ids.ts';
import { mutation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../../src/kernel/setting.ts';
import { featureWith } from '../../house/feature.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../../house/people.ts';
import { type TestPerformer, testPerformer } from '../../house/performer.ts';
import { winning } from './winning.ts';

const third = guildId('100000000000000003');
const minuteMs = 60_000;
const lookMs = 15 * minuteMs;
const channels: Readonly<Record<string, string>> = {
  [home]: '300000000000000011',
  [elsewhere]: '300000000000000012',
  [third]: '300000000000000013',
};

/** Changes a setting, as the staff do: `/settings` of this house knows its own alone. */
const setting = mutation({
  name: 'test.set',
  version: 1,
  input: { parse: (input) => input as { readonly key: string; readonly value: string } },
  run: (m, { key, value }) => {
    const { texts } = m.get(settingOverrides, settingOverridesKey);
    m.put(settingOverrides, settingOverridesKey, { texts: { ...texts, [key]: value } });
    return done();
  },
  view: () => ({ private: true }),
});
const testing = featureWith('test', { operations: [winning, setting] });

let it: Inhabited;
let outside: TestPerformer;
const changes = () => ({ features: [wallet, casino, fairness, testing], performer: outside });
beforeEach(async () => {
  outside = testPerformer();
  it = await inhabit(changes());
});

const set = async (guild: GuildId, key: string, value: string): Promise<void> => {
  const answer = await it.ask('test.set', { key, value }, guild);
  if (!('done' in answer)) throw new Error(answer.refused);
};
/** Has a server share, and somebody play there, so that it looks. */
const share = async (guild: GuildId): Promise<void> => {
  await set(guild, 'casino.feed', channels[guild] as string);
  await set(guild, 'casino.shared_feed', 'on');
  await win(guild, { stake: 10, paid: 0 });
};
const win = async (guild: GuildId, figures = { stake: 100, paid: 40_000 }): Promise<void> => {
  const answer = await it.ask('test.win', figures, guild);
  if (!('done' in answer)) throw new Error(answer.refused);
  await it.house().directory.settled();
};
const posts = (guild: GuildId, name = 'casino.shared-wins') =>
  outside.performed
    .filter(({ kind, guild: of }) => kind === 'discord.post' && of === guild)
    .map(({ payload }) => payload as { channel: string; card: { card: string; value: { wins: readonly object[] } } })
    .filter(({ card }) => card.card === name);

describe('a big win', () => {
  test.each([
    { from: true, to: true, crosses: 1 },
    { from: true, to: false, crosses: 0 },
    { from: false, to: true, crosses: 0 },
    { from: false, to: false, crosses: 0 },
  ])('is told elsewhere only where both servers share: from $from, to $to', async ({ from, to, crosses }) => {
    if (from) await share(home);
    else await set(home, 'casino.feed', channels[home] as string);
    if (to) await share(elsewhere);
    else await set(elsewhere, 'casino.feed', channels[elsewhere] as string);
    await win(home);
    await it.wait(lookMs);
    expect(posts(elsewhere)).toHaveLength(crosses);
    expect(posts(home)).toEqual([]);
    expect(posts(home, 'casino.win')).toHaveLength(1);
    await it.wait(lookMs);
    expect(posts(elsewhere)).toHaveLength(crosses);
  });

  test('is told without any name: game and coins alone', async () => {
    await share(home);
    await share(elsewhere);
    await win(home);
    await it.wait(lookMs);
    const [post] = posts(elsewhere);
    expect(post).toEqual({
      channel: channels[elsewhere],
      card: { card: 'casino.shared-wins', value: { wins: [{ game: 'slots', stake: 100, paid: 40_000 }] } },
    });
    const published = JSON.stringify([...it.house().worlds.values()]);
    expect(published).toContain('40000');
    for (const secret of [home, elsewhere, '200000000000000001', channels[home] as string]) {
      expect(published).not.toContain(secret);
    }
  });

  test('that is small everywhere is not told, whatever the server announces', async () => {
    await share(home);
    await share(elsewhere);
    await set(home, 'slots.announce_min', '0');
    await win(home, { stake: 100, paid: 24_999 });
    await it.wait(lookMs);
    expect(posts(home, 'casino.win')).toHaveLength(1);
    expect(posts(elsewhere)).toEqual([]);
  });

  test('from before a server shared is no news to it', async () => {
    await share(home);
    await win(home);
    await it.wait(minuteMs);
    await share(elsewhere);
    await it.wait(lookMs);
    expect(posts(elsewhere)).toEqual([]);
  });
});

describe('bounds', () => {
  test('a server tells one win in ten minutes', async () => {
    await share(home);
    await share(elsewhere);
    await win(home);
    await win(home);
    await it.wait(9 * minuteMs);
    await win(home);
    await it.wait(lookMs);
    expect(posts(elsewhere).flatMap(({ card }) => card.value.wins)).toHaveLength(1);
    await win(home);
    await it.wait(lookMs);
    expect(posts(elsewhere).flatMap(({ card }) => card.value.wins)).toHaveLength(2);
  });

  test('a flood from many is a version a minute and one post of the newest five', async () => {
    await share(home);
    const mark = (index: number): string => index.toString(16).padStart(16, '0');
    for (let index = 1; index <= 20; index += 1) {
      await it.run(
        'casino.shared-wins.collect',
        { mark: mark(index), game: 'slots', stake: 10, paid: 30_000 + index },
        { guild: third },
      );
    }
    // Outside of the market's realm it does nothing.
    expect(it.house().worlds.get('casino.shared-wins')).toBeUndefined();
    for (let index = 1; index <= 20; index += 1) {
      await it.run(
        'casino.shared-wins.collect',
        { mark: mark(index), game: 'slots', stake: 10, paid: 30_000 + index },
        { guild: marketRealm },
      );
    }
    expect(it.house().worlds.get('casino.shared-wins')?.version).toBe(1);
    await it.wait(minuteMs);
    expect(it.house().worlds.get('casino.shared-wins')?.version).toBe(2);
    await it.wait(lookMs);
    expect(posts(home).map(({ card }) => card.value.wins)).toEqual([
      [16, 17, 18, 19, 20].map((index) => ({ game: 'slots', stake: 10, paid: 30_000 + index })),
    ]);
  });

  test('a server in which nobody plays for a day looks no more, until somebody plays', async () => {
    await share(home);
    await share(elsewhere);
    for (let looks = 0; looks < 97; looks += 1) await it.wait(lookMs);
    await win(home);
    for (let looks = 0; looks < 3; looks += 1) await it.wait(lookMs);
    expect(posts(elsewhere)).toEqual([]);
    await win(elsewhere, { stake: 10, paid: 0 });
    await win(home);
    await it.wait(lookMs);
    expect(posts(elsewhere)).toHaveLength(1);
  });
});

test('a power cut between the win and the look loses nothing and tells nothing twice', async () => {
  await share(home);
  await share(elsewhere);
  await win(home);
  await it.crash(changes());
  await it.wait(lookMs);
  await it.crash(changes());
  await it.wait(lookMs);
  expect(posts(elsewhere)).toHaveLength(1);
});

test.each(['gone', 'forbidden'] as const)(
  'a channel that is %s is taken back, for both kinds of posts',
  async (failed) => {
    outside = testPerformer(({ kind }) => (kind === 'discord.post' ? { failed } : undefined));
    it = await inhabit(changes());
    await share(home);
    await share(elsewhere);
    await win(home);
    await it.wait(lookMs);
    const tried = posts(elsewhere).length;
    expect(tried).toBe(1);
    await it.wait(lookMs);
    await win(home);
    await it.wait(lookMs);
    expect(posts(elsewhere)).toHaveLength(tried);
  },
);
