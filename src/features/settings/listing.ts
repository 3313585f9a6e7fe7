import type { Query } from '../../kernel/context.ts';
import type { Command } from '../../kernel/feature.ts';
import type { Dotted } from '../../kernel/ids.ts';
import type { Operation } from '../../kernel/operation.ts';
import { type Option, textOption } from '../../kernel/option.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { type AnySetting, type Setting, settingOverrides, settingOverridesKey } from '../../kernel/setting.ts';

/** Characters of a setting's key. */
const keyMax = 64;

/** The settings that features declare, when asked. */
export type AllSettings = () => readonly AnySetting[];

/** What one part of `/settings` declares. */
export interface Part {
  readonly command: Command;
  readonly operations: readonly Operation<never>[];
}

/** A setting with its values as text. */
export interface Shown {
  readonly key: Dotted;
  readonly describe: Dotted;
  readonly value: string;
  readonly initial: string;
  readonly bounds: string;
  /** Whether the server has set it itself. */
  readonly own: boolean;
}

/** A setting as it is in the guild. */
export const showSetting = (query: Query, declared: AnySetting): Shown => {
  // The declaration's own `parse` and `show` belong together, whatever their type is.
  const setting = declared as unknown as Setting<unknown>;
  return {
    key: setting.key,
    describe: setting.describe,
    value: setting.show(query.setting(setting)),
    initial: setting.show(setting.initial),
    bounds: setting.bounds,
    own: Object.hasOwn(query.get(settingOverrides, settingOverridesKey).texts, setting.key),
  };
};

/** The option that picks a setting by its key. */
export const keyOption = (all: AllSettings): Option<string> =>
  textOption({
    describe: 'core.settings.key',
    charactersMax: keyMax,
    complete: (query, typed) =>
      all()
        .filter(({ key }) => key.includes(typed.trim().toLowerCase()))
        .map((setting) => ({ name: `${setting.key} = ${showSetting(query, setting).value}`, value: setting.key })),
  });

/** The setting of a key as typed, or `undefined`. */
export const findSetting = (all: AllSettings, typed: string): AnySetting | undefined => {
  const wanted = typed.trim().toLowerCase();
  return all().find(({ key }) => key === wanted);
};

/** What is said to a key that nothing is called by. */
export const refuseKey = (): Outcome<never> => refuse('core.settings.no-key');
