import type { ConcreteModel } from './tracker.ts';

/**
 * Keeps the landmark models (`lite`, `full`, `heavy`: networks that find the points of a person's body) that an engine
 * has loaded, and which of them is in use. A model that was loaded once stays loaded. `Network` is the engine's type of
 * a loaded model.
 */
export class LandmarkModels<Network> {
  /** Loaded and loading models by name, so that no model is loaded twice. */
  readonly #loaded = new Map<ConcreteModel, Promise<Network>>();
  readonly #load: (model: ConcreteModel) => Promise<Network>;
  #model: ConcreteModel;
  #network: Network;
  #requested: ConcreteModel;

  /**
   * @param model the model in use at first.
   * @param network that model, loaded.
   * @param load loads another model; rejects when it cannot be loaded.
   */
  constructor(model: ConcreteModel, network: Network, load: (model: ConcreteModel) => Promise<Network>) {
    this.#load = load;
    this.#loaded.set(model, Promise.resolve(network));
    this.#model = model;
    this.#network = network;
    this.#requested = model;
  }

  /** The model in use. */
  get model(): ConcreteModel {
    return this.#model;
  }

  /** The loaded network of the model in use. */
  get network(): Network {
    return this.#network;
  }

  /**
   * Loads a model, unless it is loaded already, and uses it from then on. Rejects when it cannot be loaded; the model
   * in use then stays. If a later call names another model, the earlier call resolves without effect.
   */
  async use(model: ConcreteModel): Promise<void> {
    this.#requested = model;
    const loading = this.#loaded.get(model) ?? this.#load(model);
    this.#loaded.set(model, loading);
    let network: Network;
    try {
      network = await loading;
    } catch (cause) {
      // A later call loads it again.
      if (this.#loaded.get(model) === loading) this.#loaded.delete(model);
      throw cause;
    }
    // A later call for another model supersedes this one.
    if (this.#requested !== model) return;
    this.#network = network;
    this.#model = model;
  }
}
