/** A Home Assistant in memory: a test sets what it says, reads what was asked of it, and lets it go away and come back. */
import { type ActionCall, type HomeAssistant, HomeAssistantError, type HomeEntity, type HomeEvent } from '../../src/hass/index.ts';

export class HomeByHand implements HomeAssistant {
  /** Every action that was asked for, refused or not. */
  readonly actions: ActionCall[] = [];
  /** Makes an action fail, or gives its answer. */
  onAction: (call: ActionCall) => unknown = () => undefined;
  /** Answers messages of the API, by their type. */
  readonly answers = new Map<string, (message: Readonly<Record<string, unknown>>) => unknown>();
  readonly #entities = new Map<string, HomeEntity>();
  readonly #followers = new Set<{ readonly ids: readonly string[]; readonly onChange: () => void }>();
  readonly #upListeners = new Set<(isUp: boolean) => void>();
  readonly #eventListeners = new Set<{ readonly type: string; readonly listener: (event: HomeEvent) => void }>();
  #isUp = true;

  get isUp(): boolean {
    return this.#isUp;
  }

  say(id: string, state: string, attributes: HomeEntity['attributes'] = {}): void {
    this.#entities.set(id, { state, attributes });
    for (const { ids, onChange } of this.#followers) if (ids.includes(id)) onChange();
  }

  forget(id: string): void {
    this.#entities.delete(id);
    for (const { ids, onChange } of this.#followers) if (ids.includes(id)) onChange();
  }

  goAway(): void {
    this.#isUp = false;
    for (const listener of this.#upListeners) listener(false);
  }

  comeUp(): void {
    this.#isUp = true;
    for (const listener of this.#upListeners) listener(true);
    for (const { onChange } of this.#followers) onChange();
  }

  fire(type: string, event: HomeEvent): void {
    for (const { type: wanted, listener } of this.#eventListeners) if (wanted === type) listener(event);
  }

  onUp(listener: (isUp: boolean) => void): () => void {
    this.#upListeners.add(listener);
    if (this.#isUp) listener(true);
    return () => void this.#upListeners.delete(listener);
  }

  entity(id: string): HomeEntity | undefined {
    return this.#entities.get(id);
  }

  follow(ids: readonly string[], onChange: () => void): () => void {
    const follower = { ids, onChange };
    this.#followers.add(follower);
    // The first words of a subscription come a moment later.
    queueMicrotask(() => {
      if (this.#isUp && this.#followers.has(follower)) onChange();
    });
    return () => void this.#followers.delete(follower);
  }

  onEvent(type: string, listener: (event: HomeEvent) => void): () => void {
    const one = { type, listener };
    this.#eventListeners.add(one);
    return () => void this.#eventListeners.delete(one);
  }

  async act(call: ActionCall, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    this.#mustBeUp();
    this.actions.push(call);
    return this.onAction(call);
  }

  async ask(message: Readonly<Record<string, unknown>> & { readonly type: string }, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    this.#mustBeUp();
    const answer = this.answers.get(message.type);
    if (!answer) throw new HomeAssistantError('unknown', `Home Assistant knows no message ${message.type}.`);
    return answer(message);
  }

  /** Answers from the same as `ask`. */
  askFirst(message: Readonly<Record<string, unknown>> & { readonly type: string }, signal: AbortSignal): Promise<unknown> {
    return this.ask(message, signal);
  }

  #mustBeUp(): void {
    if (!this.#isUp) throw new HomeAssistantError('away', 'Home Assistant is away.');
  }
}
