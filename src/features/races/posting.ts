import { card, show } from '../../kernel/card.ts';
import { editMessage, followingInput, postMessage } from '../../kernel/effect.ts';
import { reaction } from '../../kernel/event.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { raceReply } from './operations.ts';
import { keepRace, raceChanged, raceSchema } from './play.ts';
import { type ShownRace, shownRace } from './shown.ts';
import { races } from './state.ts';

/** A race where it is posted: edited while bets come in, and with every turn. */
export const raceCard = card<ShownRace>({ name: 'races.race', view: (race, text) => raceReply(race, text) });

/** Hears that a race was posted. Where it was not, it goes on in answers alone: `/ratrace` shows it. */
export const racePosted = task({
  name: 'races.posted',
  version: 1,
  input: followingInput(postMessage, raceSchema),
  run: (m, { end, input: { at, race: id } }) => {
    const race = m.find(races, [at]);
    if (race?.id !== id) return done();
    if (!('done' in end)) {
      const { channel: _, ...unposted } = race;
      m.put(races, [at], unposted);
      return done();
    }
    const posted = { ...race, message: end.done.message };
    // What was posted is the lobby as it was opened: nothing to edit as long as nobody has bet.
    if (race.phase === 'lobby' && race.stale === undefined) m.put(races, [at], posted);
    else keepRace(m, at, posted);
    return done();
  },
});

/** Posts a race that was opened, and edits what was posted when it changes. */
export const showChange = reaction(raceChanged, (m, { at, opened }) => {
  const race = m.find(races, [at]);
  if (race?.channel === undefined) return done();
  const { channel, message } = race;
  const shown = show(raceCard, shownRace(m.now, at, race));
  if (message !== undefined) m.perform(editMessage, { channel, message, card: shown });
  else if (opened) {
    m.perform(postMessage, { channel, card: shown }, { operation: racePosted, input: { at, race: race.id } });
  }
  return done();
});
