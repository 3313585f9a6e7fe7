import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from './server.ts';

/** What counts system calls, and the line that installs it. */
export const tracer = { program: 'strace', install: 'apt-get install -y strace' } as const;

/** Whether system calls can be counted here. */
export const canCountSyncs = (): boolean => process.platform === 'linux' && findProgram(tracer.program) !== undefined;

const calls = 'fsync,fdatasync,open,openat,pwrite64,pwritev,pwritev2,msync,sync_file_range';
const traceFile = (folder: string): string => join(folder, 'trace');

/** What stands before a command so that its system calls are written down in `folder`. */
export const tracing = (folder: string): readonly string[] => {
  const flags = ['-f', '--seccomp-bpf', '-qq', '-ttt', '-s', '0', '-e', `trace=${calls}`, '-e', 'signal=none'];
  return [tracer.program, ...flags, '-o', traceFile(folder)];
};

/**
 * How often something was forced to the disk between two times, in milliseconds of the epoch: fsync, fdatasync, and
 * writes into files that were opened so that a write returns when it is on disk.
 */
export const countSyncs = async (folder: string, fromMs: number, untilMs: number): Promise<number> => {
  const trace = await readFile(traceFile(folder), 'utf8');
  const durableDescriptors = new Set<string>();
  const opening = new Map<string, boolean>();
  let count = 0;
  for (const line of trace.split('\n')) {
    const parts = /^(\d+)\s+([\d.]+) (?:<\.\.\. )?(\w+)(.*)$/.exec(line);
    if (!parts) continue;
    const [, thread = '', seconds = '', call = '', rest = ''] = parts;
    const atMs = Number(seconds) * 1000;
    const unfinished = rest.endsWith('<unfinished ...>');
    const result = /= (-?\d+)/.exec(rest)?.[1];
    if (call === 'open' || call === 'openat') {
      const durable = rest.includes(' resumed>') ? opening.get(thread) === true : /O_D?SYNC/.test(rest);
      if (unfinished) opening.set(thread, durable);
      else if (result !== undefined && durable) durableDescriptors.add(result);
      else if (result !== undefined) durableDescriptors.delete(result);
      continue;
    }
    if (atMs < fromMs || atMs > untilMs) continue;
    if (call === 'fsync' || call === 'fdatasync') {
      if (!unfinished && result === '0') count += 1;
    } else if (call.startsWith('pwrite')) {
      const descriptor = /^\((\d+)/.exec(rest)?.[1];
      if (descriptor !== undefined && durableDescriptors.has(descriptor)) count += 1;
    }
  }
  return count;
};
