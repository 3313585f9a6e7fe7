/** `base` with some of its methods replaced. The others, and what it computes when asked, stay the base's own. */
export const overriding = <T extends object>(base: T, methods: Partial<T>): T =>
  Object.assign(Object.create(base) as T, methods);
