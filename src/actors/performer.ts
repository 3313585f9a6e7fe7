import type { EffectFailure } from '../kernel/effect.ts';
import type { GuildId, RowId } from '../kernel/ids.ts';

/** One effect to be performed. */
export interface EffectJob {
  readonly guild: GuildId;
  /** The effect's id in its guild: the same in every performance of it. */
  readonly id: RowId;
  readonly kind: string;
  readonly payload: unknown;
  /** It may have been performed before; what is to be searched for is searched for first. */
  readonly repeated: boolean;
}

/**
 * What a performance came to. `later`: a passing trouble; it is tried again after that many milliseconds at least. Of
 * an effect that is never to be repeated it means that the effect certainly was not done.
 */
export type Performance = { readonly done: unknown } | { readonly failed: EffectFailure } | { readonly later: number };

/** Does outside what operations want done there. */
export interface Performer {
  /** Never rejects. */
  readonly perform: (job: EffectJob) => Promise<Performance>;
}
