// Features that exist for a test alone: bare operations, and settings that a house of few features cannot be told.
import type { Feature } from '../../src/kernel/feature.ts';
import { mutation } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../src/kernel/setting.ts';

/** A feature of nothing but operations. */
export const bareFeature = (name: string, operations: Feature['operations']): Feature => ({
  name,
  pack: 'shared',
  commands: [],
  operations,
  collections: [],
  reactions: [],
  settings: [],
  invariants: [],
  messages: {},
});

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
export const overriding = bareFeature('test', [override]);
