import type { ComplexAttributeConverter } from 'lit';

/**
 * Makes a Lit attribute converter from a property check, a function that returns the value to store or throws; for null
 * it returns the default. When the check throws for the text of an attribute, the converter logs the error's message as
 * a warning and returns the default, because no code of the page's author could catch an exception.
 */
export function lenient<T>(check: (value: unknown) => T): ComplexAttributeConverter<T> {
  return {
    fromAttribute(value: string | null): T {
      try {
        return check(value);
      } catch (cause) {
        console.warn(`${(cause as Error).message} The attribute is ignored.`);
        return check(null);
      }
    },
    toAttribute: (value: T): unknown => value,
  };
}
