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
  /** Label of the button that shows the page's address as a QR code. */
  showCode: string;
  /** What to do with the code. */
  scan: string;
}

const WORDS: Record<string, ElsewhereWords> = {
  en: {
    share: 'Open in another app',
    copy: 'Copy the link',
    copied: 'Copied. Paste it into the address bar of a browser with a camera.',
    address: 'Copy this address into a browser with a camera',
    showCode: 'QR code',
    scan: 'Scan it with your phone’s camera to go on there.',
  },
  de: {
    share: 'In einer anderen App öffnen',
    copy: 'Link kopieren',
    copied: 'Kopiert. Füge ihn in die Adresszeile eines Browsers mit Kamera ein.',
    address: 'Kopiere diese Adresse in einen Browser mit Kamera',
    showCode: 'QR-Code',
    scan: 'Scanne ihn mit der Kamera deines Telefons, um dort weiterzumachen.',
  },
  fr: {
    share: 'Ouvrir dans une autre app',
    copy: 'Copier le lien',
    copied: 'Copié. Collez-le dans la barre d’adresse d’un navigateur avec caméra.',
    address: 'Copiez cette adresse dans un navigateur avec caméra',
    showCode: 'Code QR',
    scan: 'Scannez-le avec l’appareil photo de votre téléphone pour y continuer.',
  },
};

/** Returns the texts for a language code (`en`, `de`, `fr`). */
export function elsewhereWordsFor(language: string): ElsewhereWords {
  return WORDS[language];
}
