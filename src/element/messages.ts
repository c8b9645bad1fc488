// The texts of the interface in English, German and French, a table for each language.
import type { FittingErrorCode } from '../errors.ts';

/** An error in a shopper's words: what went wrong, and what to try next. */
interface ErrorWords {
  title: string;
  advice: string;
}

/** All texts of the interface in one language: labels of buttons, status lines, and words for each error code. */
export interface Messages {
  /** BCP 47 tag of the language. */
  language: string;
  start: string;
  usePhoto: string;
  useMannequin: string;
  useCamera: string;
  privacy: string;
  loading: string;
  preparing: string;
  /** What is loaded: `{loaded}` of `{total}` megabytes. */
  loaded: string;
  /** Time that the loading still takes: `{seconds}`. */
  left: string;
  asking: string;
  searching: string;
  tracking: string;
  paused: string;
  pause: string;
  resume: string;
  stop: string;
  cancel: string;
  retry: string;
  snapshot: string;
  saved: string;
  flip: string;
  size: string;
  color: string;
  garment: string;
  picture: string;
  errors: Record<FittingErrorCode, ErrorWords>;
  /** In place of `insecure-context` on a secure page: the browser of an app, which gives pages no camera. */
  noCamera: ErrorWords;
}

const EN: Messages = {
  language: 'en',
  start: 'Try it on',
  usePhoto: 'Choose a photo',
  useMannequin: 'Show on a mannequin',
  useCamera: 'Use my camera',
  privacy: 'Your camera picture stays on this device.',
  loading: 'Preparing your fitting room',
  preparing: 'Almost ready',
  loaded: '{loaded} of {total} MB',
  left: 'about {seconds} s left',
  asking: 'Please allow your camera when the browser asks.',
  searching: 'Step back until your upper body is in the picture.',
  tracking: 'You are wearing it.',
  paused: 'Paused',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Leave the fitting room',
  cancel: 'Cancel',
  retry: 'Try again',
  snapshot: 'Take a picture',
  saved: 'Picture saved.',
  flip: 'Switch camera',
  size: 'Size',
  color: 'Colour',
  garment: 'Garment',
  picture: 'You, wearing the garment',
  errors: {
    'camera-denied': {
      title: 'The camera is switched off for this page',
      advice: 'Allow it by the camera sign in the address bar, then try again. A photo of you works too.',
    },
    'camera-missing': { title: 'No camera found', advice: 'Connect one and try again, or use a photo of you.' },
    'camera-busy': {
      title: 'Another app is using your camera',
      advice: 'Close the other app or video call, then try again.',
    },
    'camera-lost': { title: 'The camera went away', advice: 'Check that it is connected and allowed, then try again.' },
    'insecure-context': {
      title: 'The camera needs a secure page',
      advice: 'Open this page with https at the front of its address, or use a photo of you.',
    },
    'source-unreadable': {
      title: 'This picture could not be opened',
      advice: 'Choose another photo – a JPEG or PNG of you from head to hip works best.',
    },
    'engine-failed': {
      title: 'The fitting room stopped working',
      advice: 'Try again. If it happens once more, reload the page.',
    },
    'model-unreachable': {
      title: 'The fitting room could not be loaded',
      advice: 'Check your connection and try again, or come back later.',
    },
    'garment-unreachable': {
      title: 'This garment could not be loaded',
      advice: 'It may be gone, or your connection down: try again, or choose another garment.',
    },
    'garment-invalid': { title: 'This garment cannot be tried on yet', advice: 'Please choose another one.' },
    'context-lost': {
      title: 'The picture was interrupted',
      advice: 'It should return in a moment. If it does not, try again.',
    },
    'unsupported-browser': {
      title: 'This browser cannot show the fitting room',
      advice: 'Update it, or open this page in a recent Chrome, Edge, Firefox or Safari.',
    },
  },
  noCamera: {
    title: 'This app shows pages without a camera',
    advice: 'Open this page in your phone’s own browser, or use a photo of you.',
  },
};

