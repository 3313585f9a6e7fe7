import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { messages as runtimeMessages } from '../../src/actors/text.ts';
import { features } from '../../src/features/index.ts';
import { entries, entryText } from '../../src/features/wallet/entries.ts';
import { commandBodies } from '../../src/gateway/registration.ts';
import { openOperation } from '../../src/kernel/operation.ts';
import type { Option } from '../../src/kernel/option.ts';
import { registry as collect } from '../../src/kernel/registry.ts';

const folder = join(import.meta.dirname, '../../src/features');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('text.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

const registry = collect(features, [runtimeMessages]);
const text = registry.text('en');
const messages = new Set(features.flatMap((feature) => Object.keys(feature.messages)));

/** Dotted names in the sources that are no texts. */
const otherNames = new Set([
  ...registry.operations.keys(),
  ...registry.collections.keys(),
  ...registry.invariants.map((invariant) => invariant.name),
  ...registry.cards.keys(),
]);

const literals = [...sources.matchAll(/'((?:economy|core)\.[a-z.-]+)'/g)].map((match) => match[1] ?? '');
/** Keys put together from a part, such as `economy.bank.${direction}.done`. */
const patterns = [...sources.matchAll(/`((?:economy|core)\.[^`]*\$\{[^`]*)`/g)].map((match) => {
  const parts = (match[1] ?? '').split(/\$\{[^}]*\}/);
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('[a-z-]+')}$`);
});

describe('texts', () => {
  test('every text used exists', () => {
    const missing = literals.filter((key) => !messages.has(key) && !otherNames.has(key));
    expect(missing).toEqual([]);
    const names = [...messages, ...otherNames];
    expect(patterns.filter((pattern) => !names.some((name) => pattern.test(name)))).toEqual([]);
    for (const kind of Object.values(entries)) expect(messages.has(entryText(kind))).toBe(true);
  });

  test('every text that exists is used', () => {
    const declared = features.flatMap((feature) => feature.settings.map((setting): string => setting.describe));
    const used = new Set([...literals, ...declared]);
    const unused = [...messages].filter((key) => !used.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });

  test('every text can be read as an ICU message', () => {
    for (const feature of features) {
      for (const message of Object.values(feature.messages)) {
        expect(() => new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true })).not.toThrow();
      }
    }
  });
});

describe('commands', () => {
  test('Discord takes all of them as they are declared', () => {
    const bodies = commandBodies(registry);
    expect(bodies.map((body) => body.name).sort()).toEqual([
      'balance',
      'bank',
      'casino',
      'cooldowns',
      'daily',
      'eco',
      'fair',
      'guild',
      'heist',
      'help',
      'inventory',
      'item',
      'leaderboard',
      'loan',
      'pay',
      'profile',
      'ratrace',
      'request',
      'richest',
      'rob',
      'settings',
      'shop',
      'stats',
      'stocks',
      'tavern',
      'weekly',
    ]);
  });

  test.each([...registry.commands.values()])('/$path fits Discord’s limits', ({ path, describe: key, operation }) => {
    for (const word of path.split(' ')) expect(word).toMatch(/^[a-z0-9_-]{1,32}$/);
    expect(text(key).length).toBeGreaterThan(0);
    expect(text(key).length).toBeLessThanOrEqual(100);
    const { input } = openOperation(operation);
    const options = 'options' in input ? (input.options as Record<string, Option<unknown>>) : {};
    expect(Object.keys(options).length).toBeLessThanOrEqual(25);
    let characters = path.length + text(key).length;
    for (const [name, option] of Object.entries(options)) {
      expect(name).toMatch(/^[a-z0-9_-]{1,32}$/);
      expect(text(option.describe).length).toBeLessThanOrEqual(100);
      characters += name.length + text(option.describe).length;
    }
    expect(characters).toBeLessThanOrEqual(8_000);
  });

  test.each([
    { path: 'balance', visibility: 'private', options: ['member'] },
    { path: 'daily', visibility: 'private', options: [] },
    { path: 'weekly', visibility: 'private', options: [] },
    { path: 'pay', visibility: 'public', options: ['member', 'amount'] },
    { path: 'request', visibility: 'public', options: ['member', 'amount', 'note'] },
    { path: 'rob', visibility: 'public', options: ['member'] },
    { path: 'richest', visibility: 'private', options: [] },
    { path: 'bank open', visibility: 'private', options: [] },
    { path: 'bank deposit', visibility: 'private', options: ['amount'] },
    { path: 'bank withdraw', visibility: 'private', options: ['amount'] },
    { path: 'bank history', visibility: 'private', options: ['page'] },
    { path: 'profile', visibility: 'private', options: ['member', 'section', 'public'] },
    { path: 'leaderboard', visibility: 'private', options: ['board', 'page', 'public'] },
    { path: 'help', visibility: 'private', options: ['topic', 'command'] },
    { path: 'settings view', visibility: 'private', options: ['key'] },
    { path: 'settings set', visibility: 'private', options: ['key', 'value'] },
    { path: 'settings reset', visibility: 'private', options: ['key'] },
  ])('/$path is $visibility and takes $options', ({ path, visibility, options }) => {
    const command = registry.commands.get(path);
    expect(command?.visibility).toBe(visibility);
    const input = command && openOperation(command.operation).input;
    expect(Object.keys(input && 'options' in input ? (input.options as object) : {})).toEqual(options);
  });
});

test('a collection that may name a member says how it forgets one', () => {
  for (const collection of registry.collections.values()) {
    if (collection.key.includes('member')) expect(collection.forget).not.toBe('no member');
  }
});
