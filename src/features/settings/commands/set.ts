import { mutation } from '../../../kernel/operation.ts';
import { options, textOption } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { type Setting, settingOverrides, settingOverridesKey } from '../../../kernel/setting.ts';
import { type AllSettings, findSetting, keyOption, type Part, refuseKey, showSetting } from '../listing.ts';

/** Characters of a typed value. */
const valueMax = 200;

/** `/settings set`: changes one setting of the server, for administrators. */
export const setCommand = (all: AllSettings): Part => {
  const set = mutation({
    name: 'core.settings.set',
    version: 1,
    who: 'administrator',
    input: options({
      key: keyOption(all),
      value: textOption({ describe: 'core.settings.value', charactersMax: valueMax }),
    }),
    run: (m, { key, value: typed }) => {
      const declared = findSetting(all, key);
      if (!declared) return refuseKey();
      const setting = declared as unknown as Setting<unknown>;
      const value = setting.parse(typed.trim());
      if (value === undefined) return refuse('core.settings.bad-value', { key: setting.key, bounds: setting.bounds });
      const before = showSetting(m, setting);
      const after = setting.show(value);
      const { texts } = m.get(settingOverrides, settingOverridesKey);
      // Nothing to write where nothing changes; a value equal to the built-in one is still the server's own choice.
      if (!before.own || before.value !== after) {
        m.put(settingOverrides, settingOverridesKey, { texts: { ...texts, [setting.key]: after } });
      }
      return done({ key: setting.key, before: before.value, after, warning: setting.warns?.(value) });
    },
    view: ({ key, before, after, warning }, text) => {
      const changed = text('core.settings.changed', { key, before, after });
      return { private: true, content: warning === undefined ? changed : `${changed}\n${text(warning)}` };
    },
  });
  return {
    command: { path: 'settings set', describe: 'core.settings.set.describe', operation: set, visibility: 'private' },
    operations: [set],
  };
};