const DE: Messages = {
  language: 'de',
  start: 'Anprobieren',
  usePhoto: 'Foto auswählen',
  useMannequin: 'An der Puppe zeigen',
  useCamera: 'Meine Kamera nutzen',
  privacy: 'Dein Kamerabild bleibt auf diesem Gerät.',
  loading: 'Deine Umkleide wird vorbereitet',
  preparing: 'Gleich geht es los',
  loaded: '{loaded} von {total} MB',
  left: 'noch etwa {seconds} s',
  asking: 'Bitte erlaube die Kamera, wenn der Browser fragt.',
  searching: 'Geh etwas zurück, bis dein Oberkörper im Bild ist.',
  tracking: 'Du hast es an.',
  paused: 'Angehalten',
  pause: 'Anhalten',
  resume: 'Weiter',
  stop: 'Umkleide verlassen',
  cancel: 'Abbrechen',
  retry: 'Noch einmal versuchen',
  snapshot: 'Bild aufnehmen',
  saved: 'Bild gespeichert.',
  flip: 'Kamera wechseln',
  size: 'Größe',
  color: 'Farbe',
  garment: 'Kleidungsstück',
  picture: 'Du, im Kleidungsstück',
  errors: {
    'camera-denied': {
      title: 'Die Kamera ist für diese Seite gesperrt',
      advice:
        'Erlaube sie über das Kamerasymbol in der Adresszeile und versuche es noch einmal. Ein Foto von dir geht auch.',
    },
    'camera-missing': {
      title: 'Keine Kamera gefunden',
      advice: 'Schließe eine an und versuche es noch einmal, oder nimm ein Foto von dir.',
    },
    'camera-busy': {
      title: 'Eine andere App benutzt die Kamera',
      advice: 'Schließe die andere App oder den Videoanruf und versuche es noch einmal.',
    },
    'camera-lost': {
      title: 'Die Kamera ist weg',
      advice: 'Prüfe, ob sie angeschlossen und erlaubt ist, und versuche es noch einmal.',
    },
    'insecure-context': {
      title: 'Die Kamera braucht eine sichere Seite',
      advice: 'Öffne diese Seite mit https am Anfang der Adresse, oder nimm ein Foto von dir.',
    },
    'source-unreadable': {
      title: 'Dieses Bild lässt sich nicht öffnen',
      advice: 'Wähle ein anderes Foto – am besten ein JPEG oder PNG, auf dem du von Kopf bis Hüfte zu sehen bist.',
    },
    'engine-failed': {
      title: 'Die Umkleide ist stehen geblieben',
      advice: 'Versuche es noch einmal. Passiert es wieder, lade die Seite neu.',
    },
    'model-unreachable': {
      title: 'Die Umkleide konnte nicht geladen werden',
      advice: 'Prüfe deine Verbindung und versuche es noch einmal, oder komm später wieder.',
    },
    'garment-unreachable': {
      title: 'Dieses Kleidungsstück konnte nicht geladen werden',
      advice:
        'Vielleicht gibt es es nicht mehr, oder die Verbindung fehlt: Versuche es noch einmal oder wähle ein anderes.',
    },
    'garment-invalid': {
      title: 'Dieses Kleidungsstück lässt sich noch nicht anprobieren',
      advice: 'Bitte wähle ein anderes.',
    },
    'context-lost': {
      title: 'Das Bild wurde unterbrochen',
      advice: 'Es sollte gleich wiederkommen. Wenn nicht, versuche es noch einmal.',
    },
    'unsupported-browser': {
      title: 'Dieser Browser kann die Umkleide nicht zeigen',
      advice: 'Aktualisiere ihn oder öffne die Seite in einem neuen Chrome, Edge, Firefox oder Safari.',
    },
  },
  noCamera: {
    title: 'Diese App zeigt Seiten ohne Kamera',
    advice: 'Öffne diese Seite im Browser deines Telefons, oder nimm ein Foto von dir.',
  },
};

