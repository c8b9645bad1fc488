// `fitting-room/react`: registers the elements, offers both as components, and tells TypeScript their tags in React 19.
import type { DetailedHTMLProps, FunctionComponent, HTMLAttributes, ReactNode, Ref } from 'react';
import type { GarmentProps, RoomAttributes, RoomListeners, RoomProps } from './element-props.js';
import type {
  FittingGarment as FittingGarmentElement,
  FittingRoom as FittingRoomElement,
  FittingRoomEventMap,
} from './index.js';

type Base<E extends HTMLElement, Own> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof Own> & Own;

/** What a component takes: `Own`, and what every HTML element of the type `E` takes. */
type ComponentProps<E extends HTMLElement, Own> = Omit<HTMLAttributes<E>, keyof Own> &
  Own & { ref?: Ref<E>; children?: ReactNode };

/** A name of an event such as `status-change` as the end of a prop's name: `StatusChange`. */
type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

/** The listeners of the room's events, as `on` with the name of the event in camel case. */
type RoomHandlers = {
  [Name in keyof FittingRoomEventMap as `on${Pascal<Name>}`]?: (event: FittingRoomEventMap[Name]) => void;
};

/** `<fitting-room>` as a component: each prop is the element's property, or listens to one of its events. */
export declare const FittingRoom: FunctionComponent<ComponentProps<FittingRoomElement, RoomProps & RoomHandlers>>;
/** The element itself, which a `ref` holds. */
export type FittingRoom = FittingRoomElement;
/** `<fitting-garment>` as a component. */
export declare const FittingGarment: FunctionComponent<ComponentProps<FittingGarmentElement, GarmentProps>>;
export type FittingGarment = FittingGarmentElement;

declare module 'react' {
  interface SourceHTMLAttributes<T> {
    /** Of a `<source>` in a `<fitting-garment>`: the size that its file holds. */
    size?: string | number | undefined;
  }
  namespace JSX {
    interface IntrinsicElements {
      'fitting-room': Base<FittingRoomElement, RoomProps & RoomAttributes & RoomListeners>;
      'fitting-garment': Base<FittingGarmentElement, GarmentProps>;
    }
  }
}
