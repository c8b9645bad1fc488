/** Number of classes of a person: hair, skin, upper clothes, lower clothes. */
export const CLASSES = 4;
