// `fitting-room/vue`: registers the elements, and tells `vue-tsc` their tags.
import type { EmitFn, HTMLAttributes } from 'vue';
import type { GarmentProps, RoomAttributes, RoomProps } from './element-props.js';
import type { FittingGarment, FittingRoom, FittingRoomEventMap } from './index.js';

export { FittingGarment, FittingRoom } from './index.js';

type Listeners<Events> = { [Name in keyof Events]: (event: Events[Name]) => void };

type Tag<E, Props, Events = Record<never, never>> = new () => E & {
  $props: Omit<HTMLAttributes, keyof Props> & Props;
  $emit: EmitFn<Listeners<Events>>;
};

declare module 'vue' {
  interface SourceHTMLAttributes {
    /** Of a `<source>` in a `<fitting-garment>`: the size that its file holds. */
    size?: string | number;
  }
  interface GlobalComponents {
    'fitting-room': Tag<FittingRoom, RoomProps & RoomAttributes, FittingRoomEventMap>;
    'fitting-garment': Tag<FittingGarment, GarmentProps>;
  }
}
