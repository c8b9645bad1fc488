/** A part of a picture, pixels: columns from `left` to before `right`, rows from `top` to before `bottom`. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
