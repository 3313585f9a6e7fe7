// A local Discord in a process of its own that keeps nothing: its servers are made anew for each measurement.
import { startSimulator } from '../../src/simulator/start.ts';
import { endWithParent, say, stopAtEnd } from '../child-side.ts';

endWithParent();
const simulator = await startSimulator({ port: 0 });
stopAtEnd(() => simulator.stop());
await say({ url: simulator.url });
