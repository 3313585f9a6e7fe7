// What other features may use of items. What a member owns changes through `giveItem` and `takeItem` alone.
export { itemEmbed, rarityColor, rarityText, refuseOther } from './cards.ts';
export { itemOf, shopItems } from './catalogue.ts';
export { raceProfitOf, takeRewardBonus } from './effects.ts';
export { consumeHeist, type HeistModifiers, heistModifiersOf } from './heist.ts';
export { type Category, categories, type Item } from './kinds.ts';
export { isOwned, itemOption } from './option.ts';
export { countOf, giveItem, itemsValue, refuseMore, takeItem } from './owning.ts';
export { type Page, pageOf } from './paging.ts';
export { priceOf, worthOf } from './price.ts';
export { itemCountMax } from './tuning.ts';
export { itemText, nameText, rarityMark, worksLines } from './words.ts';
