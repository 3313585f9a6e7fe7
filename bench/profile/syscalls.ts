import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tracer } from '../peers/syncs.ts';

const countsFile = (folder: string): string => join(folder, 'syscalls');

/** What stands before a command so that its system calls are counted into `folder`. */
export const countingCalls = (folder: string): readonly string[] => [
  tracer.program,
  '-f',
  '-c',
  '-S',
  'calls',
  '-U',
  'calls,name',
  '-o',
  countsFile(folder),
];

/** How often each system call was made, the most frequent first. */
export const readCalls = async (folder: string): Promise<readonly (readonly [call: string, count: number])[]> => {
  const lines = (await readFile(countsFile(folder), 'utf8')).split('\n');
  return lines.flatMap((line): readonly (readonly [string, number])[] => {
    const [, count, call] = /^\s*(\d+)\s+(\w+)$/.exec(line) ?? [];
    return call === undefined || call === 'total' ? [] : [[call, Number(count)]];
  });
};
