import type { Feature } from '../../kernel/feature.ts';
import { bet, betForm, cancel, look, ratrace, ratraceCommand } from './operations.ts';
import { turnRace } from './play.ts';
import { raceCard, racePosted, showChange } from './posting.ts';
import { settings } from './settings.ts';
import { bettors, pastRaces, races as raceRows } from './state.ts';
import { raceStatistics } from './statistics.ts';
import { messages } from './text.ts';
import { verifiedRaces } from './verify.ts';

/** Rat races that everybody in a channel can bet on, at odds worked out exactly. */
export const races: Feature = {
  name: 'races',
  pack: 'economy',
  commands: [ratraceCommand],
  operations: [ratrace, bet, betForm, look, cancel, turnRace, racePosted],
  collections: [raceRows, pastRaces, bettors],
  reactions: [showChange],
  extensions: [raceStatistics, verifiedRaces],
  settings,
  invariants: [],
  messages,
  cards: [raceCard],
};