const FR: Messages = {
  language: 'fr',
  start: 'Essayer',
  usePhoto: 'Choisir une photo',
  useMannequin: 'Voir sur un mannequin',
  useCamera: 'Utiliser ma caméra',
  privacy: 'L’image de votre caméra reste sur cet appareil.',
  loading: 'Votre cabine se prépare',
  preparing: 'Presque prêt',
  loaded: '{loaded} sur {total} Mo',
  left: 'encore {seconds} s environ',
  asking: 'Autorisez la caméra quand le navigateur le demande.',
  searching: 'Reculez jusqu’à ce que le haut de votre corps soit dans l’image.',
  tracking: 'Vous le portez.',
  paused: 'En pause',
  pause: 'Pause',
  resume: 'Reprendre',
  stop: 'Quitter la cabine',
  cancel: 'Annuler',
  retry: 'Réessayer',
  snapshot: 'Prendre une photo',
  saved: 'Image enregistrée.',
  flip: 'Changer de caméra',
  size: 'Taille',
  color: 'Couleur',
  garment: 'Vêtement',
  picture: 'Vous, avec le vêtement',
  errors: {
    'camera-denied': {
      title: 'La caméra est bloquée pour cette page',
      advice:
        'Autorisez-la par l’icône de caméra dans la barre d’adresse, puis réessayez. Une photo de vous convient aussi.',
    },
    'camera-missing': {
      title: 'Aucune caméra trouvée',
      advice: 'Branchez-en une et réessayez, ou utilisez une photo de vous.',
    },
    'camera-busy': {
      title: 'Une autre application utilise la caméra',
      advice: 'Fermez l’autre application ou l’appel vidéo, puis réessayez.',
    },
    'camera-lost': {
      title: 'La caméra a disparu',
      advice: 'Vérifiez qu’elle est branchée et autorisée, puis réessayez.',
    },
    'insecure-context': {
      title: 'La caméra demande une page sécurisée',
      advice: 'Ouvrez cette page avec https au début de l’adresse, ou utilisez une photo de vous.',
    },
    'source-unreadable': {
      title: 'Cette image n’a pas pu être ouverte',
      advice: 'Choisissez une autre photo : un JPEG ou PNG de la tête aux hanches convient le mieux.',
    },
    'engine-failed': {
      title: 'La cabine s’est arrêtée',
      advice: 'Réessayez. Si cela se reproduit, rechargez la page.',
    },
    'model-unreachable': {
      title: 'La cabine n’a pas pu être chargée',
      advice: 'Vérifiez votre connexion et réessayez, ou revenez plus tard.',
    },
    'garment-unreachable': {
      title: 'Ce vêtement n’a pas pu être chargé',
      advice: 'Il n’existe peut-être plus, ou la connexion est coupée : réessayez, ou choisissez-en un autre.',
    },
    'garment-invalid': { title: 'Ce vêtement ne peut pas encore être essayé', advice: 'Choisissez-en un autre.' },
    'context-lost': {
      title: 'L’image a été interrompue',
      advice: 'Elle devrait revenir dans un instant. Sinon, réessayez.',
    },
    'unsupported-browser': {
      title: 'Ce navigateur ne peut pas afficher la cabine',
      advice: 'Mettez-le à jour, ou ouvrez cette page dans une version récente de Chrome, Edge, Firefox ou Safari.',
    },
  },
  noCamera: {
    title: 'Cette application montre les pages sans caméra',
    advice: 'Ouvrez cette page dans le navigateur de votre téléphone, ou utilisez une photo de vous.',
  },
};

const LANGUAGES: Record<string, Messages> = { en: EN, de: DE, fr: FR };

/**
 * Returns the texts for a BCP 47 tag, by its language alone (`de-AT` → German); English for a language without texts.
 */
export function messagesFor(language: string): Messages {
  const name = language.toLowerCase().split('-')[0];
  return Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : EN;
}
