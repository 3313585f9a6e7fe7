import { z } from 'zod';
import { card, show } from '../../kernel/card.ts';
import { editMessage, followingInput, postMessage } from '../../kernel/effect.ts';
import { reaction } from '../../kernel/event.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { snowflakeSchema } from '../../kernel/schemas.ts';
import { heistReply } from './commands/heist.ts';
import { heistChanged, keepHeist } from './keep.ts';
import type { ShownHeist } from './shown.ts';
import { heistRows, idSchema, pastHeists } from './state.ts';

/** A heist where it is posted: edited with everything that changes it. */
export const heistCard = card<ShownHeist>({ name: 'heists.heist', view: (shown, text) => heistReply(shown, text) });

/** Hears that a heist was posted. Where it was not, it goes on in answers alone: `/heist status` shows it. */
export const heistPosted = task({
  name: 'heists.posted',
  version: 1,
  input: followingInput(postMessage, z.strictObject({ h: idSchema, channel: snowflakeSchema })),
  run: (m, { end, input: { h, channel } }) => {
    const heist = m.find(heistRows, [h]);
    if (!('done' in end)) {
      // From now on its end is told to everybody by the answer to the last press.
      const { channel: _, ...unposted } = heist ?? heistRows.initial;
      if (heist !== undefined) m.put(heistRows, [h], unposted);
      return done();
    }
    const { message } = end.done;
    if (heist !== undefined) {
      const posted = { ...heist, message };
      // What was posted is the heist as it was then.
      if (heist.stale) keepHeist(m, h, posted);
      else m.put(heistRows, [h], posted);
      return done();
    }
    // It was over before it was known to be posted.
    const past = m.find(pastHeists, [h]);
    const over: ShownHeist | undefined = past && { heist: h, state: 'over', past };
    if (over) m.perform(editMessage, { channel, message, card: show(heistCard, over) });
    return done();
  },
});

/** Posts a heist that everybody may see now, and edits what was posted when it changes. */
export const showChange = reaction(heistChanged, (m, { shown, channel, message, opened }) => {
  if (channel === undefined) return done();
  const shownCard = show(heistCard, shown);
  if (message !== undefined) m.perform(editMessage, { channel, message, card: shownCard });
  else if (opened) {
    const input = { h: shown.heist, channel };
    m.perform(postMessage, { channel, card: shownCard }, { operation: heistPosted, input });
  }
  return done();
});
