import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../src/gateway/publish.ts';
import { commandBodies } from '../../src/gateway/registration.ts';
import type { Command } from '../../src/kernel/feature.ts';
import type { Dotted } from '../../src/kernel/ids.ts';
import { query, type Who } from '../../src/kernel/operation.ts';
import {
  amountOption,
  booleanOption,
  choiceOption,
  integerOption,
  memberOption,
  optional,
  options,
  textOption,
} from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { registry } from '../../src/kernel/registry.ts';
import { featureWith } from '../house/feature.ts';

const describe_: Dotted = 'test.describe';

const command = (path: string, input = options({}), who: Who = 'anyone'): Command => ({
  path,
  describe: describe_,
  visibility: 'private',
  operation: query({
    name: `test.${path.replaceAll(' ', '-')}`,
    version: 1,
    who,
    input,
    run: () => done(),
    view: () => ({ private: true }),
  }),
});

const bodies = (commands: readonly Command[], words = 'Does a thing') =>
  commandBodies(
    registry(
      [
        featureWith('test', {
          commands,
          operations: commands.map((one) => one.operation),
          boards: [],
          messages: { [describe_]: words, 'test.yes': 'Yes', 'test.no': 'No' },
        }),
      ],
      [],
    ),
  );

const everyOption = options({
  later: optional(integerOption({ describe: describe_, min: 1, max: 5 })),
  who: memberOption({ describe: describe_ }),
  amount: amountOption({ describe: describe_ }),
  agree: booleanOption({ describe: describe_ }),
  pick: choiceOption({ describe: describe_, choices: { yes: 'test.yes', no: 'test.no' } }),
  note: optional(textOption({ describe: describe_, charactersMax: 9_999 })),
});

describe('commands as Discord registers them', () => {
  test('every kind of option, required ones first, else in the declared order', () => {
    const [body] = bodies([command('pay', everyOption)]);
    const description = 'Does a thing';
    expect(body).toEqual({
      type: 1,
      name: 'pay',
      description,
      default_member_permissions: null,
      contexts: [0],
      integration_types: [0],
      options: [
        { type: 6, name: 'who', description, required: true },
        { type: 3, name: 'amount', description, required: true, max_length: 32, autocomplete: true },
        { type: 5, name: 'agree', description, required: true },
        {
          type: 3,
          name: 'pick',
          description,
          required: true,
          choices: [
            { name: 'Yes', value: 'yes' },
            { name: 'No', value: 'no' },
          ],
        },
        { type: 4, name: 'later', description, required: false, min_value: 1, max_value: 5 },
        { type: 3, name: 'note', description, required: false, max_length: 6_000 },
      ],
    });
  });

  test('one word, subcommands and groups', () => {
    const made = bodies([
      command('bank open'),
      command('help'),
      command('bank data export'),
      command('bank data erase'),
    ]);
    expect(made.map((one) => one.name)).toEqual(['bank', 'help']);
    expect(made[0]).toMatchObject({
      description: 'open, data',
      options: [
        { type: 1, name: 'open' },
        { type: 2, name: 'data', description: 'export, erase', options: [{ name: 'export' }, { name: 'erase' }] },
      ],
    });
  });

  test.each<[readonly Who[], string | null]>([
    [['anyone'], null],
    [['staff'], '32'],
    [['administrator'], '8'],
    [['owner'], '8'],
    [['administrator', 'staff'], '32'],
    [['owner', 'anyone'], null],
  ])('%j see the command with %s', (classes, permissions) => {
    const made = bodies(classes.map((who, index) => command(`set part${index}`, options({}), who)));
    expect(made[0]?.default_member_permissions).toBe(permissions);
  });

  test.each<[string, () => unknown]>([
    ['a name in capitals', () => bodies([command('Pay')])],
    ['four words', () => bodies([command('a b c d')])],
    ['a command that also has parts', () => bodies([command('bank'), command('bank open')])],
    ['a part that is also a group', () => bodies([command('bank data'), command('bank data erase')])],
    ['no description', () => bodies([command('pay')], '')],
    ['a description of 101 characters', () => bodies([command('pay')], 'x'.repeat(101))],
    ['101 commands', () => bodies(Array.from({ length: 101 }, (_, index) => command(`c${index}`)))],
    ['26 parts', () => bodies(Array.from({ length: 26 }, (_, index) => command(`all c${index}`)))],
    [
      'choices with the same words',
      () => {
        const input = options({
          pick: choiceOption({ describe: describe_, choices: { a: 'test.yes', b: 'test.yes' } }),
        });
        return bodies([command('pay', input)]);
      },
    ],
    [
      'more than 8,000 characters',
      () =>
        bodies(
          Array.from({ length: 15 }, (_, index) => command(`all c${index}`, everyOption)),
          'x'.repeat(100),
        ),
    ],
  ])('%s fails at start', (_name, make) => expect(make).toThrow(/broken rule/));
});

test('a fingerprint knows a command as Discord gives it back, and every change', () => {
  const sent = bodies([command('bank open', everyOption), command('help')]);
  const added = { id: '1', version: '2', nsfw: false, dm_permission: false, name_localizations: null };
  const givenBack = sent.toReversed().map((one) => Object.assign(structuredClone(one), added));
  // Discord leaves out what is false.
  for (const option of givenBack.flatMap((one) => one.options ?? [])) {
    if ('required' in option && !option.required) delete option.required;
  }
  expect(fingerprint(givenBack)).toBe(fingerprint(sent));
  const changed = [
    bodies([command('bank open', everyOption)]),
    bodies([command('bank open', everyOption), command('help', options({}), 'staff')]),
    bodies([command('bank open'), command('help')]),
    bodies([command('bank open', everyOption), command('help')], 'Other words'),
  ];
  for (const other of changed) expect(fingerprint(other)).not.toBe(fingerprint(sent));
});
