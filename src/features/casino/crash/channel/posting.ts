import { card, show } from '../../../../kernel/card.ts';
import { editMessage, followingInput, postMessage } from '../../../../kernel/effect.ts';
import { reaction } from '../../../../kernel/event.ts';
import { task } from '../../../../kernel/operation.ts';
import { done } from '../../../../kernel/outcome.ts';
import { curveChanged, keepRound } from './advance.ts';
import { keySchema } from './key.ts';
import { roundReply } from './operations.ts';
import { type ShownRound, shownPast } from './shown.ts';
import { crashTables, pastCurves } from './state.ts';

/** A round in its channel: edited while bets come in, while the curve rises, and when it is over. */
export const curveCard = card<ShownRound>({ name: 'casino.crash', view: (shown, text) => roundReply(shown, text) });

/** Hears that a round was posted. Where it was not, it goes on: whoever bets has controls of their own. */
export const curvePosted = task({
  name: 'casino.crash.posted',
  version: 1,
  input: followingInput(postMessage, keySchema),
  run: (m, { end, input: { at, round: id } }) => {
    if (!('done' in end)) return done();
    const { message } = end.done;
    const table = m.find(crashTables, [at]);
    if (table?.round?.id === id) {
      const { round } = table;
      const isOld = round.stale === true || round.phase === 'rising';
      keepRound(m, at, table, { ...round, message }, isOld ? 'at once' : 'as it was');
      return done();
    }
    // It was over before it was known to be posted.
    const past = m.find(pastCurves, [id]);
    if (past) m.perform(editMessage, { channel: at, message, card: show(curveCard, shownPast(at, id, past)) });
    return done();
  },
});

/** Posts a round that was opened, and edits what was posted when it changes. */
export const showCurve = reaction(curveChanged, (m, { shown, message, opened }) => {
  const { channel, round } = shown;
  const shownCard = show(curveCard, shown);
  if (message !== undefined) m.perform(editMessage, { channel, message, card: shownCard });
  else if (opened) {
    const input = { at: channel, round };
    m.perform(postMessage, { channel, card: shownCard }, { operation: curvePosted, input });
  }
  return done();
});
