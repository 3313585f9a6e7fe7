// A drawing thread that breaks down, or says that it cannot draw, as the picture's title tells it.
import { parentPort } from 'node:worker_threads';
import type { Picture } from '../../src/kernel/picture.ts';
import type { Drawn } from '../../src/pictures/pictures.ts';

let drawn = 0;

const answer = (picture: Picture): Drawn => {
  if (picture.title === 'exit') process.exit(3);
  if (picture.title === 'throw') throw new Error('the thread broke down');
  if (picture.title === 'fail') return { failed: 'no such colour' };
  drawn += 1;
  return { png: Uint8Array.of(drawn) };
};

parentPort?.on('message', (picture: Picture) => parentPort?.postMessage(answer(picture), []));
