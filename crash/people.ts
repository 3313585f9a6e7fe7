import { listings } from '../src/features/stocks/symbols.ts';
import { parseCustomId } from '../src/kernel/component.ts';
import type { Random } from '../src/kernel/random.ts';
import type { Answered, Guildhall } from '../test/end-to-end/guildhall.ts';
import { type Deed, fieldOf, isCard, type OpenRequest, settleDeed } from './deeds.ts';

/** A member of one server, who asks one thing after the other. */
interface Person {
  readonly guild: string;
  readonly id: string;
  wallet: number;
  bank: number;
  readonly shares: Map<string, number>;
  /** Waits for the next look at the disk: what they asked last was not answered. */
  inDoubt: boolean;
}

/** People who ask. */
export interface Acting {
  /** Lets them hear the answers they wait for, and ask no more. */
  readonly finish: () => Promise<void>;
  /** Nobody waits any longer: what is not answered now is in doubt. */
  readonly cut: () => Promise<void>;
}

/** Everybody who asks, and everything that was asked. */
export interface People {
  readonly deeds: readonly Deed[];
  readonly requests: readonly OpenRequest[];
  /** Requests for coins of which nobody knows whether they were made. */
  readonly requestsInDoubt: number;
  /** Answers so far: cards, refusals and looks. */
  readonly answers: number;
  /** Has them ask until they are stopped. */
  readonly act: (hall: Guildhall) => Acting;
  /** The disk has been looked at: everybody goes on. */
  readonly settled: () => void;
}

const paidMax = 5;
/** Companies that people can afford shares of, in hundredths. */
const priceMax = 8_000;
const companies = listings.filter(({ base }) => base < priceMax).map(({ symbol }) => symbol);

/** An answer that the local Discord refused to ask for: the bot never heard of it. */
const wasNotAsked = (error: unknown): boolean => error instanceof Error && /: 4\d\d /.test(error.message);

