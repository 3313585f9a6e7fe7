import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../../kernel/setting.ts';
import { type AllSettings, findSetting, keyOption, type Part, refuseKey, showSetting } from '../listing.ts';

/** `/settings reset`: gives one setting its built-in value back, for administrators. */
export const resetCommand = (all: AllSettings): Part => {
  const reset = mutation({
    name: 'core.settings.reset',
    version: 1,
    who: 'administrator',
    input: options({ key: keyOption(all) }),
    run: (m, { key }) => {
      const setting = findSetting(all, key);
      if (!setting) return refuseKey();
      const { value, initial, own } = showSetting(m, setting);
      if (own) {
        const { texts } = m.get(settingOverrides, settingOverridesKey);
        const others = Object.entries(texts).filter(([name]) => name !== setting.key);
        m.put(settingOverrides, settingOverridesKey, { texts: Object.fromEntries(others) });
      }
      return done({ key: setting.key, before: value, after: initial });
    },
    view: ({ key, before, after }, text) => ({
      private: true,
      content: text('core.settings.changed', { key, before, after }),
    }),
  });
  return {
    command: {
      path: 'settings reset',
      describe: 'core.settings.reset.describe',
      operation: reset,
      visibility: 'private',
    },
    operations: [reset],
  };
};
