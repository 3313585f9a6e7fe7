/** The most of one item in a purchase. */
export const purchaseMax = 99;

/** Counts that the confirmation has buttons for. */
export const purchaseSteps = [1, 5, 10] as const;

/** Most members of a guild that can buy: as many as can have an account. */
export const buyersMax = 2_000_000;

/** Numbers of purchases begin anew after so many, to fit into a button's id. */
export const purchaseNumbers = 1_000_000;

/** Characters of a number that is typed. */
export const countCharactersMax = 4;
