/** Checks a value that a page assigns: returns the value to store, or throws. For null it returns the default. */
type Check = (value: unknown) => unknown;

/**
 * Defines a property with a checked setter on `prototype`, for every name of `checks`. The setter stores the value that
 * the check returns; when the check throws, the setter throws and the old value stays. Before the first assignment the
 * getter returns the default, `check(null)`. Call it before Lit finalizes the class: Lit wraps these accessors, so that
 * an assignment also requests an update.
 */
export function defineChecked(prototype: object, checks: Readonly<Record<string, Check>>): void {
  for (const [name, check] of Object.entries(checks)) {
    const key = Symbol(name);
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: true,
      get(this: Record<symbol, unknown>) {
        return key in this ? this[key] : check(null);
      },
      set(this: Record<symbol, unknown>, value: unknown) {
        this[key] = check(value);
      },
    });
  }
}
