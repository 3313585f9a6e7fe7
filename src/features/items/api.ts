// What other features may use of items. What a member owns changes through `giveItem` and `takeItem` alone.
export { itemEmbed, rarityColor, rarityText, refuseOther } from './cards.ts';
export { itemOf, items, shopItems } from './catalogue.ts';
export { raceProfitOf, takeRewardBonus, tradeOf } from './effects.ts';
export { consumeHeist, type HeistModifiers, heistModifiersOf } from './heist.ts';
export { type Category, categories, type HeistTrait, heistTraits, type Item, type Rarity } from './kinds.ts';
export { isOwned, isOwnedOrWorn, itemOption } from './option.ts';
export { countOf, giveItem, itemsValue, type Owned, ownedBy, refuseMore, takeItem } from './owning.ts';
export { type Page, pageOf } from './paging.ts';
export { priceOf, worthOf } from './price.ts';
export { itemCountMax } from './tuning.ts';
export { itemText, nameText, rarityMark, worksLines } from './words.ts';
