// Crash rounds of a channel, at a table whose clock is moved by hand.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { channelPoint, clientSeedOf } from '../../../src/features/casino/crash/channel/draws.ts';
import { anotherCurve } from '../../../src/features/casino/crash/channel/operations.ts';
import type { ShownRound } from '../../../src/features/casino/crash/channel/shown.ts';
import {
  type CrashTable,
  crashSeats,
  crashTables,
  pastCurves,
} from '../../../src/features/casino/crash/channel/state.ts';
import { crashPaid, multiplierAt, reachedAt } from '../../../src/features/casino/crash/rules.ts';
import { players } from '../../../src/features/casino/state.ts';
import { customId } from '../../../src/kernel/component.ts';
import { type Coins, epochMs, type MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, carol, createTable, field, member, minuteMs, type Table } from '../table.ts';
import { here, inChannel, shownIn, there } from './channel.ts';
import { button, endow } from './gambler.ts';

const secondMs = 1_000;
const message = '400000000000000001';

/** A table at which a first round was played already, so that the next one's seed is committed to. */
const tableIn = (...members: readonly MemberId[]): Table => {
  const table = createTable();
  for (const who of [alice, bob, carol, ...members]) table.fund(who, 1_000);
  return table;
};
const rowOf = (table: Table, channel: string = here): CrashTable =>
  (table.state.row(crashTables, encodeKey(crashTables.key, [channel])) ?? crashTables.initial) as CrashTable;
const roundOf = (table: Table, channel: string = here) => {
  const { round } = rowOf(table, channel);
  if (!round) throw new Error('no round is on its way');
  return round;
};
const keyOf = (table: Table) => ({ at: here, round: roundOf(table).id });
const pastOf = (table: Table, id: string) =>
  table.state.row(pastCurves, encodeKey(pastCurves.key, [id])) as typeof pastCurves.initial | undefined;
const posted = (table: Table): void =>
  table.runTask('casino.crash.posted', { end: { done: { message } }, input: keyOf(table) });
const cards = (table: Table): readonly ShownRound[] => shownIn<ShownRound>(table, here).map(({ value }) => value);
const wallet = (table: Table, who: MemberId): number => table.account(who).wallet;

/** The bets of a round decide its end with its seeds: a seed with which it ends as wanted is looked for. */
const rig = (
  table: Table,
  bets: readonly { readonly member: MemberId; readonly stake: number; readonly target?: number }[],
  wanted: (point: number) => boolean,
): number => {
  const round = roundOf(table);
  const clientSeed = clientSeedOf(
    bets.map(({ member: who, stake, target = 10_000 }) => ({ member: who, stake: stake as Coins, target })),
  );
  for (let candidate = 0; candidate < 100_000; candidate += 1) {
    const serverSeed = createHash('sha256').update(String(candidate)).digest('hex');
    const point = channelPoint({ id: round.id, serverSeed, clientSeed });
    if (!wanted(point)) continue;
    const key = encodeKey(crashTables.key, [here]);
    table.state.rows(crashTables).set(key, { ...rowOf(table), round: { ...round, serverSeed } });
    return point;
  }
  throw new Error('no seed ends so');
};

/** Lets time go by as it does: nothing that is due waits. */
const pass = (table: Table, ms: number): void => {
  const end = table.clock.now + ms;
  while (table.clock.now < end) {
    table.clock.now = epochMs(Math.min(table.clock.now + 100, end));
    table.fall();
  }
};

/** Opens a round and puts members in: `100` without a target, `100@250` with one. */
const seat = (table: Table, bets: readonly (readonly [MemberId, string, string?])[]): void => {
  const [first] = bets;
  if (first) inChannel(table).say(first[0], 'casino crash', { bet: '10' });
  for (const [who, amount, auto] of bets) {
    const answered = inChannel(table).say(who, 'casino crash', { bet: amount, ...(auto !== undefined && { auto }) });
    if (answered.refused !== undefined) throw new Error(answered.words);
  }
};

