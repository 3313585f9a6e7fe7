import { customId } from '../../kernel/component.ts';
import type { Operation } from '../../kernel/operation.ts';
import type { Button, Embed, Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { shownName } from '../clans/api.ts';
import { coinsField, colors, mention, relativeTime } from '../wallet/api.ts';
import type { EndedHeist, OpenHeist, ShownHeist, ShownMember } from './shown.ts';
import { full } from './tuning.ts';

/** The phases as texts name them. */
export const phaseNames = ['entry', 'vault', 'escape'] as const;

/** A phase's name in words. */
export const phaseText = (phase: number, text: Text): string =>
  text(`economy.heist.phase.${phaseNames[phase] ?? 'entry'}`);

/** A button that leads to an operation. */
export const button = <I>(
  label: string,
  style: Button['style'],
  operation: Operation<I>,
  input: Readonly<Record<string, string | number>>,
): Button => ({ kind: 'button', label, style, customId: customId(operation, input) });

const barSteps = 10;

/** Percent as a bar. */
export const bar = (percent: number): string => {
  const filled = Math.floor((percent * barSteps) / full);
  return `${'▰'.repeat(filled)}${'▱'.repeat(barSteps - filled)} ${percent}%`;
};

const memberLine = ({ stage }: OpenHeist, one: ShownMember, text: Text): string => {
  const member = mention(one.member);
  const role = one.role === undefined ? text('economy.heist.no-role') : text(`economy.heist.role.${one.role}`);
  if (one.gone) return text('economy.heist.line-gone', { member });
  if (stage === 'playing') return text('economy.heist.line-playing', { member, role, bar: bar(one.progress) });
  if (stage === 'roles') return text('economy.heist.line-role', { member, role });
  return text('economy.heist.line-asked', { member, answer: text(`economy.heist.answer.${one.answer}`) });
};

const openEmbed = (shown: OpenHeist, text: Text): Embed => {
  const { stage, mode, phase, noise, mistakes, mistakesMax, endsAt } = shown;
  const names = { attacker: shownName(shown.attacker), target: shownName(shown.target), at: relativeTime(endsAt) };
  const playing: readonly Field[] = [
    { name: text('economy.heist.field.phase'), value: phaseText(phase, text), inline: true },
    { name: text('economy.heist.field.noise'), value: bar(noise), inline: true },
    ...(mode === 'team'
      ? [
          {
            name: text('economy.heist.field.mistakes'),
            value: text('economy.heist.of', { count: mistakes, most: mistakesMax }),
            inline: true,
          },
        ]
      : []),
  ];
  return {
    title: text('economy.heist.title', names),
    description: [
      text(`economy.heist.stage.${stage}`, names),
      '',
      ...shown.crew.map((one) => memberLine(shown, one, text)),
    ].join('\n'),
    color: colors.gold,
    fields: [
      coinsField('economy.field.heist-amount', shown.amount, text),
      coinsField('economy.field.heist-penalty', shown.penalty, text),
      ...(stage === 'playing' ? playing : []),
    ],
  };
};

/** What a heist that is over came to, in a line. */
export const pastLine = ({ past }: Pick<EndedHeist, 'past'>, text: Text): string => {
  const { attacker, target, outcome, reason, size, amount, taken, shared, paid, owed, endedAt } = past;
  return text(`economy.heist.past.${outcome}`, {
    attacker: shownName(attacker),
    target: shownName(target),
    reason: text(`economy.heist.reason.${reason}`),
    size,
    amount,
    taken,
    shared,
    kept: taken - shared,
    paid,
    owed,
    at: relativeTime(endedAt),
  });
};

const endedEmbed = (shown: EndedHeist, text: Text): Embed => {
  const { outcome, phase, noise, attacker, target } = shown.past;
  return {
    title: text('economy.heist.title', { attacker: shownName(attacker), target: shownName(target) }),
    description: [text(`economy.heist.end.${outcome}`), '', pastLine(shown, text)].join('\n'),
    color: outcome === 'won' ? colors.money : colors.loss,
    fields: [
      { name: text('economy.heist.field.phase'), value: phaseText(phase, text), inline: true },
      {
        name: text('economy.heist.field.quiet'),
        value: text('economy.heist.percent', { percent: full - noise }),
        inline: true,
      },
    ],
  };
};

/** The card of a heist, without its controls. */
export const heistEmbed = (shown: ShownHeist, text: Text): Embed => {
  switch (shown.state) {
    case 'open':
      return openEmbed(shown, text);
    case 'over':
      return endedEmbed(shown, text);
    case 'cancelled':
      return {
        description: text('economy.heist.cancelled', { attacker: shownName(shown.attacker) }),
        color: colors.gold,
      };
  }
};
