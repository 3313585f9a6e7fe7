import type { MemberId } from '../../src/kernel/ids.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Option, Options } from '../../src/kernel/option.ts';
import type { Chance } from '../chance.ts';

/** What sensible inputs are made of. */
export interface Material {
  readonly members: readonly MemberId[];
  readonly settings: readonly string[];
  /** Values that an option itself suggested. */
  readonly suggested: (operation: string, option: string) => readonly string[];
}

const absurdities: readonly unknown[] = [
  null,
  '',
  ' ',
  '-5',
  '1e3',
  '٣',
  `1${'0'.repeat(400)}`,
  '0x10',
  'NaN',
  -1,
  0.5,
  Number.NaN,
  true,
  [],
  {},
  { id: 'x' },
  JSON.parse('{"__proto__": {"id": "1"}}'),
  Number.MAX_VALUE,
  2 ** 53,
  '\u0000\u001f~',
  '\ud800',
];

const amounts = ['all', 'half', '25%', '1,000', '1000000000000000', '1', '50'] as const;
const words = [
  'on',
  'off',
  '20%',
  '0',
  '1',
  '2',
  'UTC',
  'Europe/Paris',
  'Pacific/Kiritimati',
  '<#300000000000000003>',
  'none',
] as const;

/** An input nobody should send. */
export const absurd = (chance: Chance): unknown => chance.pick(absurdities);

/** What somebody may type anywhere. */
export const anyText = (chance: Chance, settings: readonly string[]): string => {
  const kind = chance.int(10);
  if (kind < 3) return String(1 + chance.int(300));
  if (kind < 6) return chance.pick(amounts);
  return kind < 8 ? chance.pick(settings) : chance.pick(words);
};

const sensible = (chance: Chance, operation: string, name: string, option: Option<unknown>, material: Material) => {
  switch (option.type) {
    case 'member':
      return { id: chance.pick(material.members), bot: chance.happens(0.03), present: chance.happens(0.95) };
    case 'integer':
      return (option.min ?? 0) + chance.int(Math.min((option.max ?? 10) - (option.min ?? 0), 10) + 1);
    case 'boolean':
      return chance.happens(0.5);
    case 'text': {
      if (option.choices) return chance.pick(option.choices).value;
      const suggested = material.suggested(operation, name);
      if (suggested.length > 0 && chance.happens(0.7)) return chance.pick(suggested);
      return anyText(chance, material.settings);
    }
    default:
      return option.type satisfies never;
  }
};

/** The options an operation declares; `undefined` for one that is no command's. */
export const optionsOf = ({ input }: AnyOperation): Options<unknown>['options'] | undefined =>
  'options' in input ? (input as Options<unknown>).options : undefined;

/** An input for an operation, mostly one that a person could send. */
export const inputFor = (chance: Chance, operation: AnyOperation, material: Material): unknown => {
  const declared = optionsOf(operation);
  if (declared === undefined || chance.happens(0.01)) return absurd(chance);
  const input: Record<string, unknown> = {};
  for (const name in declared) {
    const option = declared[name] as Option<unknown>;
    if (!option.required && chance.happens(0.4)) continue;
    input[name] = chance.happens(0.02) ? absurd(chance) : sensible(chance, operation.name, name, option, material);
  }
  return input;
};
