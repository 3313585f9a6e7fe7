// The whole game tree of blackjack over a fresh deck: what the best player there can be wins on average.

/** Cards by what they count: index 1 the ace, 10 every ten. */
type Counts = number[];

const fresh = (): Counts => [0, 4, 4, 4, 4, 4, 4, 4, 4, 4, 16];

interface Rules {
  /** What a natural pays above its stake, in stakes. */
  readonly natural: number;
  /** The total on which the dealer stands, soft or not. */
  readonly dealerStands: number;
  /** What any other win pays above its stake, in stakes: 1 unless said. */
  readonly won?: number;
  /** What a loss costs, in stakes: 1 unless said. */
  readonly lost?: number;
  /** Kinds of cards of which the player is told which one the hidden card is of: nothing is told unless said. */
  readonly hints?: readonly (readonly number[])[];
  /**
   * What becomes of split pairs: each hand gets one card more and stands, unless said; or it is drawn to as if it were
   * played alone, aces apart, which is a little less than the best there is.
   */
  readonly splits?: 'not at all' | 'one card' | 'played on';
}

const anyCard = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/**
 * The average net of a hand in stakes of its bet, played so that it is highest. Insurance is left out: it is a bet of its
 * own, which `insuranceNet` shows never to be worth making.
 */
export const bestNet = ({
  natural,
  dealerStands,
  won = 1,
  lost = 1,
  hints = [anyCard],
  splits = 'one card',
}: Rules): number => {
  /** How often the dealer comes to 17, …, 21, bust, from `total` points with or without an ace that can count 11. */
  const dealer = (
    deck: Counts,
    left: number,
    least: number,
    ace: boolean,
    weight: number,
    ends: Float64Array,
  ): void => {
    const total = ace && least + 10 <= 21 ? least + 10 : least;
    if (total >= dealerStands) {
      const place = Math.min(total, 22) - dealerStands;
      ends[place] = (ends[place] ?? 0) + weight;
      return;
    }
    for (let card = 1; card <= 10; card += 1) {
      const many = deck[card] as number;
      if (many === 0) continue;
      deck[card] = many - 1;
      dealer(deck, left - 1, least + card, ace || card === 1, (weight * many) / left, ends);
      deck[card] = many;
    }
  };

  /** The card that would have made the dealer's natural, and is known not to lie under the open one. */
  const excluded = (open: number): number => (open === 1 ? 10 : open === 10 ? 1 : 0);

  /** The kinds that the hidden card can be of, once the dealer has looked at it, and how many unseen ones there are. */
  const holesOf = (deck: Counts, open: number, hint: readonly number[]) => {
    const kinds = hint.filter((kind) => kind !== excluded(open));
    return { kinds, holes: kinds.reduce((sum, kind) => sum + (deck[kind] as number), 0) };
  };

  const known = new Map<string, { readonly stand: number; readonly best: number }>();

  const solve = (
    deck: Counts,
    left: number,
    open: number,
    hint: readonly number[],
    cards: readonly number[],
  ): { readonly stand: number; readonly best: number } => {
    const least = cards.reduce((sum, card) => sum + card, 0);
    if (least > 21) return { stand: 0 - lost, best: 0 - lost };
    // Of a split pair one card more is known than is in the hand: `left` tells the two apart.
    const key = `${left}:${open}:${hint[0]}:${cards.toSorted((one, other) => one - other).join()}`;
    const before = known.get(key);
    if (before) return before;
    const total = cards.includes(1) && least + 10 <= 21 ? least + 10 : least;
    const { kinds, holes } = holesOf(deck, open, hint);
    const ends = new Float64Array(23 - dealerStands);
    for (const hole of kinds) {
      const many = deck[hole] as number;
      if (many === 0) continue;
      deck[hole] = many - 1;
      dealer(deck, left - 1, open + hole, open === 1 || hole === 1, many / holes, ends);
      deck[hole] = many;
    }
    let stand = 0;
    for (const [place, chance] of ends.entries()) {
      const theirs = place + dealerStands;
      if (theirs > 21 || theirs < total) stand += chance * won;
      else if (theirs > total) stand -= chance * lost;
    }
    const best = total === 21 ? stand : Math.max(stand, draw(deck, left, open, hint, cards, 'best'));
    const solved = { stand, best };
    known.set(key, solved);
    return solved;
  };

  /** The net after one more card, played on as well as can be, or standing whatever it is. */
  const draw = (
    deck: Counts,
    left: number,
    open: number,
    hint: readonly number[],
    cards: readonly number[],
    then: 'best' | 'stand',
  ): number => {
    const { kinds, holes } = holesOf(deck, open, hint);
    let net = 0;
    for (let card = 1; card <= 10; card += 1) {
      const many = deck[card] as number;
      if (many === 0) continue;
      // One of the unseen cards lies under the open one, and is of one of its kinds.
      const chance = kinds.includes(card) ? (many * (holes - 1)) / (holes * (left - 1)) : many / (left - 1);
      if (chance === 0) continue;
      deck[card] = many - 1;
      net += chance * solve(deck, left - 1, open, hint, [...cards, card])[then];
      deck[card] = many;
    }
    return net;
  };

  let net = 0;
  for (let open = 1; open <= 10; open += 1) {
    const deck = fresh();
    const openChance = (deck[open] as number) / 52;
    deck[open] = (deck[open] as number) - 1;
    for (let first = 1; first <= 10; first += 1) {
      for (let second = 1; second <= 10; second += 1) {
        const firsts = deck[first] as number;
        deck[first] = firsts - 1;
        const seconds = deck[second] as number;
        deck[second] = seconds - 1;
        const chance = (openChance * firsts * seconds) / (51 * 50);
        if (chance > 0) {
          const not = excluded(open);
          const dealerNatural = not === 0 ? 0 : (deck[not] as number) / 49;
          const isNatural = first + second === 11 && (first === 1 || second === 1);
          if (isNatural) net += chance * (1 - dealerNatural) * natural;
          else {
            const cards = [first, second];
            const all = holesOf(deck, open, anyCard).holes;
            let best = 0;
            for (const hint of hints) {
              const { holes } = holesOf(deck, open, hint);
              if (holes === 0) continue;
              const ways = [solve(deck, 49, open, hint, cards).best, 2 * draw(deck, 49, open, hint, cards, 'stand')];
              // Each of the two hands gets any unseen card as its one more, so that both are worth the same.
              if (splits !== 'not at all' && first === second) {
                const then = splits === 'played on' && first !== 1 ? 'best' : 'stand';
                ways.push(2 * draw(deck, 49, open, hint, [first], then));
              }
              best += (holes / all) * Math.max(...ways);
            }
            net += chance * ((1 - dealerNatural) * best - dealerNatural * lost);
          }
        }
        deck[second] = seconds;
        deck[first] = firsts;
      }
    }
  }
  return net;
};

/** What insurance brings on average in stakes of its own, below an ace, to who holds two cards: at best. */
export const insuranceNet = (first: number, second: number): number => {
  const tens = 16 - [first, second].filter((card) => card === 10).length;
  return (3 * tens) / 49 - 1;
};
