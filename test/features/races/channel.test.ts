// The card of a race in a channel.
import { describe, expect, test } from 'vitest';
import { raceOf } from '../../../src/features/races/draws.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { here, inChannel, shownIn } from '../casino/channel.ts';
import { alice, bob, carol, member, type Table } from '../table.ts';
import { betOn, channel, message, rowOf, runOut, secondMs, track } from './track.ts';

describe('a channel for races', () => {
  const effects = (table: Table) =>
    [...table.state.rows(outbox).values()].map(
      (row) =>
        row as {
          kind: string;
          payload: { card: { value: { phase: string; bets: readonly object[]; frame?: { turn: number } } } };
        },
    );
  /** What each edit of the card shows: the phase, and how many have bet. */
  const edits = (table: Table) =>
    effects(table)
      .filter(({ kind }) => kind === 'discord.edit')
      .map(({ payload: { card } }) => [card.value.phase, card.value.bets.length]);
  const pass = (table: Table, seconds: number): void => {
    table.wait(seconds * secondMs);
    table.fall();
  };

  test('gets a card that is edited once in two seconds, however many bet, and when the race starts', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    table.runTask('races.posted', {
      end: { done: { message } },
      input: { at: channel, race: rowOf(table).id },
    });
    // What was just posted is the lobby as it is.
    expect(edits(table)).toEqual([]);
    const lobby = table.say(bob, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    betOn(table, bob, lobby, 1, '100');
    pass(table, 1);
    expect(edits(table)).toEqual([]);
    pass(table, 1);
    expect(edits(table)).toEqual([['lobby', 2]]);
    betOn(table, carol, lobby, 2, '100');
    pass(table, 1);
    expect(edits(table)).toHaveLength(1);
    pass(table, 1);
    expect(edits(table).slice(1)).toEqual([['lobby', 3]]);
    // Nobody bets: nothing is edited. A bet after a while is shown at once.
    pass(table, 20);
    expect(edits(table)).toHaveLength(2);
    table.fund(member(60), 1_000);
    betOn(table, member(60), lobby, 3, '100');
    expect(edits(table).slice(2)).toEqual([['lobby', 4]]);
    pass(table, 5);
    table.fund(member(61), 1_000);
    betOn(table, member(61), lobby, 3, '100');
    table.fund(member(62), 1_000);
    betOn(table, member(62), lobby, 3, '100');
    // The race starts a second later: its card does not wait.
    pass(table, 1);
    expect(edits(table).slice(3)).toEqual([
      ['lobby', 5],
      ['running', 6],
    ]);
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
  });

  test.each([
    [1, []],
    [3, [['lobby', 1]]],
  ])('gets a card that shows whoever bet before it was posted, %i seconds later', (seconds, at) => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    betOn(table, bob, table.say(bob, 'ratrace'), 0, '100');
    pass(table, seconds);
    table.runTask('races.posted', {
      end: { done: { message } },
      input: { at: channel, race: rowOf(table).id },
    });
    expect(edits(table)).toEqual(at);
    pass(table, 2);
    expect(edits(table)).toEqual([['lobby', 1]]);
  });

  test('gets the card, which changes with bets and each turn', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    const opened = table.say(alice, 'ratrace');
    expect(opened.words).toContain(`<#${channel}>`);
    expect(effects(table).map(({ kind }) => kind)).toEqual(['discord.post']);
    const key = { at: channel, race: rowOf(table).id };
    table.runTask('races.posted', { end: { done: { message } }, input: key });
    const lobby = table.say(bob, 'ratrace');
    const made = betOn(table, bob, lobby, 0, '100');
    expect(made.reply.private).toBe(true);
    expect(made.words).toContain('You bet **100** coins on rat 1.');
    pass(table, 2);
    expect(effects(table).at(-1)?.kind).toBe('discord.edit');
    runOut(table);
    const turns = effects(table).flatMap(({ payload }) => payload.card.value.frame?.turn ?? []);
    const last = raceOf(rowOf(table)).turns.length;
    expect(turns).toEqual(Array.from({ length: last + 1 }, (_, turn) => turn));
    expect(rowOf(table).phase).toBe('over');
  });

  test('that takes no card does not stop the race', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    const key = { at: channel, race: rowOf(table).id };
    table.runTask('races.posted', { end: { failed: 'forbidden' }, input: key });
    betOn(table, bob, table.say(bob, 'ratrace'), 0, '100');
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
  });
});

const channel2 = '300000000000000009';

describe('the channel in which a race was asked for', () => {
  test.each([
    ['', here],
    [channel2, channel2],
  ])('gets the card where the setting says %j', (setting, gets) => {
    const table = track();
    if (setting !== '') table.set('ratrace.channel', setting);
    const opened = inChannel(table).say(alice, 'ratrace');
    expect(opened.words).toContain(`<#${gets}>`);
    expect(shownIn(table, gets).map(({ kind }) => kind)).toEqual(['discord.post']);
    table.runTask('races.posted', { end: { done: { message } }, input: { at: gets, race: rowOf(table).id } });
    betOn(table, bob, inChannel(table).say(bob, 'ratrace'), 0, '100');
    runOut(table);
    expect(shownIn(table, gets).length).toBeGreaterThan(5);
    expect(rowOf(table).phase).toBe('over');
  });

  test('that takes no card: the race goes on in answers', () => {
    const table = track();
    inChannel(table).say(alice, 'ratrace');
    table.runTask('races.posted', { end: { failed: 'forbidden' }, input: { at: here, race: rowOf(table).id } });
    const lobby = inChannel(table).say(bob, 'ratrace');
    expect(betOn(table, bob, lobby, 0, '100').words).toContain('100 on rat 1');
    runOut(table);
    expect(shownIn(table, here)).toHaveLength(1);
    expect(rowOf(table).phase).toBe('over');
  });
});
