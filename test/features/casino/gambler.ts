// Members whose next rounds come out as a test wants them.
import { roundRandom } from '../../../src/features/casino/fairness/draw.ts';
import { seeds } from '../../../src/features/casino/fairness/seeds.ts';
import type { Game } from '../../../src/features/casino/tuning.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Random } from '../../../src/kernel/random.ts';
import type { Button } from '../../../src/kernel/reply.ts';
import { type Answered, createTable, type Table } from '../table.ts';

/** The draws of a round, by its number. */
export type Draws = (nonce: number) => Random;

/** A client seed with which a server seed draws as wanted. Only who knows the server seed can find it. */
const clientSeedWhere = (serverSeed: string, game: Game, wanted: (draws: Draws) => boolean): string => {
  for (let candidate = 0; candidate < 1_000_000; candidate += 1) {
    const clientSeed = `client-${candidate}`;
    if (wanted((nonce) => roundRandom({ serverSeed, clientSeed, nonce, game }))) return clientSeed;
  }
  throw new Error('no seed draws that');
};

/** A member's seeds, as their row holds them. */
export const seedsOf = (table: Table, who: MemberId) =>
  (table.state.row(seeds, encodeKey(seeds.key, [who])) ?? seeds.initial) as typeof seeds.initial;

/** Gives a member seeds whose rounds of a game, numbered from 0, come out as wanted. */
export const endow = (
  table: Table,
  who: MemberId,
  game: Game,
  wanted: (draws: Draws) => boolean = () => true,
): void => {
  table.say(who, 'fair seed');
  const clientSeed = clientSeedWhere(seedsOf(table, who).nextServerSeed, game, wanted);
  const rotated = table.say(who, 'fair rotate', { 'client-seed': clientSeed });
  if (rotated.refused !== undefined) throw new Error(rotated.words);
};

/** A table at which a member has funds and seeds. */
export const casinoTable = (who: MemberId, game: Game, wanted?: (draws: Draws) => boolean): Table => {
  const table = createTable();
  table.fund(who, 10_000, 5_000);
  endow(table, who, game, wanted);
  return table;
};

/** The buttons of an answer. */
export const buttonsOf = ({ reply }: Answered): readonly Button[] => (reply.rows ?? []).flat() as Button[];

/** The id of the button with a label. */
export const button = (answered: Answered, label: string): string => {
  const labels = buttonsOf(answered).map((one) => one.label);
  const found = buttonsOf(answered)[labels.indexOf(label)];
  if (!found) throw new Error(`no button ${label} among ${labels.join(', ')}`);
  return found.customId;
};