describe('the first round of a channel', () => {
  test('takes no bet before the hash of its seed was shown', () => {
    const table = tableIn();
    const opened = inChannel(table).say(alice, 'casino crash', { bet: '100' });
    expect(opened.words).toContain('Nothing has been bet yet');
    expect(discordRefuses(opened.reply)).toEqual([]);
    expect(wallet(table, alice)).toBe(1_000);
    const [card] = cards(table);
    expect(card).toMatchObject({ phase: 'open', bets: [] });
    expect(card?.hash).toBe(createHash('sha256').update(roundOf(table).serverSeed).digest('hex'));
    const joined = inChannel(table).press(bob, button(opened, 'Bet 100'));
    expect(joined.words).toContain('You are in with **100**');
    expect(field(joined, 'Wallet')).toBe('900 coins');
    expect(inChannel(table).press(bob, button(opened, 'Bet 100')).words).toContain('You are in with **100**');
    expect(wallet(table, bob)).toBe(900);
  });

  test('does not take place where nobody bets', () => {
    const table = tableIn();
    inChannel(table).say(alice, 'casino crash', { bet: '100' });
    posted(table);
    pass(table, 15 * secondMs);
    expect(cards(table).at(-1)).toMatchObject({ phase: 'over', ending: 'cancelled' });
    expect(rowOf(table).round).toBeUndefined();
    expect(table.state.rows(pastCurves).size).toBe(0);
  });
});

