// Jobs that write notes, for tests of the calendar.
import { type Job, type JobRun, jobRunSchema } from '../../src/kernel/job.ts';
import { type Operation, task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { note, notes } from './notes.ts';

const noted = (name: 'daily' | 'hourly' | 'lax' | 'faulty'): Operation<JobRun> =>
  task<JobRun>({
    name: `clockwork.${name}`,
    version: 1,
    input: jobRunSchema,
    run: (m, { date, dueAt, missed }) => {
      note(m, `${name} ${date} ${new Date(dueAt).toISOString().slice(11, 16)} ${missed}`);
      if (name === 'faulty' && !m.find(notes, ['mended'])) throw new Error('a bug in a job');
      return done();
    },
  });
const daily = noted('daily');
const hourly = noted('hourly');
const lax = noted('lax');
const faulty = noted('faulty');

/** The operations of all of them. */
export const jobOperations = [daily, hourly, lax, faulty];

/** The jobs, of which a feature declares some. */
export const jobs = {
  daily: { operation: daily, pattern: '0 9 * * *', zone: 'guild', realm: 'guilds', once: 'a day', missed: 'once' },
  hourly: {
    operation: hourly,
    pattern: '30 * * * *',
    zone: 'UTC',
    realm: 'guilds',
    once: 'each time',
    missed: { skip: { lateMs: 2 * 3_600_000 } },
  },
  lax: { operation: lax, pattern: '0 9 * * *', zone: 'UTC', realm: 'market', once: 'a day', missed: 'once' },
  faulty: { operation: faulty, pattern: '0 9 * * *', zone: 'UTC', realm: 'guilds', once: 'a day', missed: 'once' },
} as const satisfies Record<string, Job>;
