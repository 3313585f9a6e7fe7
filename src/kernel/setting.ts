import { z } from 'zod';
import { collection } from './collection.ts';
import { type Dotted, isSnowflake } from './ids.ts';
import { shareUnits } from './money.ts';

/** Something a server's staff may tune. Stored as the text they typed; read through `parse`. */
export interface Setting<T> {
  readonly key: Dotted;
  readonly describe: Dotted;
  readonly initial: T;
  /** The typed value of a text, or `undefined` when it is out of bounds or of another form. */
  readonly parse: (text: string) => T | undefined;
  /** The text of a value, such that `parse` gives the value back. */
  readonly show: (value: T) => string;
  /** The values taken, in words a person reads: `0 to 1,000`. */
  readonly bounds: string;
  /** Words for who sets a value that is allowed and has a price they should know of. */
  readonly warns?: ((value: T) => Dotted | undefined) | undefined;
}

/** The texts a server has set, by key: one row a guild. */
export const settingOverrides = collection({
  name: 'core.settings',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ texts: z.record(z.string(), z.string()) }),
  initial: { texts: {} },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `settingOverrides`. */
export const settingOverridesKey = ['all'] as const;

const grouped = (value: number): string => value.toLocaleString('en');

/** A whole number between two bounds, both taken; typed as digits, with or without grouping commas. */
export const integerSetting = (spec: {
  readonly key: Dotted;
  readonly describe: Dotted;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}): Setting<number> => ({
  key: spec.key,
  describe: spec.describe,
  initial: spec.initial,
  bounds: `${grouped(spec.min)} – ${grouped(spec.max)}`,
  show: String,
  parse: (text) => {
    if (!/^\d{1,3}(,\d{3})*$|^\d{1,16}$/.test(text)) return undefined;
    const value = Number(text.replaceAll(',', ''));
    return value >= spec.min && value <= spec.max ? value : undefined;
  },
});

/** A share between two bounds, held in ten-thousandths; typed as `20%`, `12.5%` or `0.2`. */
export const shareSetting = (spec: {
  readonly key: Dotted;
  readonly describe: Dotted;
  /** Ten-thousandths, as are the bounds. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly warns?: Setting<number>['warns'];
}): Setting<number> => {
  const show = (value: number): string => `${(value * 100) / shareUnits}%`;
  return {
    key: spec.key,
    describe: spec.describe,
    initial: spec.initial,
    bounds: `${show(spec.min)} – ${show(spec.max)}`,
    warns: spec.warns,
    show,
    parse: (text) => {
      const match = /^(\d{1,3}(?:\.\d{1,4})?)(%?)$/.exec(text);
      if (!match) return undefined;
      const value = Math.round(Number(match[1]) * (match[2] === '%' ? shareUnits / 100 : shareUnits));
      return value >= spec.min && value <= spec.max ? value : undefined;
    },
  };
};

/** On or off. */
export const booleanSetting = (spec: {
  readonly key: Dotted;
  readonly describe: Dotted;
  readonly initial: boolean;
}): Setting<boolean> => ({
  ...spec,
  bounds: 'on, off',
  show: (value) => (value ? 'on' : 'off'),
  parse: (text) => {
    if (/^(on|yes|true)$/i.test(text)) return true;
    return /^(off|no|false)$/i.test(text) ? false : undefined;
  },
});

/** A time zone of the IANA's list, such as `Europe/Paris`. One that does not exist is refused when it is set. */
export const zoneSetting = (spec: { readonly key: Dotted; readonly describe: Dotted }): Setting<string> => ({
  ...spec,
  initial: 'UTC',
  bounds: 'UTC, Europe/Paris, America/New_York, …',
  show: (zone) => zone,
  parse: (text) => {
    if (!/^[A-Za-z][\w+/-]{0,63}$/.test(text)) return undefined;
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  },
});

/** The server's own time zone: what its dates and the times of its jobs are read in. */
export const guildZone = zoneSetting({ key: 'core.timezone', describe: 'core.setting.timezone' });

/** A channel's id, typed as a mention or an id; the empty text for none, as at first. */
export const channelSetting = (spec: { readonly key: Dotted; readonly describe: Dotted }): Setting<string> => ({
  ...spec,
  initial: '',
  bounds: '#channel, none',
  show: (channel) => (channel === '' ? 'none' : channel),
  parse: (text) => {
    if (text === 'none') return '';
    const id = /^(?:<#)?(\d+)>?$/.exec(text)?.[1];
    return id !== undefined && isSnowflake(id) ? id : undefined;
  },
});

/** A setting whose type has been forgotten: what the runtime and `/settings` handle. */
export interface AnySetting {
  readonly key: Dotted;
  readonly describe: Dotted;
  readonly initial: unknown;
  readonly bounds: string;
  readonly parse: (text: string) => unknown;
  readonly show: (value: never) => string;
  readonly warns?: ((value: never) => Dotted | undefined) | undefined;
}

/** The texts by which the owner of the bot has set servers' defaults, by key. */
export type OwnerDefaults = ReadonlyMap<string, string>;

/** A setting with the owner's default in the place of the built-in one. Throws a `RangeError` where it is out of bounds. */
export const withOwnerDefault = (setting: AnySetting, defaults: OwnerDefaults): AnySetting => {
  const text = defaults.get(setting.key);
  if (text === undefined) return setting;
  const initial = setting.parse(text);
  if (initial === undefined) throw new RangeError(`${setting.key} takes ${setting.bounds}, not ${text}`);
  return { ...setting, initial };
};
