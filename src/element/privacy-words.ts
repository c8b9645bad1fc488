// The texts of the privacy panel in English, German and French: loaded with the panel, when a shopper opens it.

/** All texts of the panel in one language. `{…}`: filled in. */
export interface PrivacyWords {
  title: string;
  /** `{count}` requests of the page since it was opened. */
  requests: string;
  /** None of them went to another server. */
  noneForeign: string;
  /** `{count}` of them went to other servers, by name: `{hosts}`. */
  foreign: string;
  /** Nothing of the room is kept on the device. */
  nothingKept: string;
  /** `{count}` files, `{size}` MB, are kept on the device. */
  kept: string;
  picture: string;
  wipe: string;
  close: string;
}

const WORDS: Record<string, PrivacyWords> = {
  en: {
    title: 'What this page sends and keeps',
    requests: 'Requests of this page so far: {count}.',
    noneForeign: 'To other servers: 0.',
    foreign: 'To other servers: {count} ({hosts}).',
    nothingKept: 'Kept on this device: nothing.',
    kept: 'Kept on this device: {count} files of the page, {size} MB, so that it works without a network.',
    picture: 'Your picture is in neither: it is drawn and forgotten.',
    wipe: 'Delete the kept files',
    close: 'Close',
  },
  de: {
    title: 'Was diese Seite sendet und aufhebt',
    requests: 'Anfragen dieser Seite bisher: {count}.',
    noneForeign: 'An andere Server: 0.',
    foreign: 'An andere Server: {count} ({hosts}).',
    nothingKept: 'Auf diesem Gerät aufgehoben: nichts.',
    kept: 'Auf diesem Gerät aufgehoben: {count} Dateien der Seite, {size} MB, damit sie ohne Netz funktioniert.',
    picture: 'Dein Bild ist nicht dabei: Es wird gezeichnet und vergessen.',
    wipe: 'Aufgehobene Dateien löschen',
    close: 'Schließen',
  },
  fr: {
    title: 'Ce que cette page envoie et garde',
    requests: 'Requêtes de cette page jusqu’ici : {count}.',
    noneForeign: 'Vers d’autres serveurs : 0.',
    foreign: 'Vers d’autres serveurs : {count} ({hosts}).',
    nothingKept: 'Gardé sur cet appareil : rien.',
    kept: 'Gardé sur cet appareil : {count} fichiers de la page, {size} Mo, pour qu’elle marche sans réseau.',
    picture: 'Votre image n’y est pas : elle est dessinée puis oubliée.',
    wipe: 'Supprimer les fichiers gardés',
    close: 'Fermer',
  },
};

/** Returns the texts for a language of the interface (`Messages.language`). */
export function privacyWordsFor(language: string): PrivacyWords {
  return WORDS[language] ?? WORDS.en;
}
