import type { Incident } from '../actors/guild.ts';
import type { Dotted, EpochMs } from '../kernel/ids.ts';
import type { Field } from '../kernel/reply.ts';
import type { Text } from '../kernel/text.ts';

const fieldCharactersMax = 1_024;

/** A time as Discord shows it: how long ago, or until. */
export const relativeTime = (at: EpochMs | number): string => `<t:${Math.floor(at / 1000)}:R>`;

/** A figure beside others, its number grouped. */
export const figure = (name: Dotted, value: string | number, text: Text): Field => ({
  name: text(name),
  value: typeof value === 'number' ? value.toLocaleString('en') : value,
  inline: true,
});

/** Lines under a title, as many as fit; `none` where there are none. */
export const lines = (name: Dotted, all: readonly string[], none: Dotted, text: Text): Field => {
  let value = '';
  for (const line of all) {
    const longer = value === '' ? line : `${value}\n${line}`;
    if (longer.length > fieldCharactersMax) break;
    value = longer;
  }
  return { name: text(name), value: value === '' ? text(none) : value };
};

/** An error that an operator finds in the log by its incident. */
export const incidentLine = ({ incident, at, operation, message }: Incident): string =>
  `\`${incident}\` ${relativeTime(at)} ${operation}: ${message}`;
