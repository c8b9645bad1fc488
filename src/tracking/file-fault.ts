import { FittingError, type FittingErrorCode } from '../errors.ts';

/** An error of an engine for which one of its files is to blame. */
export class FileFault extends FittingError {
  readonly url: string;

  /** `message` names the URL. */
  constructor(code: FittingErrorCode, url: string, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.url = url;
  }

  /** Whether every engine needs the file: the models. */
  get isShared(): boolean {
    return this.url.endsWith('.tflite');
  }
}
