import type { Messages } from '../../kernel/text.ts';

/** Words of the stock market. */
export const messages = {
  'economy.stocks.price': '{price, number, ::.00}',
  'economy.stocks.change': '{change, number, ::sign-always .00}%',
  'economy.stocks.trend': '{trend, select, up {▲} down {▼} other {■}}',
  'economy.stocks.companies': '{companies, number}',
  'economy.stocks.shares': '{shares, plural, one {# share} other {# shares}}',

  'economy.stocks.market.describe': 'See all companies, their prices and what you hold',
  'economy.stocks.market.explain':
    'Prices are the same in all servers and change every quarter of an hour, by chance and a little by what is bought and sold. A trade costs {fee, number}% of its value, at least one coin; buying is rounded up, selling down. You may hold {most, number} shares of a company and trade {trades, number} times an hour. What you earn on a sale pays your debts first.',
  'economy.stocks.market.title': 'Stock market',
  'economy.stocks.market.since': 'Prices of {at}. They change every quarter of an hour.',
  'economy.stocks.market.closed': 'Trading has not opened yet. These are the prices it will open with.',
  'economy.stocks.market.line': '**{price, number, ::.00}** · {change, number, ::sign-always .00}%',
  'economy.stocks.market.held': '{sector} · you hold {shares, number}',
  'economy.stocks.market.pick': 'Look at a company or trade',
  'economy.stocks.market.choice': '{symbol} · {price, number, ::.00}',
  'economy.stocks.market.choice-about': '{change, number, ::sign-always .00}% in a day · {sector}',

  'economy.stocks.buy.describe': 'Buy shares of a company',
  'economy.stocks.buy.symbol': 'Which company, such as TECH',
  'economy.stocks.buy.shares': 'How many: 10, 1,000, or 25% or all of what you can pay',
  'economy.stocks.buy.limit': 'Buy later, at this price or below: 95 or 95.50',
  'economy.stocks.buy.title': 'Buy shares',
  'economy.stocks.buy.pick': 'Pick a company to see its price and to buy.',
  'economy.stocks.buy.form': 'Buy {symbol}',
  'economy.stocks.buy.button': 'Buy',
  'economy.stocks.buy.done':
    'You bought **{shares, plural, one {# share} other {# shares}}** of {symbol} at {price, number, ::.00}, the price of {at}.',
  'economy.stocks.buy.poor':
    'That costs {coins, number}, which is {missing, number} more than your wallet and bank hold.',
  'economy.stocks.buy.position':
    'You may put {most, number} coins into {symbol} altogether, and {left, number} of them are left. Sell some of your shares first, take back an order, or choose another company.',
  'economy.stocks.buy.most':
    'A member holds at most {most, number} shares of a company. You have room for {room, number} more of {symbol}.',

  'economy.stocks.sell.describe': 'Sell shares that you hold',
  'economy.stocks.sell.symbol': 'Which company, such as TECH',
  'economy.stocks.sell.shares': 'How many: 10, half or all of what you hold',
  'economy.stocks.sell.limit': 'Sell later, at this price or above: 120 or 120.50',
  'economy.stocks.sell.title': 'Sell shares',
  'economy.stocks.sell.pick': 'Pick a company to see its price and to sell.',
  'economy.stocks.sell.form': 'Sell {symbol}',
  'economy.stocks.sell.button': 'Sell',
  'economy.stocks.sell.done':
    'You sold **{shares, plural, one {# share} other {# shares}}** of {symbol} at {price, number, ::.00}, the price of {at}.',
  'economy.stocks.sell.debt': '{coins, number} of what you earned went to your debts.',
  'economy.stocks.sell.empty': 'You hold no shares yet. /stocks buy shows what there is.',
  'economy.stocks.sell.none': 'You hold no shares of {symbol}. /stocks portfolio shows what you hold.',
  'economy.stocks.sell.few': 'You hold only {held, number} of {symbol}.',

  'economy.stocks.cheap':
    'Below 1% somebody with many coins can earn by pushing a price: sell it down, buy, push it up, sell. At 1% or more the fees take what that brings.',
  'economy.stocks.closed': 'Trading has not opened yet. Try again in a quarter of an hour.',
  'economy.stocks.unknown': 'No company is called that. /stocks market shows all of them.',
  'economy.stocks.delisted': '{symbol} is not traded any more. Shares of it can only be sold, at its last price.',
  'economy.stocks.which': 'Say which company as well, or leave the number out to pick one.',
  'economy.stocks.nothing': 'That comes to no shares at all.',
  'economy.stocks.often': 'You have traded {most, number} times within an hour. The next trade can be made {at}.',
  'economy.stocks.again': 'You have traded since this button was shown, so it does nothing any more.',
  'economy.stocks.version': 'The version of the prices',
  'economy.stocks.trade': 'Trades made before',

  'economy.stocks.moved.title': 'The price has changed',
  'economy.stocks.moved.buy':
    'Nothing was bought. {symbol} now costs **{price, number, ::.00}** (the price of {at}): {shares, plural, one {# share} other {# shares}} would cost **{coins, number}**, fee and all.',
  'economy.stocks.moved.sell':
    'Nothing was sold. {symbol} is now at **{price, number, ::.00}** (the price of {at}): {shares, plural, one {# share} other {# shares}} would bring **{coins, number}** after the fee.',
  'economy.stocks.moved.accept': 'Accept the new price',

  'economy.stocks.card.delisted': 'This company is not traded any more. Shares can be sold at its last price.',
  'economy.stocks.card.since': 'The price of {at}.',
  'economy.stocks.card.refresh': 'Refresh',
  'economy.stocks.card.open': 'Trade',
  'economy.stocks.form.shares': 'Shares',
  'economy.stocks.form.examples': '10, 1,000, half, all or 25%',

  'economy.stocks.order.title': 'Limit order',
  'economy.stocks.order.placed-buy':
    'You buy **{shares, plural, one {# share} other {# shares}}** of {symbol} as soon as a new price is **{limit, number, ::.00}** or below; now it is {price, number, ::.00}. The coins for it are set aside. What is not bought comes back {until}.',
  'economy.stocks.order.placed-sell':
    'You sell **{shares, plural, one {# share} other {# shares}}** of {symbol} as soon as a new price is **{limit, number, ::.00}** or above; now it is {price, number, ::.00}. The shares are set aside. What is not sold comes back {until}.',
  'economy.stocks.order.line-buy':
    'buy {shares, plural, one {# share} other {# shares}} of {symbol} at {price, number, ::.00} or below, until {until}',
  'economy.stocks.order.line-sell':
    'sell {shares, plural, one {# share} other {# shares}} of {symbol} at {price, number, ::.00} or above, until {until}',
  'economy.stocks.order.open': 'Limit orders',
  'economy.stocks.order.filled': 'Carried out',
  'economy.stocks.order.filled-buy':
    'bought {shares, plural, one {# share} other {# shares}} of {symbol} at {price, number, ::.00} {at}',
  'economy.stocks.order.filled-sell':
    'sold {shares, plural, one {# share} other {# shares}} of {symbol} at {price, number, ::.00} {at}',
  'economy.stocks.order.cancel': 'Take back',
  'economy.stocks.order.cancel-one': 'Take back {number, number}',
  'economy.stocks.order.back-buy': 'The order for {symbol} is taken back. {coins, number} coins are yours again.',
  'economy.stocks.order.back-sell':
    'The order for {symbol} is taken back. {shares, plural, one {# share is} other {# shares are}} yours again.',
  'economy.stocks.order.gone': 'There is no such order of yours any more: it was carried out, or taken back.',
  'economy.stocks.order.no-price':
    'Please type a price from 0.01 to 10,000,000 with two decimals at most, such as 95.50.',
  'economy.stocks.order.how-many': 'Say how many shares as well.',
  'economy.stocks.order.now-buy':
    '{symbol} is at {price, number, ::.00}, so you can buy at once. A limit order waits for a price below that.',
  'economy.stocks.order.now-sell':
    '{symbol} is at {price, number, ::.00}, so you can sell at once. A limit order waits for a price above that.',
  'economy.stocks.order.many':
    'You have {most, number} limit orders open already. /stocks portfolio lets you take one back.',
  'economy.stocks.order.full': 'There are {most, number} limit orders open in this server, and no room for more.',
  'economy.stocks.order.poor':
    'That sets {coins, number} aside, which is {missing, number} more than your wallet and bank hold.',

  'economy.stocks.portfolio.describe': 'See what you hold and what it earned you',
  'economy.stocks.portfolio.title': 'Your portfolio',
  'economy.stocks.portfolio.none': 'You hold no shares yet. /stocks buy shows what there is.',
  'economy.stocks.portfolio.position': '{symbol} · {shares, plural, one {# share} other {# shares}}',
  'economy.stocks.portfolio.line':
    '{price, number, ::.00} each, worth **{worth, number}**\npaid {average, number, ::.00} each: {profit, number, ::sign-always} ({change, number, ::sign-always .00}%)',
  'economy.stocks.portfolio.more': '{count, plural, one {# more holding is} other {# more holdings are}} not shown.',
  'economy.stocks.portfolio.profit': '{profit, number, ::sign-always}',

  'economy.stocks.info.describe': 'See a company: its price and how it moved',
  'economy.stocks.info.symbol': 'Which company, such as TECH',
  'economy.stocks.chart.day': '{symbol}, the last day',
  'economy.stocks.chart.month': '{symbol}, the last days',
  'economy.stocks.chart.alternative':
    'A line from {first, number, ::.00} to {last, number, ::.00}, between {least, number, ::.00} and {most, number, ::.00}.',

  'economy.stocks.field.price': 'Price',
  'economy.stocks.field.sector': 'Sector',
  'economy.stocks.field.day': 'In a day',
  'economy.stocks.field.tick': 'Since the last price',
  'economy.stocks.field.fee': 'Fee',
  'economy.stocks.field.fee-of': '{fee, number}% of a trade, at least one coin',
  'economy.stocks.field.held': 'You hold',
  'economy.stocks.field.holding': '{shares, plural, one {# share} other {# shares}}, worth {worth, number}',
  'economy.stocks.field.profit': 'Profit',
  'economy.stocks.field.companies': 'Companies',
  'economy.field.stocks-worth': 'Shares',
  'economy.field.stocks-aside': 'Set aside',
  'economy.field.stocks-wealth': 'Wealth',
  'economy.field.stocks-value': 'Value',
  'economy.field.stocks-fee': 'Fee',
  'economy.field.stocks-paid': 'Paid',
  'economy.field.stocks-received': 'Received',

  'economy.stocks.sector.technology': 'technology',
  'economy.stocks.sector.finance': 'finance',
  'economy.stocks.sector.materials': 'materials',
  'economy.stocks.sector.consumer': 'consumer goods',
  'economy.stocks.sector.energy': 'energy',
  'economy.stocks.sector.health': 'health',
  'economy.stocks.sector.vehicles': 'vehicles',
  'economy.stocks.sector.retail': 'retail',
  'economy.stocks.about.technology': 'Builds machines that think nearly as fast as they are sold.',
  'economy.stocks.about.finance': 'Lends umbrellas while the sun shines. Hardly ever in a hurry.',
  'economy.stocks.about.materials': 'Digs holes and hopes. Nothing swings more than this.',
  'economy.stocks.about.consumer': 'People eat in good years and in bad ones.',
  'economy.stocks.about.energy': 'Keeps the lights on, at a price that changes with the wind.',
  'economy.stocks.about.health': 'Sells what nobody wants to need. A calm one.',
  'economy.stocks.about.vehicles': 'Everything with wheels, and some things without.',
  'economy.stocks.about.retail': 'A shop on every corner, and a corner for every shop.',

  'economy.stocks.feed.title': 'The market today',
  'economy.stocks.feed.line':
    '{trend, select, up {▲} down {▼} other {■}} **{symbol}** {price, number, ::.00} · {change, number, ::sign-always .00}%',
  'economy.stocks.feed.footer': '/stocks market to trade',
  'economy.stocks.feed.gone':
    'The market’s day is not posted any more: the channel {channel} is gone. Set `market.feed` to another one.',
  'economy.stocks.feed.forbidden':
    'The market’s day is not posted any more: I may not write in {channel}. Let me, and set `market.feed` again.',

  'economy.entry.stock-purchase': 'Shares bought',
  'economy.entry.stock-sale': 'Shares sold',
  'economy.entry.stock-order': 'Set aside for a limit order, or given back',

  'economy.board.stocks-profit': 'Most earned by selling shares',
  'economy.board.stocks-profit-line': '{score, number, ::sign-always} coins',

  'economy.setting.position-max': 'Coins a member may have put into the shares of one company; 0 for no limit',
  'economy.setting.trade-fee': 'Share of a stock trade’s value that is taken as a fee, at least one coin',
  'economy.setting.market-feed': 'Channel in which the market’s day is posted at 18:00',
} satisfies Messages;
