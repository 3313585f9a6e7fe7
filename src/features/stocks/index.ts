import type { Feature } from '../../kernel/feature.ts';
import { boards } from './boards.ts';
import { info, infoCommand } from './commands/info.ts';
import { market, marketCommand } from './commands/market.ts';
import { portfolio, portfolioCommand } from './commands/portfolio.ts';
import { buy, buyCommand, sell, sellCommand } from './commands/trade.ts';
import { buyAt, buyForm, openCard, sellAt, sellForm } from './dealing.ts';
import { eraseHoldings } from './erasing.ts';
import { feedCard, feedJob, feedPosted, postDay } from './feed.ts';
import { demand } from './market/demand.ts';
import { openMarket } from './market/open.ts';
import { closes, companies, points } from './market/state.ts';
import { tick, tickJob } from './market/tick.ts';
import { matchOrders } from './matching.ts';
import { orderCancel } from './order-card.ts';
import { stocksSection } from './profile.ts';
import { settings } from './settings.ts';
import { feedNotices, holdings, orders, traders } from './state.ts';
import { stockStatistics } from './statistics.ts';
import { messages } from './text.ts';
import { history, quotes } from './worlds.ts';

/** Companies whose prices are the same in all servers, and what members of each server hold of them. */
export const stocks: Feature = {
  name: 'stocks',
  pack: 'economy',
  commands: [marketCommand, buyCommand, sellCommand, portfolioCommand, infoCommand],
  operations: [
    market,
    buy,
    sell,
    portfolio,
    info,
    openCard,
    buyForm,
    sellForm,
    buyAt,
    sellAt,
    postDay,
    feedPosted,
    openMarket,
    tick,
    demand,
    orderCancel,
    matchOrders,
  ],
  collections: [holdings, traders, orders, feedNotices, companies, points, closes],
  reactions: [eraseHoldings],
  settings,
  invariants: [],
  messages,
  jobs: [tickJob, feedJob],
  cards: [feedCard],
  worlds: [quotes, history],
  marketStarts: [openMarket],
  extensions: [stockStatistics],
  profile: [stocksSection],
  boards,
};
