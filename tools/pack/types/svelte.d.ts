// `fitting-room/svelte`: registers the elements, and tells `svelte-check` their tags.
import type { HTMLAttributes } from 'svelte/elements';
import type { GarmentProps, RoomAttributes, RoomListeners, RoomProps } from './element-props.js';
import type { FittingGarment, FittingRoom } from './index.js';

export { FittingGarment, FittingRoom } from './index.js';

type Tag<E extends HTMLElement, Own> = Omit<HTMLAttributes<E>, keyof Own> & Own;

declare module 'svelte/elements' {
  interface HTMLSourceAttributes {
    /** Of a `<source>` in a `<fitting-garment>`: the size that its file holds. */
    size?: string | number | null | undefined;
  }
  interface SvelteHTMLElements {
    'fitting-room': Tag<FittingRoom, RoomProps & RoomAttributes & RoomListeners>;
    'fitting-garment': Tag<FittingGarment, GarmentProps>;
  }
}
