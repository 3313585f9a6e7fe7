import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import { query } from '../../../kernel/operation.ts';
import { optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { settingCard } from '../card.ts';
import { type AllSettings, findSetting, keyOption, type Part, refuseKey, type Shown, showSetting } from '../listing.ts';

/** Settings on one page of the list. */
const pageSettings = 12;

type View =
  | { readonly kind: 'one'; readonly setting: Shown }
  | { readonly kind: 'page'; readonly settings: readonly Shown[]; readonly page: number; readonly pages: number };

/** `/settings view`: one setting in full, or all of them in pages. */
export const viewCommand = (all: AllSettings): Part => {
  const readPage = (q: Query, page: number): Outcome<View> => {
    const pages = Math.max(1, Math.ceil(all().length / pageSettings));
    if (page > pages) return refuse('core.settings.no-page', { pages });
    const settings = all().slice((page - 1) * pageSettings, page * pageSettings);
    return done<View>({ kind: 'page', settings: settings.map((setting) => showSetting(q, setting)), page, pages });
  };

  const turn = query({
    name: 'core.settings.turn',
    version: 1,
    who: 'staff',
    input: controlInput(z.strictObject({ page: z.int().min(1) })),
    run: (q, { page }) => readPage(q, page),
    view: (shown, text) => ({ ...card(shown, text), replaces: true }),
  });

  const card = (view: View, text: Text): Reply => {
    if (view.kind === 'one') return { private: true, embeds: [settingCard(view.setting, text)] };
    const { settings, page, pages } = view;
    const button = (label: string, to: number) =>
      ({
        kind: 'button',
        label,
        style: 'secondary',
        customId: customId(turn, { page: to }),
        disabled: to < 1 || to > pages,
      }) as const;
    const lines = settings.map(({ key, value, own, describe }) =>
      text('core.settings.line', { key, value, own: String(own), describe: text(describe) }),
    );
    return {
      private: true,
      embeds: [
        {
          title: text('core.settings.title'),
          description: lines.join('\n'),
          footer: text('core.settings.page', { page, pages }),
        },
      ],
      ...(pages > 1 && {
        rows: [[button(text('core.settings.previous'), page - 1), button(text('core.settings.next'), page + 1)]],
      }),
    };
  };

  const view = query({
    name: 'core.settings.view',
    version: 1,
    who: 'staff',
    input: options({ key: optional(keyOption(all)) }),
    run: (q, { key }) => {
      if (key === undefined) return readPage(q, 1);
      const setting = findSetting(all, key);
      return setting ? done<View>({ kind: 'one', setting: showSetting(q, setting) }) : refuseKey();
    },
    view: (shown, text) => card(shown, text),
  });
  return {
    command: {
      path: 'settings view',
      describe: 'core.settings.view.describe',
      operation: view,
      visibility: 'private',
    },
    operations: [view, turn],
  };
};
