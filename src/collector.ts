// Imported before all else by what runs a journal: how V8 collects the garbage of a process that many wait for. What was
// measured of it stands in docs/decisions/0025-who-waits-for-the-collector.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

// What outlived one snapshot or flood would be made among the old for ever after, also where it is gone at once.
setFlagsFromString('--no-allocation-site-pretenuring');
// By itself V8 collects the old again when few have come to them, and the process does little else meanwhile.
setFlagsFromString('--heap-growing-percent=200');

/** Of the threads that mark and sweep beside the one that answers: they take what it leaves. */
const collectorNice = 10;
const tasks = '/proc/self/task';

/** Of the threads of V8's own that there are: it starts them before anything of ours runs. */
const lowerPriorities = (): void => {
  for (const task of readdirSync(tasks)) {
    const name = readFileSync(join(tasks, task, 'comm'), 'utf8').trim();
    // To Linux a thread is a process with a number of its own.
    if (name === 'V8Worker') setPriority(Number(task), collectorNice);
  }
};

if (existsSync(tasks)) {
  try {
    lowerPriorities();
  } catch (error) {
    // A sandbox may forbid it, and a bot with longer pauses is better than none.
    process.emitWarning(`V8's threads keep their priority: ${error instanceof Error ? error.message : String(error)}`);
  }
}
