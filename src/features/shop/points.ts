import { extensionPoint } from '../../kernel/extension.ts';
import type { MemberId } from '../../kernel/ids.ts';

/** Ten-thousandths that a member pays less than the shop's prices. */
export const shopDiscounts = extensionPoint<{ readonly member: MemberId }, number>('shop.discounts');
