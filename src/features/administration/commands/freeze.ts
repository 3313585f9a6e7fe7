import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { booleanOption, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors, economyFrozen, isFrozen } from '../../wallet/api.ts';
import { changeSetting } from '../change-setting.ts';
import { isResetting } from '../reset/state.ts';
import { undoButton } from '../undo.ts';

/** Freezes the economy of the server, or thaws it. */
export const freeze = mutation({
  name: 'economy.staff.freeze',
  version: 1,
  who: 'staff',
  input: options({ on: booleanOption({ describe: 'economy.staff.freeze.on' }) }),
  run: (m, { on }) => {
    if (isResetting(m)) return refuse('economy.staff.reset.running');
    if (isFrozen(m) === on) return refuse(on ? 'economy.staff.freeze.already' : 'economy.staff.freeze.not');
    return done({ on, ...changeSetting(m, economyFrozen, on) });
  },
  view: ({ on, id }, text) => ({
    private: false,
    embeds: [
      {
        description: text(on ? 'economy.staff.freeze.frozen' : 'economy.staff.freeze.thawed'),
        color: on ? colors.loss : colors.money,
      },
    ],
    rows: [[undoButton(id, text)]],
  }),
});

export const freezeCommand: Command = {
  path: 'eco freeze',
  describe: 'economy.staff.freeze.describe',
  operation: freeze,
  visibility: 'public',
  explain: { text: 'economy.staff.freeze.explain', figures: () => ({}) },
};
