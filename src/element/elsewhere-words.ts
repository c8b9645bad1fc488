// The words of the ways to another browser or device, in English, German and French.

/** All texts in one language. */
export interface ElsewhereWords {
  /** Label of the button that offers the page's address to other apps. */
  share: string;
  /** Label of the button that copies the page's address. */
  copy: string;
  copied: string;
  /** Label of the field with the address, where it could not be copied. */
  address: string;
}

const WORDS: Record<string, ElsewhereWords> = {
  en: {
    share: 'Open in another app',
    copy: 'Copy the link',
    copied: 'Copied. Paste it into your browser’s address bar.',
    address: 'Copy this address into your browser',
  },
  de: {
    share: 'In einer anderen App öffnen',
    copy: 'Link kopieren',
    copied: 'Kopiert. Füge ihn in die Adresszeile deines Browsers ein.',
    address: 'Kopiere diese Adresse in deinen Browser',
  },
  fr: {
    share: 'Ouvrir dans une autre app',
    copy: 'Copier le lien',
    copied: 'Copié. Collez-le dans la barre d’adresse de votre navigateur.',
    address: 'Copiez cette adresse dans votre navigateur',
  },
};

/** Returns the texts for a language code (`en`, `de`, `fr`). */
export function elsewhereWordsFor(language: string): ElsewhereWords {
  return WORDS[language];
}
