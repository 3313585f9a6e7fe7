// What the run reads of the server, through a query of its own: rows as the guild's actor shows them, changed by nobody.
import { memberships } from '../../src/features/clans/state.ts';
import { netWorthOf } from '../../src/features/richest/reckon.ts';
import { accounts, flows, supply, supplyKey } from '../../src/features/wallet/state.ts';
import type { Query } from '../../src/kernel/context.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { query } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';

const pageRows = 200;

/** Coins made and unmade on a day by one kind of entry. */
export interface DayFlow {
  readonly kind: string;
  readonly minted: number;
  readonly burned: number;
}

/** A member as the survey finds them. */
export interface Surveyed {
  readonly member: MemberId;
  /** All they could call their own: coins, shares and things at their prices, their part of a treasury, less what they owe. */
  readonly worth: number;
}

/** The server at the end of a day. */
export interface Survey {
  readonly supply: number;
  readonly flows: readonly DayFlow[];
  readonly members: readonly Surveyed[];
}

const read = (q: Query, day: number): Survey => {
  const { minted, burned } = q.get(supply, supplyKey);
  const dayFlows = q.page(flows, { from: [day], limit: pageRows }).map(([[, kind], flow]) => ({
    kind,
    minted: Number(flow.minted),
    burned: Number(flow.burned),
  }));
  const members: Surveyed[] = [];
  for (let after: readonly [MemberId] | undefined, full = true; full; ) {
    const page = q.page(accounts, { after, limit: pageRows });
    for (const [[member]] of page) {
      const contribution = q.find(memberships, [member])?.contribution ?? 0;
      members.push({ member, worth: netWorthOf(q, member) + contribution });
    }
    after = page.at(-1)?.[0];
    full = page.length === pageRows;
  }
  return { supply: Number(minted - burned), flows: dayFlows, members };
};

/** The query's name. */
export const surveyName = 'year.survey';

/** A feature with the survey alone. */
export const surveying: Feature = {
  name: 'year',
  pack: 'shared',
  commands: [],
  operations: [
    query({
      name: surveyName,
      version: 1,
      input: { parse: (input) => input as { readonly day: number } },
      run: (q, { day }) => done(read(q, day)),
      view: () => ({ private: true }),
    }),
  ],
  collections: [],
  reactions: [],
  settings: [],
  invariants: [],
  messages: {},
};
