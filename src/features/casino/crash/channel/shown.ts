import type { EpochMs, RowId } from '../../../../kernel/ids.ts';
import { seedHash } from '../../fairness/draw.ts';
import { multiplierAt } from '../rules.ts';
import type { ChannelBet, ChannelRound, PastCurve } from './state.ts';

interface Shown extends Pick<ChannelRound, 'offered' | 'bets'> {
  readonly channel: string;
  readonly round: RowId;
  /** What is committed to: the SHA-256 of the server seed, and of the one of the channel's next round. */
  readonly hash: string;
  readonly nextHash: string;
}

/** What everybody may see of a round of a channel: its seed when it is over, and never before. */
export type ShownRound =
  | (Shown & { readonly phase: 'open'; readonly startsAt: EpochMs })
  | (Shown & { readonly phase: 'rising'; readonly multiplier: number })
  | (Shown & {
      readonly phase: 'over';
      readonly ending: PastCurve['ending'];
      readonly point: number;
      readonly left?: number;
      readonly serverSeed: string;
      readonly clientSeed?: string;
    });

/** A round on its way, as it is at a time. */
export const shownRound = (now: EpochMs, channel: string, nextSeed: string, round: ChannelRound): ShownRound => {
  const { id, offered, bets, serverSeed, startsAt, startedAt } = round;
  const shown: Shown = {
    channel,
    round: id,
    offered,
    bets,
    hash: seedHash(serverSeed),
    nextHash: seedHash(nextSeed),
  };
  return startedAt === undefined
    ? { ...shown, phase: 'open', startsAt }
    : { ...shown, phase: 'rising', multiplier: multiplierAt(now - startedAt) };
};

/** A round that is over. */
export const shownPast = (channel: string, id: RowId, past: PastCurve): ShownRound => {
  const { offered, bets, nextHash, ending, point, left, serverSeed, clientSeed } = past;
  return {
    channel,
    round: id,
    phase: 'over',
    offered,
    bets,
    hash: seedHash(serverSeed),
    nextHash,
    ending,
    point,
    serverSeed,
    ...(left !== undefined && { left }),
    ...(clientSeed !== undefined && { clientSeed }),
  };
};

/** The bet of a member in a round. */
export const betOf = ({ bets }: { readonly bets: readonly ChannelBet[] }, member: string): ChannelBet | undefined =>
  bets.find((bet) => bet.member === member);
