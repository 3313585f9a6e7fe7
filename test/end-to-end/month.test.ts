import { expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from './guildhall.ts';

const hourMs = 3_600_000;
const stepMs = 6 * hourMs;
const days = 30;
const stepsPerDay = 4;

/** Draws that are the same in every run: where the bot is killed. */
const draws = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
};

const shown = ({ message }: Answered): string => JSON.stringify([message?.content, message?.embeds]);
/** A card, and no refusal, which is words alone. */
const isCard = ({ message }: Answered): boolean => (message?.embeds.length ?? 0) > 0;
/** What `/stocks market` says of each company: its price, in the order of the companies. */
const pricesIn = (answered: Answered): readonly string[] => shown(answered).match(/[A-Z]{4,6}\D+[\d,]+\.\d\d/g) ?? [];
const versionIn = (answered: Answered): string | undefined =>
  /market\.quotes: version (\d+)/.exec(shown(answered))?.[1];

test('a month by the clock, the bot killed at random: interest, rewards, requests and ticks happen once each', {
  timeout: 240_000,
}, async () => {
  const hall = await Guildhall.start(await freshFolder());
  const { guilds } = await hall.state();
  const [harbour, lighthouse] = guilds;
  if (!harbour || !lighthouse) throw new Error('the first world has two servers');
  const [blake, casey] = harbour.members.filter(({ bot, id }) => !bot && id !== harbour.ownerId);
  if (!blake || !casey) throw new Error('a server has members');
  const draw = draws(20_261_121);

  await hall.command(harbour.id, blake.id, 'daily');
  await hall.command(harbour.id, blake.id, 'bank deposit', { amount: 'all' });
  const before = await hall.balance(harbour.id, blake.id);
  expect(before).toEqual({ wallet: 0, bank: 250 });
  let dailies = 0;
  let weeklies = 0;
  let kills = 0;
  const versions = new Set<string>();
  let request: Answered | undefined;
  const press = ({ message }: Answered): Promise<Answered> =>
    hall.post(`/sim/guilds/${harbour.id}/components`, {
      user: blake.id,
      message: message?.id,
      customId: message?.components[0]?.components[0]?.custom_id,
    });

  for (let step = 0; step < days * stepsPerDay; step += 1) {
    const fate = draw(12);
    // Dead while the time passes; or killed when everything has just fallen due; or left alone.
    if (fate === 0) await hall.post('/sim/bot', { action: 'kill' });
    await hall.post('/sim/clock', { advanceMs: stepMs });
    if (fate === 1) await hall.post('/sim/bot', { action: 'kill' });
    if (fate <= 1) {
      kills += 1;
      await hall.post('/sim/bot', { action: 'start' });
    }
    await hall.post('/sim/settle', {});

    const [here, there] = await Promise.all(
      [harbour, lighthouse].map(({ id, ownerId }) => hall.command(id, ownerId, 'debug market')),
    );
    if (!here || !there) throw new Error('both servers answer');
    expect(versionIn(here)).toBe(versionIn(there));
    versions.add(versionIn(here) ?? 'none');
    if (step % stepsPerDay !== 0) continue;
    const [prices, elsewhere] = await Promise.all(
      [harbour, lighthouse].map(({ id }) => hall.command(id, casey.id, 'stocks market').then(pricesIn)),
    );
    expect(prices?.length).toBeGreaterThanOrEqual(8);
    expect(prices).toEqual(elsewhere);

    const claims = await Promise.all([1, 2, 3].map(() => hall.command(harbour.id, casey.id, 'daily')));
    dailies += claims.filter(isCard).length;
    const weekly = await Promise.all([1, 2].map(() => hall.command(harbour.id, casey.id, 'weekly')));
    weeklies += weekly.filter(isCard).length;

    // Asked on one day, it has run out on the next: a press finds that, and may ask again.
    if (request) {
      const pressed = await press(request);
      expect(pressed.message?.id).toBe(request.message?.id);
      expect(shown(pressed)).toContain('has run out');
    }
    request = await hall.command(harbour.id, casey.id, 'request', { member: blake.id, amount: '100' });
    expect(request.message?.components).toHaveLength(1);
  }

  // A night each day, of a bank of 250 to 280 coins: floor(0.5 %) is one coin.
  expect(await hall.balance(harbour.id, blake.id)).toEqual({ wallet: 0, bank: before.bank + days });
  expect(dailies).toBe(days);
  expect(weeklies).toBe(Math.ceil(days / 7));
  // Each step makes up for its ticks with one version.
  expect(versions.size).toBe(days * stepsPerDay);
  expect(kills).toBeGreaterThan(5);
  expect((await hall.state()).refusals).toEqual([]);
  await hall.killAll();
});
