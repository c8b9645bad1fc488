import { FittingGarment } from './element/fitting-garment.ts';
import { FittingRoom } from './element/fitting-room.ts';

// The entry `fitting-room/define`: importing it registers the elements `<fitting-garment>` and `<fitting-room>`. It
// registers nothing where there is no document (Node), and skips a name that is registered already, as on a page that
// includes the script twice.
if (typeof document !== 'undefined') {
  if (!customElements.get('fitting-garment')) customElements.define('fitting-garment', FittingGarment);
  if (!customElements.get('fitting-room')) customElements.define('fitting-room', FittingRoom);
}

export { FittingGarment, FittingRoom };
