import type { PropertyDeclarations } from 'lit';
import { propertyChecks } from './check-properties.ts';
import { lenient } from './lenient.ts';

/** How Lit reads the properties of `<fitting-room>` from attributes, and which of them it writes back. */
export const fittingRoomProperties: PropertyDeclarations = {
  source: {},
  garment: { reflect: true },
  size: { reflect: true },
  facing: { reflect: true, converter: lenient(propertyChecks.facing) },
  noMirror: { type: Boolean, attribute: 'no-mirror', reflect: true },
  engine: { converter: lenient(propertyChecks.engine) },
  model: { converter: lenient(propertyChecks.model) },
  segmentation: { converter: lenient(propertyChecks.segmentation) },
  assets: { converter: lenient(propertyChecks.assets) },
  stature: { converter: lenient(propertyChecks.stature) },
  ownClothes: { attribute: 'own-clothes', reflect: true, converter: lenient(propertyChecks.ownClothes) },
  autostart: { type: Boolean, reflect: true },
  noControls: { type: Boolean, attribute: 'no-controls', reflect: true },
  privacyPanel: { type: Boolean, attribute: 'privacy-panel', reflect: true },
  tracker: { attribute: false },
};
