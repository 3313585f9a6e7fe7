// One measurement of one peer, in a process of its own.
import { endWithParent, job, say } from '../child-side.ts';
import { type FormName, formOf } from './forms.ts';
import { measurePeer } from './measure.ts';
import type { Ground } from './peer.ts';

/** What the process is started for. */
export interface PeerJob {
  readonly form: FormName;
  readonly ground: Ground;
  readonly task: 'prepare' | 'measure';
}

const { form: name, ground, task } = job<PeerJob>();
endWithParent();
const form = formOf(name);
if (task === 'prepare') {
  await say(await form.prepare?.(ground));
} else if (form.measure) {
  await say(await form.measure(ground));
} else if (form.open) {
  await say(await measurePeer(ground, await form.open(ground)));
}
process.exit(0);
