import type { Mutation, Query } from '../../kernel/context.ts';
import type { RowId } from '../../kernel/ids.ts';
import { type Setting, settingOverrides, settingOverridesKey } from '../../kernel/setting.ts';
import { record } from './record.ts';

/** The server's own text of a setting, or `undefined` where it has the default. */
export const ownText = (query: Query, key: string): string | undefined => {
  const { texts } = query.get(settingOverrides, settingOverridesKey);
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
};

/** Gives a setting a text of the server's own, or with `undefined` the default back. */
export const setText = (m: Mutation, key: string, value: string | undefined): void => {
  const others = Object.entries(m.get(settingOverrides, settingOverridesKey).texts).filter(([name]) => name !== key);
  const texts = Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
  m.put(settingOverrides, settingOverridesKey, { texts });
};

/** A setting that the staff changed. */
export interface ChangedSetting {
  readonly id: RowId;
  readonly before: string;
  readonly after: string;
}

/** Changes a setting and keeps that. The value is within the setting's bounds: its command's option has the same. */
export const changeSetting = <V>(m: Mutation, setting: Setting<V>, value: V): ChangedSetting => {
  const own = ownText(m, setting.key);
  const before = setting.show(m.setting(setting));
  const after = setting.show(value);
  setText(m, setting.key, after);
  const id = record(m, {
    before,
    after,
    deed: { kind: 'setting', key: setting.key, after, ...(own !== undefined && { before: own }) },
  });
  return { id, before, after };
};
