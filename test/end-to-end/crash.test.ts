import { afterEach, expect, test } from 'vitest';
import { freshFolder, Guildhall } from './guildhall.ts';

let hall: Guildhall | undefined;
afterEach(() => hall?.killAll());

test('kill -9 of everything while pays run loses no answered pay and makes no coin', async () => {
  const folder = await freshFolder();
  hall = await Guildhall.start(folder);
  const [guild] = (await hall.state()).guilds;
  if (!guild) throw new Error('there is a server');
  const hire = async (name: string): Promise<string> => {
    const member = await hall?.post<{ id: string }>(`/sim/guilds/${guild.id}/members`, { name });
    return member?.id ?? '';
  };
  const newcomers = await Promise.all(Array.from({ length: 12 }, (_, index) => hire(`Payer ${index}`)));
  const [receiver = '', ...payers] = newcomers;
  for (const member of [receiver, ...payers]) await hall.balance(guild.id, member);
  const paid = new Map(payers.map((payer) => [payer, 0]));
  const attempted = new Map(payers.map((payer) => [payer, 0]));
  const end = new AbortController();

  const payOn = async (payer: string): Promise<void> => {
    while (!end.signal.aborted && (attempted.get(payer) ?? 0) < 100) {
      attempted.set(payer, (attempted.get(payer) ?? 0) + 1);
      try {
        const answer = await hall?.command(guild.id, payer, 'pay', { member: receiver, amount: 1 });
        if (answer?.answered) paid.set(payer, (paid.get(payer) ?? 0) + 1);
      } catch (error) {
        // The connection breaks when everything is killed: that pay was not answered.
        if (!end.signal.aborted) throw error;
      }
    }
  };
  const paying = payers.map(payOn);
  await expect
    .poll(() => [...paid.values()].reduce((sum, count) => sum + count, 0), { timeout: 20_000, interval: 2 })
    .toBeGreaterThan(150);
  end.abort();
  await hall.killAll();
  await Promise.all(paying);

  hall = await Guildhall.start(folder);
  let held = (await hall.balance(guild.id, receiver)).wallet;
  for (const payer of payers) {
    const { wallet } = await hall.balance(guild.id, payer);
    held += wallet;
    expect(100 - wallet).toBeGreaterThanOrEqual(paid.get(payer) ?? 0);
    expect(100 - wallet).toBeLessThanOrEqual(attempted.get(payer) ?? 0);
  }
  expect(held).toBe(100 * newcomers.length);
});

test('SIGTERM answers what was taken, and ends with 0', async () => {
  const folder = await freshFolder();
  hall = await Guildhall.start(folder);
  const [guild] = (await hall.state()).guilds;
  const member = guild?.members.find(({ bot }) => !bot);
  if (!guild || !member) throw new Error('there is a member');
  await hall.balance(guild.id, member.id);
  expect(await hall.stop()).toBe(0);
  hall = await Guildhall.start(folder);
  expect(await hall.balance(guild.id, member.id)).toEqual({ wallet: 100, bank: 0 });
});
