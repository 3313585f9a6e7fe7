// Loaded into a bot's process before its own code: on a signal it collects garbage and writes down what is left.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const folder = process.env['BENCH_MEMORY_FOLDER'];
if (isMainThread && folder !== undefined) {
  setFlagsFromString('--expose_gc');
  const collect = runInNewContext('gc') as () => void;
  process.on('SIGUSR2', () => {
    collect();
    // What buffers held outside of the heap goes in a later turn.
    setImmediate(() => {
      collect();
      const file = join(folder, `${process.pid}.json`);
      writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
      renameSync(`${file}.new`, file);
    });
  });
}
