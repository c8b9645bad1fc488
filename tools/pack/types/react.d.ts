// `fitting-room/react`: registers the elements, and tells TypeScript their tags in React 19.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { GarmentProps, RoomAttributes, RoomListeners, RoomProps } from './element-props.js';
import type { FittingGarment, FittingRoom } from './index.js';

export { FittingGarment, FittingRoom } from './index.js';

type Base<E extends HTMLElement, Own> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof Own> & Own;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'fitting-room': Base<FittingRoom, RoomProps & RoomAttributes & RoomListeners>;
      'fitting-garment': Base<FittingGarment, GarmentProps>;
    }
  }
}
