import { describe, expect, it } from 'vitest';
import { fittingErrorCodes } from '../errors.ts';
import { messagesFor } from './messages.ts';

describe('messagesFor', () => {
  for (const language of ['en', 'de', 'fr']) {
    it(`${language} has a sentence and advice for every error, without the code, and no empty text`, () => {
      const words = messagesFor(language);
      for (const code of fittingErrorCodes) {
        const { title, advice } = words.errors[code];
        expect(title.length, code).toBeGreaterThan(10);
        expect(advice.length, code).toBeGreaterThan(10);
        expect(`${title} ${advice}`).not.toContain(code);
      }
      for (const [name, value] of Object.entries(words))
        if (typeof value === 'string') expect(value.trim(), name).not.toBe('');
      if (language !== 'en') expect(words.start).not.toBe(messagesFor('en').start);
    });
  }
  it('regions have the texts of their language; other languages are English', () => {
    expect(messagesFor('de-AT')).toBe(messagesFor('de'));
    expect(messagesFor('FR')).toBe(messagesFor('fr'));
    for (const language of ['ja', 'constructor', '__proto__', ''])
      expect(messagesFor(language), language).toBe(messagesFor('en'));
  });
});
