import type { Feature } from '../../kernel/feature.ts';
import { blackjack, blackjackAgain, blackjackCommand, moveHand } from './blackjack/operations.ts';
import { standIdle } from './blackjack/play.ts';
import { hands } from './blackjack/state.ts';
import { boards } from './boards.ts';
import { coinflip, coinflipAgain, coinflipCommand } from './coinflip/play.ts';
import { hub, hubCommand } from './commands/hub.ts';
import { limits, limitsCommand } from './commands/limits.ts';
import { paytable, paytableCommand, paytableShow } from './commands/paytable.ts';
import { stats, statsCommand } from './commands/stats.ts';
import { turnCurve } from './crash/channel/advance.ts';
import { anotherCurve, cashOutCurve, joinCurve, joinForm, lookAtCurve } from './crash/channel/operations.ts';
import { curveCard, curvePosted, showCurve } from './crash/channel/posting.ts';
import { crashSeats, crashTables, pastCurves } from './crash/channel/state.ts';
import { messages as channelMessages } from './crash/channel/text.ts';
import { channelRounds } from './crash/channel/verify.ts';
import { crash, crashAgain, crashCommand, crashPress } from './crash/operations.ts';
import { endCrash } from './crash/play.ts';
import { flights } from './crash/state.ts';
import { rounds } from './fairness/rounds.ts';
import { winCard, winPosted } from './feed.ts';
import { collectWin, publishWins } from './jackpots/collect.ts';
import { hearWins, sharedWinsCard, sharing } from './jackpots/share.ts';
import { sharedBook, sharedWins } from './jackpots/world.ts';
import { keepCare } from './limits.ts';
import { casinoSection } from './profile.ts';
import { limitsRemembrance } from './remembrance.ts';
import { roulette, rouletteAgain, rouletteCommand } from './roulette/play.ts';
import { settings } from './settings.ts';
import { slots, slotsAgain, slotsCommand } from './slots/play.ts';
import { potFigure, pots } from './slots/pot.ts';
import { care, feedNotices, players } from './state.ts';
import { casinoCooldowns, casinoStatistics } from './statistics.ts';
import { messages } from './text.ts';

/** Games against the house, every one of which keeps a little of what is bet. */
export const casino: Feature = {
  name: 'casino',
  pack: 'economy',
  commands: [
    hubCommand,
    slotsCommand,
    coinflipCommand,
    blackjackCommand,
    rouletteCommand,
    crashCommand,
    paytableCommand,
    statsCommand,
    limitsCommand,
  ],
  operations: [
    hub,
    slots,
    slotsAgain,
    coinflip,
    coinflipAgain,
    blackjack,
    blackjackAgain,
    moveHand,
    standIdle,
    roulette,
    rouletteAgain,
    crash,
    crashAgain,
    crashPress,
    endCrash,
    joinCurve,
    joinForm,
    cashOutCurve,
    lookAtCurve,
    anotherCurve,
    turnCurve,
    curvePosted,
    paytable,
    paytableShow,
    stats,
    limits,
    winPosted,
    hearWins,
    collectWin,
    publishWins,
  ],
  collections: [
    players,
    care,
    rounds,
    hands,
    flights,
    crashTables,
    crashSeats,
    pastCurves,
    feedNotices,
    pots,
    sharing,
    sharedBook,
  ],
  reactions: [keepCare, showCurve],
  extensions: [casinoStatistics, casinoCooldowns, potFigure, channelRounds],
  settings,
  invariants: [],
  messages: { ...messages, ...channelMessages },
  boards,
  profile: [casinoSection],
  cards: [winCard, sharedWinsCard, curveCard],
  worlds: [sharedWins],
  remembrances: [limitsRemembrance],
};
