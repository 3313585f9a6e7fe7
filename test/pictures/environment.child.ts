// A drawing thread that answers with the names of what it finds in its environment.
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', () => {
  parentPort?.postMessage({ png: Buffer.from(Object.keys(process.env).join(' ')) }, []);
});
