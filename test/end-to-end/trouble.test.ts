// What goes wrong between Discord, the bot and people, with everything real.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall, type State } from './guildhall.ts';

let hall: Guildhall;
let here: State['guilds'][number];
let there: State['guilds'][number];
let people: readonly string[];
let robot: string;

beforeAll(async () => {
  hall = await Guildhall.start(await freshFolder(), { GUILDHALL_LOG: 'debug' });
  [here, there] = (await hall.state()).guilds as [typeof here, typeof there];
  people = here.members.filter(({ bot }) => !bot).map(({ id }) => id);
  robot = here.members.find(({ bot }) => bot)?.id ?? '';
  for (const guild of [here, there]) for (const one of people) await hall.balance(guild.id, one);
});
afterAll(() => hall.killAll());

const person = (index: number): string => people[index] as string;
const said = ({ message }: Pick<Answered, 'message'>): string => message?.content ?? '';
const cashOf = async (guild: { readonly id: string }, member: string): Promise<readonly number[]> => {
  const { wallet, bank } = await hall.balance(guild.id, member);
  return [wallet, bank];
};

describe('an answer that does not get through', () => {
  test('faults 21 and 36: what was done stays done, is not done again, and the server goes on', async () => {
    await hall.post('/sim/faults', { kind: '500', count: 4, route: 'POST /interactions' });
    const lost = await hall.command(here.id, person(0), 'pay', { member: person(1), amount: 10 });
    expect(lost.answered).toBe(false);
    expect(await cashOf(here, person(0))).toEqual([90, 0]);
    await hall.post('/sim/redeliver', { interactionId: lost.interactionId });
    await hall.post('/sim/settle', {});
    expect(await cashOf(here, person(0))).toEqual([90, 0]);
    expect(await cashOf(here, person(1))).toEqual([110, 0]);
  });

  test('fault 20: an interaction that Discord delivers twice is done once', async () => {
    await hall.post('/sim/faults', { kind: 'duplicate-interaction' });
    expect(await hall.command(here.id, person(0), 'pay', { member: person(1), amount: 10 })).toMatchObject({
      answered: true,
      ephemeral: false,
    });
    await hall.post('/sim/settle', {});
    expect(await cashOf(here, person(0))).toEqual([80, 0]);
  });
});

describe('forged controls', () => {
  const forge = (guild: State['guilds'][number], customId: string, fields: object = {}): Promise<Answered> =>
    hall.post(`/sim/guilds/${guild.id}/modals`, { user: person(2), customId, fields, forge: true });

  test('fault 28: a control made in one server moves coins of the server it is used in, whatever it says', async () => {
    const card = await hall.command(here.id, person(2), 'bank open');
    const [button] = card.message?.components.flatMap((row) => row.components) ?? [];
    const own = await hall.command(there.id, person(2), 'bank open');
    const press = { user: person(2), message: own.message?.id, customId: button?.custom_id };
    const { modal } = await hall.post<Answered>(`/sim/guilds/${there.id}/components`, press);
    await forge(there, modal?.custom_id ?? '', { amount: '40' });
    expect(await cashOf(there, person(2))).toEqual([60, 40]);
    expect(await cashOf(here, person(2))).toEqual([100, 0]);
    const answer = await forge(there, `g1~economy.bank.deposit~1~{"amount":"all","guild":"${here.id}"}`);
    expect(answer.ephemeral).toBe(true);
    expect(said(answer)).toContain('no option guild');
    expect(await cashOf(here, person(2))).toEqual([100, 0]);
    expect(await cashOf(there, person(2))).toEqual([60, 40]);
  });

  test('faults 12 and 25: no control pays a bot, or a person of its own making', async () => {
    for (const id of [
      `g1~economy.pay~1~{"member":{"id":"${robot}","bot":false,"present":true},"amount":"9"}`,
      `g1~economy.pay~1~{"member":"${robot}","amount":"9"}`,
      `g1~economy.pay~0~{"amount":"9"}`,
      'g1~__proto__.constructor~1~{}',
      'g1~core.settings.set~1~{"key":"daily.amount","value":"9"}',
    ]) {
      const answer = await forge(here, id);
      expect(answer).toMatchObject({ answered: true, ephemeral: true });
      expect(said(answer)).toMatch(/not known|out of date|choose a member|Only administrators/);
    }
    expect(await cashOf(here, person(2))).toEqual([100, 0]);
  });

  test('fault 41: names of every object are nobody, no option and no command', async () => {
    for (const name of ['__proto__', 'constructor']) {
      await expect(hall.command(here.id, name, 'balance')).rejects.toThrow(/: 4\d\d /);
      expect(await hall.command(here.id, person(2), 'pay', { member: name, amount: 1 })).toMatchObject({
        ephemeral: true,
      });
    }
    expect(said(await hall.command(here.id, person(2), 'help', { topic: '__proto__' }))).toContain('no such topic');
    const unknown = await hall.command(here.id, person(2), 'balance', { constructor: 'x' });
    expect(said(unknown)).toContain('no option constructor');
  });
});

describe('coming and going', () => {
  test('fault 31: a server in an outage keeps everything', async () => {
    const before = await cashOf(there, person(2));
    await hall.post('/sim/settle', {});
    await hall.request('DELETE', `/sim/guilds/${there.id}`, { outage: true });
    await hall.post(`/sim/guilds/${there.id}/available`, {});
    expect(await cashOf(there, person(2))).toEqual(before);
  });

  test('fault 37: whoever leaves keeps what they had for when they are back, and cannot be paid meanwhile', async () => {
    const before = await cashOf(here, person(2));
    await hall.request('DELETE', `/sim/guilds/${here.id}/members/${person(2)}`);
    const paid = await hall.command(here.id, person(1), 'pay', { member: person(2), amount: 1 });
    expect(said(paid)).toContain('not in this server');
    await hall.post(`/sim/guilds/${here.id}/members`, { id: person(2), name: 'Back again' });
    expect(await cashOf(here, person(2))).toEqual(before);
  });
});

test('fault 44: after all this, the log names no token', () => {
  expect(hall.output()).toContain('/[redacted]/callback');
  expect(hall.output()).not.toMatch(/(interactions|webhooks)\/\d+\/(?!\[redacted\])/);
  expect(hall.output()).not.toMatch(/"token"|Authorization|\bBot \w{8,}/);
});
