/** Layout of a contact sheet: a grid that is filled row by row. */
export interface ContactSheetOptions {
  /** Number of columns. */
  columns: number;
  /** Size of a cell without its caption, pixels. A picture is scaled to fit into it and keeps its aspect ratio. */
  cellWidth: number;
  cellHeight: number;
}

/** Height of the caption under each cell, pixels. */
const CAPTION_HEIGHT = 22;

/**
 * Draws many pictures with captions into one image, for people to look at. Each picture is drawn when it is added and
 * is not kept, so that a long film needs little memory.
 */
export class ContactSheet {
  readonly #options: ContactSheetOptions;
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #count = 0;

  /** `total`: number of pictures that will be added; it sets the height of the sheet. */
  constructor(total: number, options: ContactSheetOptions) {
    this.#options = options;
    const { columns, cellWidth, cellHeight } = options;
    this.#canvas = new OffscreenCanvas(columns * cellWidth, Math.ceil(total / columns) * (cellHeight + CAPTION_HEIGHT));
    const context = this.#canvas.getContext('2d');
    if (context === null) throw new Error('no 2D canvas for a contact sheet');
    this.#context = context;
    context.fillStyle = '#777';
    context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Draws `image` (an image file or a canvas) into the next cell, and `caption` on one line under it. */
  async add(image: Blob | OffscreenCanvas, caption: string): Promise<void> {
    const { columns, cellWidth, cellHeight } = this.#options;
    const index = this.#count++;
    const x = (index % columns) * cellWidth;
    const y = Math.floor(index / columns) * (cellHeight + CAPTION_HEIGHT);
    const picture = await createImageBitmap(image);
    const scale = Math.min(cellWidth / picture.width, cellHeight / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    this.#context.imageSmoothingQuality = 'high';
    this.#context.drawImage(picture, x + (cellWidth - width) / 2, y + (cellHeight - height) / 2, width, height);
    picture.close();
    this.#context.fillStyle = '#fff';
    this.#context.font = '14px sans-serif';
    this.#context.fillText(caption, x + 6, y + cellHeight + 16, cellWidth - 12);
  }

  /** The sheet as a PNG file; cells without a picture are grey. */
  toPng(): Promise<Blob> {
    return this.#canvas.convertToBlob({ type: 'image/png' });
  }
}
