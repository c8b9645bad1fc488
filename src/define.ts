import { FittingGarment } from './element/fitting-garment.ts';
import { FittingRoom } from './element/fitting-room.ts';

// Defines the elements, unless they are defined already (a page includes the script twice) or there is no document
// (Node).
if (typeof document !== 'undefined') {
  if (!customElements.get('fitting-garment')) customElements.define('fitting-garment', FittingGarment);
  if (!customElements.get('fitting-room')) customElements.define('fitting-room', FittingRoom);
}

export { FittingGarment, FittingRoom };
