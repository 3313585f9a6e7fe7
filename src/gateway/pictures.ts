import { setTimeout as sleep } from 'node:timers/promises';
import type { RawFile } from 'discord.js';
import type { Logger } from 'pino';
import type { Picture } from '../kernel/picture.ts';
import type { Modal, Reply } from '../kernel/reply.ts';
import { describeFailure } from './redact.ts';

/** Draws pictures, away from the thread that runs operations. */
export interface Pictures {
  /** The picture as a PNG; rejects when it cannot be drawn. */
  readonly render: (picture: Picture) => Promise<Uint8Array>;
}

/** A picture that is drawn, and the embed of its message that it belongs to. */
export interface Drawing {
  readonly embed: number;
  readonly bytes: Uint8Array;
  readonly alternative: string;
}

/** Draws the pictures of a message. Never rejects: a picture that fails is left out and logged. */
export type Illustrator = (output: Reply | Modal) => Promise<readonly Drawing[]>;

/** A message whose picture takes longer than this goes without. */
const drawingMsMax = 10_000;

/** The name under which the message's picture of this place, from 0, is attached. */
export const pictureName = (place: number): string => `picture-${place + 1}.png`;

/** The attachments of a message. */
export const pictureFiles = (drawings: readonly Drawing[]): RawFile[] =>
  drawings.map(({ bytes }, place) => ({
    name: pictureName(place),
    data: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    contentType: 'image/png',
  }));

const none: readonly Drawing[] = [];

/** An illustrator over what draws; without it messages go without their pictures. */
export const createIllustrator = (pictures: Pictures | undefined, log: Logger): Illustrator => {
  if (!pictures) return () => Promise.resolve(none);

  const draw = async (picture: Picture, embed: number): Promise<Drawing | undefined> => {
    const ended = new AbortController();
    try {
      const bytes = await Promise.race([
        pictures.render(picture),
        sleep(drawingMsMax, undefined, { signal: ended.signal, ref: false }),
      ]);
      if (bytes) return { embed, bytes, alternative: picture.alternative };
      log.warn({ picture: picture.kind, afterMs: drawingMsMax }, 'a picture took too long');
    } catch (error) {
      log.warn({ picture: picture.kind, failure: describeFailure(error) }, 'a picture could not be drawn');
    } finally {
      ended.abort();
    }
    return undefined;
  };

  return async (output) => {
    if ('modal' in output || !output.embeds?.some((embed) => embed.picture)) return none;
    const drawn = await Promise.all(
      output.embeds.flatMap(({ picture }, place) => (picture ? [draw(picture, place)] : [])),
    );
    return drawn.filter((drawing) => drawing !== undefined);
  };
};
