/** Members of one guild that can have chosen something: as many as can have an account. */
export const membersMax = 2_000_000;
