// Time in a house for properties: what falls due between requests, an outside that fails now and then, a tape of worlds.
import type { EffectJob, Performance } from '../../src/actors/performer.ts';
import type { Publication } from '../../src/actors/world-views.ts';
import { epochMs, type GuildId, marketRealm } from '../../src/kernel/ids.ts';
import { freshDisks, type House, openHouse, startOfTime } from './house.ts';

/** Rounds of what is due at one moment: a timer may set another one at once, an effect may end in one. */
const roundsMax = 50;

/**
 * Has fall what is due in all guilds at the house's time, until nothing is. Throws where that comes to no end, as in a
 * quarantined guild, which stays due.
 */
export const fall = async (
  house: Pick<House, 'directory' | 'store' | 'clock'>,
  guilds?: readonly GuildId[],
): Promise<void> => {
  await house.directory.settled();
  for (let round = 0; round < roundsMax; round += 1) {
    const due = house.store.dueGuilds(house.clock.now, 100).filter((guild) => guilds?.includes(guild) ?? true);
    if (due.length === 0) return;
    for (const guild of due) house.directory.runDue(guild);
    await house.directory.settled();
  }
  const quarantined = house.directory
    .quarantines()
    .map(({ guild, reason }) => `, and ${guild} is quarantined: ${reason}`);
  throw new Error(`what is due comes to no end${quarantined.join('')}`);
};

/** A trouble that depends on the effect and the attempt alone, so that it is the same in any company. */
export const fickle = ({ guild, id }: EffectJob, performedBefore: number): Performance | undefined => {
  let draw = performedBefore * 7;
  for (const character of `${guild}${id}`) draw = (draw * 31 + character.charCodeAt(0)) % 1_009;
  if (draw % 3 === 0) return { later: draw * 1_000 };
  if (draw % 7 === 0) return { failed: draw % 2 === 0 ? 'gone' : 'forbidden' };
  return undefined;
};

const tapeHours = 48;
const hourMs = 3_600_000;

/** What the market published, with the hour of each publication. */
export type Tape = readonly { readonly at: number; readonly publication: Publication }[];

/** Records what the market publishes in two days, asked by nobody. */
export const recordTape = async (): Promise<Tape> => {
  const house = await openHouse(freshDisks());
  const tape: { at: number; publication: Publication }[] = [];
  const heard = new Map<string, number>();
  for (let hour = 0; hour < tapeHours; hour += 1) {
    house.clock.now = epochMs(startOfTime + hour * hourMs);
    await fall(house, [marketRealm]);
    for (const [name, view] of house.worlds) {
      if (view.version === heard.get(name)) continue;
      heard.set(name, view.version);
      tape.push({ at: house.clock.now, publication: { name, view } });
    }
  }
  await house.stop();
  return tape;
};

/** Plays what was published from one time (excluded) to another. */
export const playTape = (house: House, tape: Tape, from: number, to: number): void => {
  for (const { at, publication } of tape) if (at > from && at <= to) house.directory.hear(publication);
};
