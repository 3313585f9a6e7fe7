// The thread that draws. It is sent one picture at a time and answers with its PNG, or with what went wrong.
import { parentPort } from 'node:worker_threads';
import type { Picture } from '../kernel/picture.ts';
import { registerFonts } from './fonts.ts';
import { drawLineChart } from './line-chart.ts';
import type { Drawn } from './pictures.ts';

registerFonts();

const draw = (picture: Picture): Drawn => {
  try {
    return { png: drawLineChart(picture).toBuffer('image/png') };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.on('message', (picture: Picture) => parentPort?.postMessage(draw(picture), []));
