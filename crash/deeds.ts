import type { Answered } from '../test/end-to-end/guildhall.ts';

/** The kinds of ledger lines that a member causes by what they ask, one line each. */
export const ownKinds = ['paid', 'deposit', 'withdrawal', 'daily', 'weekly', 'stock-purchase', 'stock-sale'] as const;
export type OwnKind = (typeof ownKinds)[number];

/**
 * What became of something a member asked: it is under way; it was answered, with what was asked or with a refusal; no
 * answer came, so that it may have happened or not, until the next look at the disk settles it.
 */
export type Fate = 'under way' | 'done' | 'refused' | 'in doubt' | 'happened' | 'did not happen';

/** One thing a member asked that changes money. */
export interface Deed {
  readonly guild: string;
  readonly member: string;
  readonly kind: OwnKind;
  /** What it changes in wallet and bank, where that is known before. */
  readonly change: { readonly wallet: number; readonly bank: number } | undefined;
  readonly other: string | undefined;
  /** Of a trade. */
  readonly shares: { readonly symbol: string; readonly count: number } | undefined;
  fate: Fate;
  /** What the answer says the member has now. */
  wallet: number | undefined;
  bank: number | undefined;
}

/** A request for coins that was answered with its card. */
export interface OpenRequest {
  readonly guild: string;
  readonly by: string;
  readonly asked: string;
  readonly coins: number;
  readonly message: string;
  readonly customId: string;
  readonly id: string;
  readonly expiresAt: number;
  fate: 'open' | 'being accepted' | 'closed';
  /** Its message is there to be pressed. */
  shown: boolean;
  /** The deed of accepting it. */
  accepted: Deed | undefined;
}

const number = (text: string | undefined): number | undefined => {
  const digits = text?.replaceAll(/[^\d]/g, '');
  return digits === undefined || digits === '' ? undefined : Number(digits);
};

/** A number in a field of an answer's card. */
export const fieldOf = ({ message }: Answered, ...names: readonly string[]): number | undefined =>
  number(message?.embeds[0]?.fields?.find(({ name }) => names.includes(name))?.value);

/** Whether an answer does what was asked: a card. A refusal is words alone. */
export const isCard = ({ message }: Answered): boolean => (message?.embeds.length ?? 0) > 0;

/** Notes in a deed what it was answered. */
export const settleDeed = (deed: Deed, answer: Answered): void => {
  if (!answer.answered) deed.fate = 'in doubt';
  else if (isCard(answer)) {
    deed.fate = 'done';
    deed.wallet = fieldOf(answer, 'Wallet', 'Left in the wallet');
    deed.bank = fieldOf(answer, 'Bank');
  } else deed.fate = 'refused';
};
