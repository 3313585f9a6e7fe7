import type { Embed, Field } from '../../../../kernel/reply.ts';
import type { Text } from '../../../../kernel/text.ts';
import { colors, mention, relativeTime } from '../../../wallet/api.ts';
import { code } from '../../cards.ts';
import { multiplierMax } from '../rules.ts';
import type { ShownRound } from './shown.ts';
import type { ChannelBet } from './state.ts';

const barFields = 20;

/** How far a curve has come on its way to the most there is, by its growth: it moves alike all the time. */
const bar = (multiplier: number): string => {
  const reached = Math.round((barFields * Math.log(multiplier / 100)) / Math.log(multiplierMax / 100));
  return code(`${'▰'.repeat(reached)}${'▱'.repeat(barFields - reached)}`);
};

const headLines = (shown: ShownRound, text: Text): readonly string[] => {
  if (shown.phase === 'open') return [text('economy.casino.crash.channel.open', { at: relativeTime(shown.startsAt) })];
  if (shown.phase === 'rising') {
    const { multiplier } = shown;
    return [text('economy.casino.crash.channel.rising', { multiplier: multiplier / 100 }), bar(multiplier)];
  }
  const { ending, point, left = point } = shown;
  const line = text(`economy.casino.crash.channel.${ending}`, { point: point / 100, left: left / 100 });
  return ending === 'cancelled' ? [line] : [line, bar(left)];
};

const betLine = (shown: ShownRound, { member: id, stake, target, end }: ChannelBet, text: Text): string => {
  const member = mention(id);
  if (end === undefined) {
    return target < multiplierMax
      ? text('economy.casino.crash.channel.line-auto', { member, stake, target: target / 100 })
      : text('economy.casino.crash.channel.line', { member, stake });
  }
  if (shown.phase === 'over' && shown.ending === 'cancelled') {
    return text('economy.casino.crash.channel.line-returned', { member, stake });
  }
  return end.at > 0
    ? text('economy.casino.crash.channel.line-paid', { member, stake, paid: end.paid, at: end.at / 100 })
    : text('economy.casino.crash.channel.line-lost', { member, stake });
};

const seedFields = (shown: ShownRound, text: Text): readonly Field[] => {
  const seeds =
    shown.phase === 'over'
      ? [
          { name: text('core.fair.field.server-seed'), value: code(shown.serverSeed) },
          ...(shown.clientSeed === undefined
            ? []
            : [{ name: text('core.fair.field.client-seed'), value: code(shown.clientSeed) }]),
        ]
      : [];
  return [
    { name: text('core.fair.field.hash'), value: code(shown.hash) },
    ...seeds,
    { name: text('core.fair.field.next-hash'), value: code(shown.nextHash) },
  ];
};

/** What everybody sees of a round of a channel. */
export const roundEmbed = (shown: ShownRound, text: Text): Embed => {
  const { bets, round, phase } = shown;
  const lines = [...headLines(shown, text)];
  if (bets.length > 0) {
    lines.push('', text('economy.casino.crash.channel.bets', { bets: bets.length }));
    for (const bet of bets) lines.push(betLine(shown, bet, text));
  }
  return {
    title: text('economy.casino.crash.name'),
    description: lines.join('\n'),
    color: phase === 'over' ? colors.money : colors.gold,
    fields: seedFields(shown, text),
    footer: text('economy.casino.crash.channel.number', { round }),
  };
};

/** Where a member stands, in a line. */
export const ownLine = (shown: ShownRound, { stake, target, end }: ChannelBet, text: Text): string => {
  if (end === undefined) {
    const auto = target < multiplierMax ? [text('economy.casino.crash.target', { target: target / 100 })] : [];
    if (shown.phase === 'over') return '';
    const line =
      shown.phase === 'open'
        ? text('economy.casino.crash.channel.own-open', { stake, at: relativeTime(shown.startsAt) })
        : text('economy.casino.crash.channel.own-rising', { stake, multiplier: shown.multiplier / 100 });
    return [line, ...auto].join('\n');
  }
  if (shown.phase === 'over' && shown.ending === 'cancelled') {
    return text('economy.casino.crash.channel.own-returned', { stake });
  }
  if (end.at > 0) return text('economy.casino.crash.channel.own-paid', { stake, paid: end.paid, at: end.at / 100 });
  const point = shown.phase === 'over' ? shown.point / 100 : 0;
  return text('economy.casino.crash.channel.own-lost', { stake, point });
};
