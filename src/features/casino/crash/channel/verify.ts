import { extension } from '../../../../kernel/extension.ts';
import type { Dotted } from '../../../../kernel/ids.ts';
import { mention } from '../../../wallet/api.ts';
import { sharedRounds, type VerifiedRound } from '../../points.ts';
import { crashPaid } from '../rules.ts';
import { channelPoint, clientSeedOf } from './draws.ts';
import { pastCurves } from './state.ts';

const title: Dotted = 'economy.casino.crash.name';

const pointLine = (point: number): VerifiedRound['lines'][number] => ({
  text: 'core.fair.verify.crash',
  args: { point: point / 100 },
});

/** Works a crash round of a channel out again: a kept one bet by bet, any other by its seeds. */
export const channelRounds = extension(sharedRounds, (query, { id, seeds, rats }) => {
  if (rats !== undefined) return undefined;
  if (seeds) return { title, lines: [pointLine(channelPoint({ id, ...seeds }))], ...seeds };
  const past = query.find(pastCurves, [id]);
  if (past?.clientSeed === undefined) return undefined;
  const { serverSeed, clientSeed, bets } = past;
  const point = channelPoint({ id, serverSeed, clientSeed });
  const checked = bets.map(({ member, stake, target, end = { at: 0, paid: 0 } }) => {
    const due = end.at > 0 ? crashPaid(stake, end.at) : 0;
    // Nobody is paid behind the end of the curve, and nobody lost who wanted to be paid before it.
    const isDue = end.at > 0 ? end.at <= Math.min(point, target) && end.paid <= due : target > point;
    return { isDue, args: { member: mention(member), stake, paid: end.paid, at: end.at / 100 } };
  });
  const lines = checked.map(({ args }): VerifiedRound['lines'][number] => {
    return { text: `economy.casino.crash.channel.line-${args.at > 0 ? 'paid' : 'lost'}`, args };
  });
  // Bets of members who were forgotten are missing, and with them what the bets added to the draws.
  const agrees = past.point === point && checked.every(({ isDue }) => isDue);
  const isWhole = clientSeedOf(bets) === clientSeed;
  const note: Dotted = isWhole ? 'core.fair.verify.bets' : 'core.fair.verify.bets-missing';
  return { title, lines: [pointLine(point), ...lines, { text: note, args: {} }], serverSeed, clientSeed, agrees };
});
