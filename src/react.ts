import { createComponent } from '@lit/react';
import * as react from 'react';
import { FittingGarment as Garment, FittingRoom as Room } from './define.ts';

// The entry `fitting-room/react`: registers the elements, and offers both as React components, whose props set
// properties (objects, too) and listen to events in every React since 17. React 19 can also be given the plain tags.
// Its types are `tools/pack/types/react.d.ts`.

/** `<fitting-room>` as a component; `on` and an event's name in camel case listens to that event. */
export const FittingRoom = createComponent({
  react,
  tagName: 'fitting-room',
  elementClass: Room,
  events: {
    onStatusChange: 'status-change',
    onProgress: 'progress',
    onTrack: 'track',
    onGarmentChange: 'garment-change',
    onSizeChange: 'size-change',
    onWardrobeChange: 'wardrobe-change',
    onSnapshot: 'snapshot',
    onFittingError: 'fitting-error',
  },
});

/** `<fitting-garment>` as a component. */
export const FittingGarment = createComponent({ react, tagName: 'fitting-garment', elementClass: Garment });
