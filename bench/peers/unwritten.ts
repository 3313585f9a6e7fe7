import type { JournalFile, JournalFiles } from '../../src/storage/journal/files.ts';

/**
 * Files whose durable writes are answered at once, and not made: a runtime over them does all its work but that of the
 * disk. What was there before can be read; what is written is lost. No zeros are written ahead either.
 */
export const unwritten = (files: JournalFiles): JournalFiles => {
  const answered = async (file: Promise<JournalFile>): Promise<JournalFile> => ({
    ...(await file),
    writeDurably: async () => undefined,
  });
  return {
    ...files,
    preallocates: false,
    create: (name) => answered(files.create(name)),
    open: (name) => answered(files.open(name)),
  };
};
