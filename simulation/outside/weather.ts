import type { Publication } from '../../src/actors/world-views.ts';
import type { Chance } from '../chance.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Tape } from '../oracles/tape.ts';
import type { Life } from '../process/life.ts';
import type { Scheduler } from '../scheduler.ts';
import { weather } from '../trial/state.ts';

const everyMs = 10 * 60_000;
const worldsKept = 12;

/** A market in another process, whose publications get lost, come twice and overtake each other. */
export interface Weather {
  readonly begin: () => void;
}

/** Publishes the weather from time to time, and sometimes once more what this process's market published. */
export const openWeather = (parts: {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly clock: SimulatedClock;
  readonly tape: Tape;
  readonly life: () => Life | undefined;
}): Weather => {
  const { scheduler, chance, faults, clock, tape } = parts;
  let version = 0;
  let past: Publication[] = [];

  const hear = (publication: Publication): void => parts.life()?.directory.hear(publication);

  const publish = (): void => {
    scheduler.outside(chance.between(0.3, 1.7) * everyMs, publish);
    version += 1;
    const view = { version, at: clock.trueNow(), value: { degrees: chance.int(40) } };
    const publication = { name: weather.name, view };
    tape.publish(weather.name, view, 0);
    past = [...past, publication].slice(-worldsKept);
    if (faults.fires('publication lost', 3)) return;
    if (faults.fires('publication reordered', 3))
      scheduler.outside(chance.between(1, 2) * everyMs, () => hear(publication));
    else hear(publication);
    if (faults.fires('publication doubled', 3)) hear(chance.pick(past));
  };

  return { begin: () => void scheduler.outside(chance.between(0, everyMs), publish) };
};
