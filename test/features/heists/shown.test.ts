// Where heists are shown: the cards in channels, the status, the log.
import { describe, expect, test } from 'vitest';
import { heistReply } from '../../../src/features/heists/commands/heist.ts';
import type { ShownHeist } from '../../../src/features/heists/shown.ts';
import { preferences } from '../../../src/features/settings/preference.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { here, inChannel, shownIn } from '../casino/channel.ts';
import { done } from '../clans/ground.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, minuteMs, type Table } from '../table.ts';
import {
  askTeam,
  button,
  crew,
  fallAfter,
  heistOf,
  id,
  nextSundayAfter,
  playTogether,
  rival,
  rivals,
  select,
  startSolo,
} from './ground.ts';

const [one] = crew;

describe('what is shown', () => {
  const channel = '300000000000000001';
  const message = '400000000000000001';

  test('a channel for heists gets the card, which follows everything to the end', () => {
    const { table } = rivals();
    table.set('heist.channel', channel);
    const asked = askTeam(table, [one]);
    expect(asked.words).toContain(`<#${channel}>`);
    const { id: h } = heistOf(table);
    const kinds = () => [...table.state.rows(outbox).values()].map((row) => (row as { kind: string }).kind);
    expect(kinds()).toEqual(['discord.post']);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel } });
    // What was just posted is the heist as it is.
    expect(kinds()).toEqual(['discord.post']);
    expect(heistOf(table).row.message).toBe(message);
    done(table.press(one, id('accept', { h })));
    expect(kinds()).toEqual(['discord.post', 'discord.edit']);
    const assigned = done(table.press(alice, id('assign', { h })));
    const card = done(table.press(alice, button(assigned, 'Start')));
    const edits = kinds().length;
    playTogether(table, card, [alice, one]);
    expect(kinds().length).toBeGreaterThan(edits + 10);
    const rows = [...table.state.rows(outbox).values()] as { payload: { card: { value: { state: string } } } }[];
    expect(rows.at(-1)?.payload.card.value.state).toBe('over');
    expect(JSON.stringify(rows)).not.toMatch(/"answer":"\d/);
  });

  /** Has alice ask one of her clan, in a channel. */
  const askHere = (table: Table, whom: MemberId): Answered => {
    const place = inChannel(table);
    const planned = place.say(alice, 'heist plan', { target: 'Others', amount: 1_000 });
    const picking = place.press(alice, button(planned, 'With a team'));
    const picked = place.press(alice, select(picking).customId, { chosen: whom });
    return place.press(alice, button(picked, 'Ask them'));
  };
  const posts = (table: Table) => shownIn<ShownHeist>(table, here);

  test('the channel in which it was planned gets the card where the server has none for heists', () => {
    const { table } = rivals();
    expect(askHere(table, one).words).toContain(`<#${here}>`);
    const { id: h } = heistOf(table);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel: here } });
    done(table.press(one, id('accept', { h })));
    const kinds = posts(table).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['discord.post', 'discord.edit']);
  });

  test('where the bot may not post there it goes on in answers', () => {
    const { table } = rivals();
    askHere(table, one);
    const { id: h } = heistOf(table);
    table.runTask('heists.posted', { end: { failed: 'forbidden' }, input: { h, channel: here } });
    expect(heistOf(table).row.channel).toBeUndefined();
    expect(done(table.press(one, id('accept', { h }))).reply.replaces).toBe(true);
    expect(posts(table)).toHaveLength(1);
  });

  test.each([true, false])('who is asked is named, and pinged where they want it: %s', (wanted) => {
    const { table } = rivals();
    if (!wanted) {
      table.put(preferences, [one], { chosen: { ping: { on: false, at: table.clock.now } } });
    }
    askHere(table, one);
    const [post] = posts(table);
    if (!post) throw new Error('nothing was posted');
    const reply = heistReply(post.value, table.registry.text('en'));
    expect(reply.content).toContain(`<@${one}>`);
    expect(reply.mentions).toEqual(wanted ? [one] : []);
  });

  test('a message that was posted after somebody has answered shows that', () => {
    const { table } = rivals();
    askHere(table, one);
    const { id: h } = heistOf(table);
    done(table.press(one, id('accept', { h })));
    expect(posts(table)).toHaveLength(1);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel: here } });
    const [, edit, ...more] = posts(table);
    expect(more).toEqual([]);
    expect(edit).toMatchObject({ kind: 'discord.edit', value: { stage: 'roles' } });
    expect(heistOf(table).row.stale).toBeUndefined();
  });

  test('a message that was posted when all was over shows that', () => {
    const { table } = rivals();
    table.set('heist.channel', channel);
    startSolo(table);
    const { id: h } = heistOf(table);
    fallAfter(table, 3 * minuteMs);
    table.runTask('heists.posted', { end: { done: { message } }, input: { h, channel } });
    const rows = [...table.state.rows(outbox).values()] as { kind: string; payload: object }[];
    expect(rows.at(-1)).toMatchObject({ kind: 'discord.edit', payload: { message } });
  });

  test('status is for both guilds, and brings a lost card back', () => {
    const { table } = rivals();
    expect(table.say(alice, 'heist status').refused).toBe('economy.heist.quiet');
    startSolo(table);
    for (const who of [alice, one, rival]) {
      const seen = done(table.say(who, 'heist status'));
      expect(seen.reply.private).toBe(true);
      expect(seen.words).toContain('Ferrymen → Others');
    }
    expect(table.say(bob, 'heist status').refused).toBe('economy.heist.no-guild');
    done(table.press(alice, button(done(table.say(alice, 'heist status')), 'Play')));
  });

  test('the log has pages, the newest first, and forgets the oldest', () => {
    const { table } = rivals();
    expect(done(table.say(bob, 'heist log')).words).toContain('There were none yet.');
    for (let week = 0; week < 11; week += 1) {
      table.fund(alice, 5_000);
      startSolo(table, 100 + week);
      fallAfter(table, 3 * minuteMs);
      nextSundayAfter(table);
    }
    const first = done(table.say(bob, 'heist log'));
    expect(first.words).toContain('take 110 from');
    expect(first.words).not.toContain('take 100 from');
    const second = done(table.press(bob, button(first, 'Next')));
    expect(second.words).toContain('take 100 from');
    expect(discordRefuses(first.reply)).toEqual([]);
  });

  test('the wait for the next Sunday is on /cooldowns of who may plan', () => {
    const { table } = rivals();
    expect(done(table.say(alice, 'cooldowns')).words).toContain('**Heist of your guild**: ready now');
    expect(done(table.say(one, 'cooldowns')).words).not.toContain('Heist of your guild');
    startSolo(table);
    const next = Date.UTC(2026, 7, 9) / 1_000;
    expect(done(table.say(alice, 'cooldowns')).words).toContain(`**Heist of your guild**: <t:${next}:R>`);
  });
});
