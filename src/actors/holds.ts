import type { GuildId } from '../kernel/ids.ts';
import { inboxRequestsMax } from './guild.ts';

/** A guild that is asked to be without its actor for a while. */
export interface Hold {
  /** Resolves when no actor has the guild: all that it had taken is answered. None has it until the release. */
  readonly alone: Promise<void>;
  /** Lets in what waits, in its order; to be called once. */
  readonly release: () => void;
}

interface Held {
  holders: number;
  readonly waiting: (() => void)[];
  /** Hears when the guild's actor has nothing to do. */
  alone: (() => void)[];
}

/**
 * Guilds whose actors are to go for a while. What is asked of one waits outside, as much as an inbox takes: so even the
 * actor of a guild that is never quiet comes to an end of what it has.
 */
export class Holds {
  readonly #held = new Map<GuildId, Held>();
  /** Lets go of a guild's actor if it has nothing to do; `true` when none has the guild then. */
  readonly #letGo: (guild: GuildId) => boolean;

  constructor(letGo: (guild: GuildId) => boolean) {
    this.#letGo = letGo;
  }

  get any(): boolean {
    return this.#held.size > 0;
  }

  has(guild: GuildId): boolean {
    return this.#held.has(guild);
  }

  /** Keeps an entrance for after the release; `false` when too many wait. */
  wait(guild: GuildId, enter: () => void): boolean {
    const waiting = this.#held.get(guild)?.waiting;
    if (waiting === undefined || waiting.length >= inboxRequestsMax) return false;
    waiting.push(enter);
    return true;
  }

  /** Begins to hold a guild. `resumed` hears when nobody holds it any more, before those that wait come in. */
  hold(guild: GuildId, resumed: () => void): Hold {
    const held = this.#held.get(guild) ?? { holders: 0, waiting: [], alone: [] };
    this.#held.set(guild, held);
    held.holders += 1;
    const alone = new Promise<void>((resolve) => {
      if (this.#letGo(guild)) resolve();
      else held.alone.push(resolve);
    });
    const release = (): void => {
      held.holders -= 1;
      if (held.holders > 0) return;
      this.#held.delete(guild);
      resumed();
      for (const enter of held.waiting) enter();
    };
    return { alone, release };
  }

  /** To be called when actors have come to be idle, or have gone. */
  look(): void {
    for (const [guild, held] of this.#held) {
      if (held.alone.length === 0 || !this.#letGo(guild)) continue;
      const tell = held.alone;
      held.alone = [];
      for (const resolve of tell) resolve();
    }
  }
}
