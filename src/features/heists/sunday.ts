import { type EpochMs, epochMs } from '../../kernel/ids.ts';

const dayMs = 24 * 60 * 60_000;
const daysOfWeek = 7;

/** What a calendar and a clock in a zone show at a time. */
export interface LocalTime {
  /** `2026-11-22`. */
  readonly date: string;
  /** 0 on Sundays. */
  readonly weekday: number;
  readonly msOfDay: number;
}

/** The date, the day of the week and the time of day in a zone of the IANA's list. */
export const localTime = (zone: string, at: number): LocalTime => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '0';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  const seconds = (Number(part('hour')) * 60 + Number(part('minute'))) * 60 + Number(part('second'));
  return { date, weekday: new Date(`${date}T00:00:00Z`).getUTCDay(), msOfDay: seconds * 1_000 + (at % 1_000) };
};

/** Whole days from a time in a zone to its next Sunday; 0 on a Sunday. */
export const daysToSunday = (zone: string, at: number): number =>
  (daysOfWeek - localTime(zone, at).weekday) % daysOfWeek;

/** When the first Sunday after the date of a time begins in a zone. */
export const nextSunday = (zone: string, at: number): EpochMs => {
  const { weekday, msOfDay } = localTime(zone, at);
  const near = at - msOfDay + (daysOfWeek - weekday) * dayMs;
  // Clocks may have been changed in between, by less than half a day.
  const there = localTime(zone, near);
  return epochMs(there.weekday === 0 ? near - there.msOfDay : near + dayMs - there.msOfDay);
};
