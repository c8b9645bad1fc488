import type { FittingGarment, FittingRoom, FittingRoomEventMap } from './index.js';

/** What markup may set on `<fitting-room>`, by property. */
export type RoomProps = Partial<
  Pick<
    FittingRoom,
    | 'source'
    | 'garment'
    | 'size'
    | 'facing'
    | 'noMirror'
    | 'engine'
    | 'model'
    | 'segmentation'
    | 'assets'
    | 'stature'
    | 'ownClothes'
    | 'autostart'
    | 'noControls'
    | 'privacyPanel'
    | 'tracker'
  >
>;

/** The attributes of `<fitting-room>` whose names are not those of their properties. */
export interface RoomAttributes {
  'no-mirror'?: boolean;
  'no-controls'?: boolean;
  'privacy-panel'?: boolean;
  'own-clothes'?: FittingRoom['ownClothes'];
}

/** What markup may set on `<fitting-garment>`, by attribute and by property. */
export type GarmentProps = Partial<
  Pick<FittingGarment, 'src' | 'label' | 'color' | 'size' | 'poster' | 'price' | 'href'>
>;

/** The listeners of the room's events, as `on` with the name of the event. */
export type RoomListeners = {
  [Name in keyof FittingRoomEventMap as `on${Name}`]?: (event: FittingRoomEventMap[Name]) => void;
};