describe('a round of a channel', () => {
  test('takes bets for 15 seconds, then rises for all; each stops for themselves, and is paid by the curve', () => {
    const table = tableIn();
    seat(table, [
      [alice, '100'],
      [bob, '200', '2'],
      [carol, '50'],
    ]);
    posted(table);
    const bets = [
      { member: alice, stake: 100 },
      { member: bob, stake: 200, target: 200 },
      { member: carol, stake: 50 },
    ];
    const point = rig(table, bets, (it) => it > 300 && it < 400);
    const key = keyOf(table);
    pass(table, 14 * secondMs);
    expect(inChannel(table).say(alice, 'casino.crash.cash-out', key).words).toContain('Start: <t:');
    expect(wallet(table, alice)).toBe(900);
    pass(table, secondMs);
    const { startedAt = 0 } = roundOf(table);
    expect(inChannel(table).say(member(7), 'casino.crash.join', { ...key, amount: '10' }).refused).toBe(
      'economy.casino.crash.rising',
    );
    pass(table, 5 * secondMs);
    const at = multiplierAt(table.clock.now - startedAt);
    const stopped = inChannel(table).say(alice, 'casino.crash.cash-out', key);
    expect(stopped.words).toContain(`You cashed out at **${(at / 100).toFixed(2)}×**`);
    expect(discordRefuses(stopped.reply)).toEqual([]);
    expect(wallet(table, alice)).toBe(900 + crashPaid(100 as Coins, at));
    expect(inChannel(table).say(alice, 'casino.crash.cash-out', key).words).toContain('were paid');
    expect(wallet(table, alice)).toBe(900 + crashPaid(100 as Coins, at));
    pass(table, reachedAt(epochMs(startedAt), 200) - table.clock.now);
    expect(wallet(table, bob)).toBe(800 + 400);
    pass(table, reachedAt(epochMs(startedAt), point) - table.clock.now);
    expect(rowOf(table).round).toBeUndefined();
    expect(wallet(table, carol)).toBe(950);
    expect(inChannel(table).say(carol, 'casino.crash.cash-out', key).words).toContain('were lost');
    expect(pastOf(table, key.round)).toMatchObject({ ending: 'crashed', point });
    expect(table.state.rows(crashSeats).size).toBe(0);
    expect(table.say(carol, 'casino stats').words).toContain('1 round: 0 won, 1 lost');
  });

  test('is over as soon as nobody is in any more', () => {
    const table = tableIn();
    seat(table, [[alice, '100']]);
    rig(table, [{ member: alice, stake: 100 }], (it) => it > 1_000);
    const key = keyOf(table);
    pass(table, 16 * secondMs);
    inChannel(table).say(alice, 'casino.crash.cash-out', key);
    expect(pastOf(table, key.round)).toMatchObject({ ending: 'left', left: expect.any(Number) });
    expect(table.fall()).toBe(0);
  });

  test('pays nobody behind its end, though the timer has not fallen', () => {
    const table = tableIn();
    seat(table, [
      [alice, '100'],
      [bob, '100', '1.5'],
    ]);
    const bets = [
      { member: alice, stake: 100 },
      { member: bob, stake: 100, target: 150 },
    ];
    const point = rig(table, bets, (it) => it > 110 && it < 140);
    pass(table, 15 * secondMs);
    const key = keyOf(table);
    const { startedAt = 0 } = roundOf(table);
    pass(table, reachedAt(epochMs(startedAt), point) - table.clock.now - 1);
    table.wait(1);
    expect(inChannel(table).say(alice, 'casino.crash.cash-out', key).words).toContain('were lost');
    expect([wallet(table, alice), wallet(table, bob)]).toEqual([900, 900]);
  });

  test('shows its seed when it is over and not before, and the next round has the seed that was committed to', () => {
    const table = tableIn();
    seat(table, [[alice, '100']]);
    posted(table);
    const { serverSeed } = roundOf(table);
    const { nextSeed } = rowOf(table);
    pass(table, 90 * secondMs);
    const shown = cards(table);
    const over = shown.at(-1);
    expect(over).toMatchObject({ phase: 'over', serverSeed });
    for (const card of shown.slice(0, -1)) {
      expect(JSON.stringify(card)).not.toContain(serverSeed);
      expect(JSON.stringify(card)).not.toContain(nextSeed);
    }
    const answered = inChannel(table).say(bob, 'casino crash', { bet: '100' });
    // Its hash stood on the card before: the bet is made at once.
    expect(answered.words).toContain('You are in with **100**');
    expect(roundOf(table).serverSeed).toBe(nextSeed);
    expect(cards(table).at(-1)?.hash).toBe(over?.nextHash);
  });

  test('has its card edited once in two seconds at most but for its phases, however many join and stop', () => {
    const crowd = Array.from({ length: 20 }, (_, number) => member(20 + number));
    const table = tableIn(...crowd);
    inChannel(table).say(alice, 'casino crash', { bet: '100' });
    posted(table);
    const edits: number[] = [];
    let seen = cards(table).length;
    const watch = (): void => {
      const now = cards(table).length;
      for (let edit = seen; edit < now; edit += 1) edits.push(table.clock.now);
      seen = now;
    };
    for (const who of crowd) {
      expect(inChannel(table).say(who, 'casino.crash.join', { ...keyOf(table), amount: '10' }).refused).toBeUndefined();
      pass(table, 500);
      watch();
    }
    expect(cards(table).at(-1)?.bets.length).toBeGreaterThan(15);
    expect(inChannel(table).say(alice, 'casino crash', { bet: '10' }).refused).toBe('economy.casino.crash.full');
    rig(
      table,
      crowd.map((who) => ({ member: who, stake: 10 })),
      (it) => it > 500,
    );
    while (rowOf(table).round !== undefined) {
      pass(table, 100);
      watch();
    }
    // Four of them are the phases: it started, and it was over; any 5 s hold two more at most.
    expect(edits.length).toBeGreaterThan(10);
    for (const [place, at] of edits.entries()) {
      expect(edits.slice(place).filter((later) => later < at + 5_000).length).toBeLessThanOrEqual(5);
    }
    expect(cards(table).at(-1)).toMatchObject({ phase: 'over' });
  });

  test.each([
    ['below the least bet', { bet: '1' }, 'economy.casino.below'],
    ['more than they have', { bet: '5000' }, 'economy.casino.poor'],
    ['a target below 1.01', { bet: '10', auto: '1' }, 'economy.casino.crash.no-auto'],
  ])('%s is refused, and opens no round', (_, input, refused) => {
    const table = tableIn();
    expect(inChannel(table).say(alice, 'casino crash', input).refused).toBe(refused);
    expect(rowOf(table).round).toBeUndefined();
  });

  test('limits that a member set themselves hold, by the command as by the buttons', () => {
    const table = tableIn();
    table.say(bob, 'casino limits', { out: 5 });
    table.say(carol, 'casino limits', { loss: '60' });
    inChannel(table).say(alice, 'casino crash', { bet: '100' });
    const join = (who: MemberId, amount: string) =>
      inChannel(table).say(who, 'casino.crash.join', { ...keyOf(table), amount }).refused;
    expect(inChannel(table).say(bob, 'casino crash', { bet: '10' }).refused).toBe('economy.casino.limits.out');
    expect(join(bob, '10')).toBe('economy.casino.limits.out');
    expect(join(carol, '61')).toBe('economy.casino.limits.reached');
    expect(join(carol, '50')).toBeUndefined();
    expect(table.state.row(players, encodeKey(players.key, [carol]))).toMatchObject({ day: { net: -50 } });
  });

  test('one curve a member: no second channel, none alone, and none here while one is played alone', () => {
    const table = tableIn();
    seat(table, [[alice, '100']]);
    table.wait(minuteMs / 60);
    expect(inChannel(table, there).say(alice, 'casino crash', { bet: '10' }).refused).toBe(
      'economy.casino.crash.seated',
    );
    expect(inChannel(table).say(alice, 'casino crash', { bet: '10', alone: true }).refused).toBe(
      'economy.casino.crash.seated',
    );
    endow(table, bob, 'crash', (draws) => draws(0).int(2 ** 48) > 2 ** 47);
    inChannel(table).say(bob, 'casino crash', { bet: '10', alone: true });
    expect(wallet(table, bob)).toBe(990);
    expect(inChannel(table).say(bob, 'casino.crash.join', { ...keyOf(table), amount: '10' }).refused).toBe(
      'economy.casino.crash.open',
    );
  });

  test('in another channel is another round', () => {
    const table = tableIn();
    inChannel(table).say(alice, 'casino crash', { bet: '100' });
    inChannel(table, there).say(alice, 'casino crash', { bet: '100' });
    expect(roundOf(table, there).id).not.toBe(roundOf(table).id);
  });

  test('a button opens another round, and shows the one that is open', () => {
    const table = tableIn();
    const first = inChannel(table).say(alice, 'casino.crash.another', { offered: 25 });
    expect(button(first, 'Bet 25')).toContain('"amount":"25"');
    expect(inChannel(table).say(bob, 'casino.crash.another', { offered: 1_000 }).words).toContain(roundOf(table).id);
    const press = customId(anotherCurve, { offered: 25 });
    expect(table.press(alice, press).refused).toBe('economy.casino.crash.nowhere');
  });
});

