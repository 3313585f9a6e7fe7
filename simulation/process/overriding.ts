/**
 * `base` with some of its methods replaced. The others, and what it computes when asked, stay the base's own, also where
 * it is of a class with private fields: these have to be asked as themselves.
 */
export const overriding = <T extends object>(base: T, methods: Partial<T>): T =>
  new Proxy(base, {
    get: (_, name): unknown => {
      if (Object.hasOwn(methods, name)) return methods[name as keyof T];
      const own: unknown = Reflect.get(base, name);
      return typeof own === 'function' ? (own.bind(base) as unknown) : own;
    },
  });
