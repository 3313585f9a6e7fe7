import type { Attachment } from './world/world.ts';

/** What people have picked for options of commands, by the attachment's id. */
export interface Uploads {
  readonly put: (attachment: Attachment) => void;
  readonly get: (id: string) => Attachment | undefined;
}

const keptMax = 1_000;

/** No uploads yet. The oldest of 1,000 is forgotten; its content stays where files are kept. */
export const createUploads = (): Uploads => {
  const kept = new Map<string, Attachment>();
  return {
    put: (attachment) => {
      kept.set(attachment.id, attachment);
      if (kept.size <= keptMax) return;
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    },
    get: (id) => kept.get(id),
  };
};
