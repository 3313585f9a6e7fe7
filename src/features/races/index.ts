import type { Feature } from '../../kernel/feature.ts';
import { bet, betForm, cancel, look, ratrace, ratraceCommand } from './operations.ts';
import { turnRace } from './play.ts';
import { raceCard, racePosted, showChange } from './posting.ts';
import { settings } from './settings.ts';
import { bettors, races as raceRows } from './state.ts';
import { raceStatistics } from './statistics.ts';
import { messages } from './text.ts';

/** Rat races that everybody in a channel can bet on, at odds worked out exactly. */
export const races: Feature = {
  name: 'races',
  pack: 'economy',
  commands: [ratraceCommand],
  operations: [ratrace, bet, betForm, look, cancel, turnRace, racePosted],
  collections: [raceRows, bettors],
  reactions: [showChange],
  extensions: [raceStatistics],
  settings,
  invariants: [],
  messages,
  cards: [raceCard],
};
