import type { ComplexAttributeConverter } from 'lit';

/**
 * Makes an attribute converter of a property check. When the check throws for the text of an attribute, the converter
 * logs the error's message as a warning and returns the default, because an exception would reach no code of the page's
 * author.
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
