// Settings that a house of few features cannot be told.
import { mutation } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../src/kernel/setting.ts';
import { featureWith } from './feature.ts';

const override = mutation({
  name: 'test.override',
  version: 1,
  input: { parse: (input) => input as Readonly<Record<string, string>> },
  run: (m, texts) => {
    m.put(settingOverrides, settingOverridesKey, { texts });
    return done();
  },
  view: () => ({ private: true }),
});

/** Sets a server's settings by `test.override`, texts by key: the `/settings` of an inhabited house knows its own alone. */
export const overriding = featureWith('test', { operations: [override] });
