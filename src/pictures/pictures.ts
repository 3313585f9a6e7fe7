import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { Picture } from '../kernel/picture.ts';

/** Pictures that may wait to be drawn; one takes some hundredths of a second. */
const waitingMax = 64;

/** What the drawing thread answers. */
export type Drawn = { readonly png: Uint8Array } | { readonly failed: string };

/**
 * Why there is no picture: too many are waiting, it could not be drawn, the thread that drew it broke down, or drawing
 * was stopped. Its message goes out without one.
 */
export type PictureFailure = 'busy' | 'failed' | 'crashed' | 'stopped';

/** A picture that was not drawn. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly failure: PictureFailure;
  constructor(failure: PictureFailure, cause?: unknown) {
    super(`no picture: ${failure}`, { cause });
    this.failure = failure;
  }
}

/** Draws pictures away from the thread that runs operations. */
export interface Pictures {
  /** A PNG of 800 × 400 pixels, the same bytes for the same picture. Rejects with a `PictureError`. */
  readonly render: (picture: Picture) => Promise<Uint8Array>;
  /** Ends the thread. What is under way or waiting is rejected. */
  readonly stop: () => Promise<void>;
}

interface Wanted {
  readonly picture: Picture;
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: PictureError) => void;
}

/**
 * Starts drawing. The thread itself is started with the first picture, and again with the next one after it broke down.
 * `drawer` is the thread's file, for tests.
 */
export const startPictures = ({
  log,
  drawer = new URL('./worker.ts', import.meta.url),
}: {
  readonly log?: Pick<Logger, 'error'>;
  readonly drawer?: URL;
} = {}): Pictures => {
  const waiting: Wanted[] = [];
  let underWay: Wanted | undefined;
  let worker: Worker | undefined;
  let stopped = false;

  const next = (): void => {
    if (underWay !== undefined || stopped) return;
    underWay = waiting.shift();
    if (underWay === undefined) return;
    try {
      worker ??= startWorker();
      worker.postMessage(underWay.picture, []);
    } catch (error) {
      end((wanted) => wanted.reject(new PictureError('failed', error)));
    }
  };

  /** Ends what is under way and goes on with the next. */
  const end = (finish: (wanted: Wanted) => void): void => {
    const wanted = underWay;
    underWay = undefined;
    if (wanted) finish(wanted);
    next();
  };

  const startWorker = (): Worker => {
    // It needs nothing of the environment, above all no secrets; fonts of the machine would change how pictures look.
    const started = new Worker(drawer, { env: { DISABLE_SYSTEM_FONTS_LOAD: '1' } });
    let cause: unknown;
    started.on('message', (drawn: Drawn) => {
      end((wanted) => {
        if ('png' in drawn) wanted.resolve(drawn.png);
        else wanted.reject(new PictureError('failed', drawn.failed));
      });
    });
    started.on('error', (error) => {
      cause = error;
    });
    started.on('exit', (code) => {
      if (stopped) return;
      log?.error({ err: cause, code }, 'the thread that draws pictures broke down');
      worker = undefined;
      end((wanted) => wanted.reject(new PictureError('crashed', cause)));
    });
    return started;
  };

  return {
    render: (picture) =>
      new Promise((resolve, reject) => {
        if (stopped) reject(new PictureError('stopped'));
        else if (waiting.length >= waitingMax) reject(new PictureError('busy'));
        else {
          waiting.push({ picture, resolve, reject });
          next();
        }
      }),
    stop: async () => {
      stopped = true;
      for (const { reject } of [...(underWay ? [underWay] : []), ...waiting.splice(0)]) {
        reject(new PictureError('stopped'));
      }
      underWay = undefined;
      await worker?.terminate();
    },
  };
};