describe('tables', () => {
  const fill = (table: Table, tables: number, row: CrashTable): void => {
    for (let number = 0; number < tables; number += 1) {
      table.state.rows(crashTables).set(String(310_000_000_000_000_000n + BigInt(number)), row);
    }
  };

  test('on which nothing is played go as others come, those with a round stay', () => {
    const table = tableIn();
    inChannel(table, there).say(alice, 'casino.crash.another', { offered: 10 });
    fill(table, 250, { nextSeed: 'a' });
    inChannel(table).say(alice, 'casino.crash.another', { offered: 10 });
    expect(table.state.rows(crashTables).size).toBe(250);
    expect(roundOf(table, there).phase).toBe('open');
  });

  test('are no more than there can be', () => {
    const table = tableIn();
    inChannel(table, there).say(alice, 'casino.crash.another', { offered: 10 });
    fill(table, 399, { nextSeed: 'a', round: roundOf(table, there) });
    expect(inChannel(table).say(alice, 'casino.crash.another', { offered: 10 }).refused).toBe(
      'economy.casino.crash.many',
    );
    expect(inChannel(table).say(alice, 'casino crash', { bet: '10' }).refused).toBe('economy.casino.crash.many');
    expect(inChannel(table).say(alice, 'casino crash', { bet: '10', alone: true }).refused).toBeUndefined();
  });
});

