import { describe, expect, test } from 'vitest';
import { features } from '../../../src/features/index.ts';
import { declaredPreferences, prefers } from '../../../src/features/settings/api.ts';
import { preferences } from '../../../src/features/settings/preference.ts';
import { extension } from '../../../src/kernel/extension.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { query } from '../../../src/kernel/operation.ts';
import { options } from '../../../src/kernel/option.ts';
import { done } from '../../../src/kernel/outcome.ts';
import type { Button } from '../../../src/kernel/reply.ts';
import { featureWith } from '../../house/feature.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, dayMs } from '../table.ts';

const quiet = {
  name: 'quiet',
  title: 'core.preference.ping',
  describe: 'core.preference.ping-about',
  initial: false,
  restMs: dayMs,
} as const;
const ask = query({
  name: 'trial.quiet',
  version: 1,
  input: options({}),
  run: (q) => done(prefers(q, q.actor.member, quiet)),
  view: (on) => ({ private: true, content: on ? 'on' : 'off' }),
});
const trial = featureWith('trial', {
  commands: [{ path: 'trial', describe: 'core.preference.ping', operation: ask, visibility: 'private' }],
  operations: [ask],
  extensions: [extension(declaredPreferences, () => [quiet])],
});

const table = () => createTable([...features, trial]);
const buttonTo = (answered: Answered, name: string): string =>
  ((answered.reply.rows ?? []).flat() as Button[]).find(({ customId }) => customId.includes(`"${name}"`))?.customId ??
  '';

describe('/settings me', () => {
  test('shows what every feature lets a member choose, and Discord takes it', () => {
    const shown = table().say(alice, 'settings me');
    expect(shown.words).toContain('Pings: on');
    expect(shown.words).toContain('Pings: off');
    expect(discordRefuses(shown.reply)).toEqual([]);
  });

  test('switches for the member who presses alone, and the feature sees it', () => {
    const at = table();
    const turned = at.press(alice, buttonTo(at.say(alice, 'settings me'), 'quiet'));
    expect(turned.reply.replaces).toBe(true);
    expect(at.say(alice, 'trial').words).toBe('on');
    expect(at.say(bob, 'trial').words).toBe('off');
  });

  test('a second press of the same button changes nothing and is no refusal', () => {
    const at = table();
    const button = buttonTo(at.say(alice, 'settings me'), 'quiet');
    at.press(alice, button);
    at.wait(dayMs);
    const row = () => at.state.row(preferences, encodeKey(preferences.key, [alice]));
    const before = row();
    expect(at.press(alice, button).refused).toBeUndefined();
    expect(row()).toEqual(before);
  });

  test('what rests a day after a change is not switched back before', () => {
    const at = table();
    const off = buttonTo(at.press(alice, buttonTo(at.say(alice, 'settings me'), 'quiet')), 'quiet');
    at.wait(dayMs - 1);
    expect(at.press(alice, off).refused).toBe('core.settings.me.rests');
    at.wait(1);
    expect(at.press(alice, off).refused).toBeUndefined();
    expect(at.say(alice, 'trial').words).toBe('off');
  });

  test.each([
    ['of somebody else', { by: bob, name: 'quiet', to: 'on' }, 'core.settings.me.not-yours'],
    ['to what nobody declares', { by: alice, name: 'loud', to: 'on' }, 'core.settings.me.none'],
    ['to a name of JavaScript’s own', { by: alice, name: '__proto__', to: 'on' }, 'core.settings.me.none'],
    ['to nowhere', { by: alice, name: 'quiet', to: 'up' }, 'core.input.options'],
    ['without anything', {}, 'core.input.options'],
  ])('a button %s does nothing', (_, input, refused) => {
    const at = table();
    const id = `g1~core.settings.switch~1~${JSON.stringify(input)}`;
    expect(at.press(alice, id).refused).toBe(refused);
    expect(at.state.count(preferences)).toBe(0);
  });
});
