import type { ConcreteModel } from './tracker.ts';

/** The landmark models that an engine has loaded, one of them at work. */
export class LandmarkModels<Network> {
  /** Those on their way too, so that none is loaded twice. */
  readonly #loaded = new Map<ConcreteModel, Promise<Network>>();
  readonly #load: (model: ConcreteModel) => Promise<Network>;
  #model: ConcreteModel;
  #network: Network;
  #wanted: ConcreteModel;

  constructor(model: ConcreteModel, network: Network, load: (model: ConcreteModel) => Promise<Network>) {
    this.#load = load;
    this.#loaded.set(model, Promise.resolve(network));
    this.#model = model;
    this.#network = network;
    this.#wanted = model;
  }

  /** The model at work. */
  get model(): ConcreteModel {
    return this.#model;
  }

  get network(): Network {
    return this.#network;
  }

  /** Loads another model, unless it is there, and goes on with it. Rejects when it cannot be loaded; the old one stays. */
  async use(model: ConcreteModel): Promise<void> {
    this.#wanted = model;
    const loading = this.#loaded.get(model) ?? this.#load(model);
    this.#loaded.set(model, loading);
    let network: Network;
    try {
      network = await loading;
    } catch (cause) {
      // It may be asked for again.
      if (this.#loaded.get(model) === loading) this.#loaded.delete(model);
      throw cause;
    }
    // A later wish may have been granted sooner.
    if (this.#wanted !== model) return;
    this.#network = network;
    this.#model = model;
  }
}