describe('a round whose bot was away', () => {
  test('for less than a minute in the lobby starts; for longer gives every stake back', () => {
    for (const [awayMs, back] of [
      [50 * secondMs, false],
      [2 * minuteMs, true],
    ] as const) {
      const table = tableIn();
      seat(table, [
        [alice, '100'],
        [bob, '50'],
      ]);
      table.wait(15 * secondMs + awayMs);
      table.fall();
      expect(wallet(table, alice) === 1_000 && wallet(table, bob) === 1_000).toBe(back);
      if (back) {
        expect(table.state.rows(crashSeats).size).toBe(0);
        expect(table.state.row(players, encodeKey(players.key, [alice]))).toMatchObject({ day: { net: 0 } });
        expect(table.say(alice, 'casino stats').words).toContain('Nothing has been played yet');
      }
    }
  });

  test('while it rose pays whoever is in what the curve showed last, be it the timer or a press that finds out', () => {
    for (const finder of ['timer', 'press'] as const) {
      const table = tableIn();
      seat(table, [
        [alice, '100'],
        [bob, '50', '9'],
      ]);
      const bets = [
        { member: alice, stake: 100 },
        { member: bob, stake: 50, target: 900 },
      ];
      rig(table, bets, (it) => it > 250 && it < 600);
      pass(table, 15 * secondMs);
      const key = keyOf(table);
      pass(table, 4 * secondMs);
      const { seenAt, startedAt = 0 } = roundOf(table);
      const last = multiplierAt(seenAt - startedAt);
      expect(last).toBeGreaterThan(100);
      table.wait(5 * minuteMs);
      if (finder === 'timer') table.fall();
      else inChannel(table).say(alice, 'casino.crash.cash-out', key);
      expect(wallet(table, alice)).toBe(900 + crashPaid(100 as Coins, last));
      expect(wallet(table, bob)).toBe(950 + crashPaid(50 as Coins, last));
      expect(pastOf(table, key.round)).toMatchObject({ ending: 'away', left: last });
    }
  });
});

describe('/fair verify of a round of a channel', () => {
  const played = (): { readonly table: Table; readonly id: string } => {
    const table = tableIn();
    seat(table, [
      [alice, '100'],
      [bob, '50', '1.2'],
    ]);
    const { id } = roundOf(table);
    pass(table, 90 * secondMs);
    return { table, id };
  };

  test('works it out again by its id, and by what its card shows', () => {
    const { table, id } = played();
    const { point, serverSeed, clientSeed } = pastOf(table, id) ?? pastCurves.initial;
    const kept = table.say(carol, 'fair verify', { id });
    expect(kept.words).toContain('That is what was told and paid.');
    expect(kept.words).toContain('The bets give the client seed.');
    const typed = table.say(carol, 'fair verify', { id, 'server-seed': serverSeed, 'client-seed': clientSeed });
    for (const { words, reply } of [kept, typed]) {
      expect(words).toContain(`The curve ended at ${(point / 100).toFixed(2)}×.`);
      expect(discordRefuses(reply)).toEqual([]);
    }
  });

  test('says so where somebody was paid too much, lost for nothing, or another end was told', () => {
    const { table, id } = played();
    const key = encodeKey(pastCurves.key, [id]);
    const past = pastOf(table, id) ?? pastCurves.initial;
    const [first, second] = past.bets;
    const forged = [
      { ...past, point: past.point === 555 ? 556 : 555 },
      { ...past, bets: [{ ...first, end: { at: 10_000, paid: 10_000 } }, second] },
      { ...past, bets: [first, { ...second, target: 101, end: { at: 0, paid: 0 } }] },
    ];
    for (const [place, row] of forged.entries()) {
      if (place === 2 && past.point < 101) continue;
      table.state.rows(pastCurves).set(key, row);
      expect(table.say(carol, 'fair verify', { id }).words).toContain('Something else was told or paid.');
    }
  });

  test('asks for what it needs, and knows nothing of a round that is not over', () => {
    const table = tableIn();
    seat(table, [[alice, '100']]);
    const { id } = roundOf(table);
    expect(table.say(carol, 'fair verify', { id }).refused).toBe('core.fair.verify.unknown-id');
    expect(table.say(carol, 'fair verify', { id, 'server-seed': 'x' }).refused).toBe('core.fair.verify.all-shared');
    expect(table.say(carol, 'fair verify', { id: 'a:b' }).refused).toBe('core.fair.verify.no-id');
  });
});