/** The members `ids` in each of the servers. `random` chooses what they ask. */
export const gatherPeople = (guilds: readonly string[], ids: readonly string[], random: Random): People => {
  const deeds: Deed[] = [];
  const requests: OpenRequest[] = [];
  let requestsInDoubt = 0;
  let answers = 0;
  let silence = new Promise<undefined>(() => undefined);
  const people: readonly Person[] = guilds.flatMap((guild) =>
    ids.map((id) => ({ guild, id, wallet: 0, bank: 0, shares: new Map(), inDoubt: false })),
  );

  const learn = (person: Person, answer: Answered): void => {
    person.wallet = fieldOf(answer, 'Wallet', 'Left in the wallet') ?? person.wallet;
    person.bank = fieldOf(answer, 'Bank') ?? person.bank;
  };

  /** Waits for an answer; `undefined` when none came, and then the person may not go on. */
  const asked = async (person: Person, asking: Promise<Answered>): Promise<Answered | 'not asked' | undefined> => {
    try {
      const answer = await Promise.race([asking, silence]);
      if (answer?.answered) {
        answers += 1;
        learn(person, answer);
        return answer;
      }
    } catch (error) {
      if (wasNotAsked(error)) return 'not asked';
    }
    person.inDoubt = true;
    return undefined;
  };

  const perform = async (person: Person, deed: Deed, asking: Promise<Answered>): Promise<void> => {
    deeds.push(deed);
    const answer = await asked(person, asking);
    if (answer === undefined) deed.fate = 'in doubt';
    else if (answer === 'not asked') deed.fate = 'did not happen';
    else settleDeed(deed, answer);
    if (deed.fate !== 'done' || deed.shares === undefined) return;
    const { symbol, count } = deed.shares;
    person.shares.set(symbol, (person.shares.get(symbol) ?? 0) + count);
  };

  const deed = (person: Person, part: Pick<Deed, 'kind'> & Partial<Deed>): Deed => ({
    guild: person.guild,
    member: person.id,
    change: undefined,
    other: undefined,
    shares: undefined,
    fate: 'under way',
    wallet: undefined,
    bank: undefined,
    ...part,
  });

  const other = (person: Person): string => {
    const others = ids.filter((id) => id !== person.id);
    return others[random.int(others.length)] ?? '';
  };

  const ask = (hall: Guildhall, { guild, id }: Person, command: string, options = {}): Promise<Answered> =>
    hall.command(guild, id, command, options);

  const pay = (hall: Guildhall, person: Person): Promise<void> => {
    const amount = 1 + random.int(paidMax);
    const member = other(person);
    const one = deed(person, { kind: 'paid', change: { wallet: 0 - amount, bank: 0 }, other: member });
    return perform(person, one, ask(hall, person, 'pay', { member, amount }));
  };

  const move = (hall: Guildhall, person: Person, kind: 'deposit' | 'withdrawal'): Promise<void> => {
    const most = kind === 'deposit' ? person.wallet : person.bank;
    const amount = 1 + random.int(Math.max(1, most));
    const change = kind === 'deposit' ? { wallet: 0 - amount, bank: amount } : { wallet: amount, bank: 0 - amount };
    const command = kind === 'deposit' ? 'bank deposit' : 'bank withdraw';
    return perform(person, deed(person, { kind, change }), ask(hall, person, command, { amount }));
  };

  const trade = (hall: Guildhall, person: Person): Promise<void> => {
    const symbol = companies[random.int(companies.length)] ?? '';
    const sells = (person.shares.get(symbol) ?? 0) > 0 && random.int(2) === 0;
    const kind = sells ? 'stock-sale' : 'stock-purchase';
    const one = deed(person, { kind, shares: { symbol, count: sells ? -1 : 1 } });
    return perform(person, one, ask(hall, person, sells ? 'stocks sell' : 'stocks buy', { symbol, shares: 1 }));
  };

  const request = async (hall: Guildhall, person: Person): Promise<void> => {
    const coins = 1 + random.int(paidMax);
    const member = other(person);
    const answer = await asked(person, ask(hall, person, 'request', { member, amount: coins }));
    if (answer === undefined) requestsInDoubt += 1;
    if (answer === undefined || answer === 'not asked' || !isCard(answer)) return;
    const id = answer.message?.components[0]?.components[0]?.custom_id ?? '';
    const call = parseCustomId(id);
    requests.push({
      guild: person.guild,
      by: person.id,
      asked: member,
      coins,
      message: answer.message?.id ?? '',
      customId: id,
      id: String(call?.input['id']),
      expiresAt: Number(call?.input['until']),
      fate: 'open',
      shown: true,
      accepted: undefined,
    });
  };

  const accept = async (hall: Guildhall, person: Person, open: OpenRequest): Promise<void> => {
    open.fate = 'being accepted';
    const change = { wallet: 0 - open.coins, bank: 0 };
    const one = deed(person, { kind: 'paid', change, other: open.by });
    open.accepted = one;
    const { message, customId } = open;
    const press = { user: person.id, message, customId };
    await perform(person, one, hall.post<Answered>(`/sim/guilds/${person.guild}/components`, press));
    if (one.fate === 'in doubt') return;
    open.fate = one.fate === 'done' ? 'closed' : 'open';
    // Its message is gone where everything was killed before the local Discord had saved it.
    if (one.fate === 'did not happen') open.shown = false;
  };

  const look = async (hall: Guildhall, person: Person): Promise<void> => {
    await asked(person, ask(hall, person, random.int(2) === 0 ? 'balance' : 'bank history'));
  };

  const next = (hall: Guildhall, person: Person): Promise<void> => {
    const open = requests.find(({ guild, asked: member, fate, shown }) => {
      return guild === person.guild && member === person.id && fate === 'open' && shown;
    });
    if (open !== undefined && random.int(4) === 0) return accept(hall, person, open);
    if (person.wallet === 0 && person.bank > 0) return move(hall, person, 'withdrawal');
    const choice = random.int(20);
    if (choice < 9) return pay(hall, person);
    if (choice < 12) return move(hall, person, 'deposit');
    if (choice < 14) return move(hall, person, 'withdrawal');
    if (choice < 15) return perform(person, deed(person, { kind: 'daily' }), ask(hall, person, 'daily'));
    if (choice < 16) return perform(person, deed(person, { kind: 'weekly' }), ask(hall, person, 'weekly'));
    if (choice < 17) return trade(hall, person);
    if (choice < 18) return request(hall, person);
    return look(hall, person);
  };

  return {
    deeds,
    requests,
    get requestsInDoubt() {
      return requestsInDoubt;
    },
    get answers() {
      return answers;
    },
    act(hall) {
      const end = new AbortController();
      let fallSilent: () => void = () => undefined;
      silence = new Promise((resolve) => {
        fallSilent = () => resolve(undefined);
      });
      const acting = Promise.all(
        people.map(async (person) => {
          while (!end.signal.aborted && !person.inDoubt) await next(hall, person);
        }),
      );
      const finish = async (): Promise<void> => {
        end.abort();
        await acting;
      };
      return {
        finish,
        cut() {
          fallSilent();
          return finish();
        },
      };
    },
    settled() {
      for (const person of people) person.inDoubt = false;
    },
  };
};
