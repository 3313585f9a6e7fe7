import { afterAll, describe, expect, test } from 'vitest';
import {
  flagsOf,
  odd,
  ok,
  press,
  refusal,
  type Sent,
  secret,
  shownIn,
  slash,
  start,
  stopAll,
  typeOf,
} from './correspondence.ts';
import type { Reaction, Received } from './endpoint.ts';

afterAll(stopAll);

describe('an answer that nobody can get (faults 22, 23, 29, 36)', () => {
  test.each([
    [10_062, 'too late'],
    [40_060, 'answered already'],
    [50_027, 'older than 15 minutes'],
    [10_015, 'older than 15 minutes'],
    [10_008, 'the message is gone'],
  ])('%i is logged with its cause, once, without the token, and the next one is answered', async (code, cause) => {
    const { deliver, lines, house } = await start((_request, before) => (before.length === 0 ? refusal(code) : ok));
    await deliver(slash('echo'));
    const [line] = lines;
    expect(lines.length).toBe(1);
    expect(line).toMatchObject({ level: 40, msg: 'an answer reached nobody', failure: { code } });
    expect(line?.['cause']).toContain(cause);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(house.asked.length).toBe(1);
    await deliver(slash('echo'));
    expect(lines.length).toBe(1);
  });

  test('when Discord refuses the form of an answer, the member is told that it was done', async () => {
    const { deliver, lines } = await start((_request, before) => (before.length === 0 ? refusal(50_035, 400) : ok));
    const answers = await deliver(slash('echo'));
    expect(answers.map(shownIn)).toEqual(['{}', 'It was taken care of, but the answer could not be shown.']);
    expect(lines).toMatchObject([{ level: 50, failure: { code: 50_035 } }]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('an operation whose answer has no words is done, and the member is told', async () => {
    const { deliver, lines } = await start();
    const [answer] = await deliver(odd('public', 'wordless'));
    expect(shownIn(answer)).toBe('It was taken care of, but the answer could not be shown.');
    expect(lines).toMatchObject([{ level: 50, operation: 'test.odd' }]);
  });

  test('a network that is down is logged, and nothing ends', async () => {
    const { deliver, lines } = await start(() => 'hang up');
    await deliver(slash('echo'));
    expect(lines).toMatchObject([{ level: 50, msg: 'an answer failed' }]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

describe('a late answer', () => {
  const late = async (interaction: Sent, react?: (request: Received) => Reaction) => {
    const world = await start(react);
    world.house.state.delayMs = 2_200;
    const requests = await world.deliver(interaction);
    return { ...world, calls: requests.map((one) => `${one.method} ${one.path.split(secret)[1]}`), requests };
  };
  const defer = 'POST /callback';
  const edit = 'PATCH /messages/%40original';
  const remove = 'DELETE /messages/%40original';
  const followUp = 'POST ';

  test.concurrent.each<[string, Sent, string[], (number | undefined)[], RegExp]>([
    ['public, as its command says', odd('public', 'public'), [defer, edit], [undefined, undefined], /public/],
    ['private, as its command says', odd('private', 'private'), [defer, edit], [64, undefined], /private/],
    [
      'a refusal of a public command',
      odd('public', 'refuse'),
      [defer, remove, followUp],
      [undefined, undefined, 64],
      /Not/,
    ],
    [
      'public though its command is private',
      odd('private', 'public'),
      [defer, remove, followUp],
      [64, undefined, undefined],
      /public/,
    ],
    ['in place of a message', press('g1~test.step~3~{"count":2}'), [defer, edit], [undefined, undefined], /2 presses/],
    ['a refusal of a press', press('g1~test.step~3~{"count":13}'), [defer, followUp], [undefined, 64], /Not today/],
  ])('%s', async (_name, interaction, expectedCalls, flags, words) => {
    const { calls, requests, lines } = await late(interaction);
    expect(calls).toEqual(expectedCalls);
    expect(requests.map(flagsOf)).toEqual(flags);
    expect(typeOf(requests[0])).toBe(interaction.type === 3 ? 6 : 5);
    expect(shownIn(requests.at(-1))).toMatch(words);
    expect(lines).toEqual([]);
  });

  test.concurrent('when deferring was refused, nothing more is sent and it is logged once', async () => {
    const { calls, lines, house } = await late(odd('public', 'public'), () => refusal(10_062));
    expect(calls).toEqual([defer]);
    expect(lines.length).toBe(1);
    expect(house.asked.length).toBe(1);
  });

  test.concurrent('whose token has run out meanwhile is dropped with a log line (fault 29)', async () => {
    const { calls, lines, house } = await late(odd('public', 'public'), ({ method }) =>
      method === 'PATCH' ? refusal(50_027, 401) : ok,
    );
    expect(calls).toEqual([defer, edit]);
    expect(lines).toMatchObject([
      { level: 40, cause: expect.stringContaining('15 minutes'), failure: { code: 50_027 } },
    ]);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(house.asked.length).toBe(1);
  });

  test.concurrent('a form is never deferred, and its request has a deadline within three seconds', async () => {
    const { calls, requests, house } = await late(slash('ask'));
    expect(calls).toEqual([defer]);
    expect(typeOf(requests[0])).toBe(9);
    const [asked] = house.asked;
    expect((asked?.deadlineMs ?? 0) - performance.now()).toBeLessThan(3_000);
  });

  test.concurrent('in time is not deferred afterwards', async () => {
    const { house, deliver } = await start();
    const first = slash('echo', { options: [{ type: 3, name: 'text', value: 'in time' }] });
    await deliver(first);
    house.state.delayMs = 2_200;
    const requests = await deliver(slash('echo'));
    expect(requests.map(typeOf)).toEqual([4, 5, undefined]);
  });

  test.concurrent('each of many is deferred by itself', async () => {
    const { house, deliver } = await start();
    house.state.delayMs = 2_200;
    const requests = await deliver(...Array.from({ length: 50 }, () => slash('echo')));
    expect(requests.filter((one) => typeOf(one) === 5).length).toBe(50);
    expect(requests.filter((one) => one.method === 'PATCH').length).toBe(50);
  });
});
