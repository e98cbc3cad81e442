/** All that is asked of Home Assistant, in Homeroll's words. Behind it one connection, which is made again by itself when it breaks. */

export interface HomeEntity {
  /** `home`, `on`, `playing`; `unavailable` and `unknown` as Home Assistant says them. */
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ActionCall {
  /** `media_player` */
  readonly domain: string;
  /** `play_media` */
  readonly action: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** The entities it is for. */
  readonly entities?: readonly string[];
  /** The action answers with something, and it is wanted. Home Assistant refuses the wish for one that does not. */
  readonly isAnswerWanted?: boolean;
}

export interface HomeEvent {
  readonly data: Readonly<Record<string, unknown>>;
  /** Of the person who caused it, where there was one. */
  readonly userId?: string;
}

export interface HomeAssistant {
  /** It answers, and has finished starting. */
  readonly isUp: boolean;
  /** Called each time that it comes up (at once, where it is up) or goes away. @returns stops it */
  onUp(listener: (isUp: boolean) => void): () => void;
  /**
   * What it last said of an entity that is followed; undefined: nothing yet, or there is none of that id. Kept while it is away, and while
   * it starts, when its own entities are not what they were.
   */
  entity(id: string): HomeEntity | undefined;
  /** Follows entities from now on. @param onChange called after each change of one of them, and after each coming up @returns stops it */
  follow(ids: readonly string[], onChange: () => void): () => void;
  /** Events of a type, as long as it is up; what is fired meanwhile is not made up for. @returns stops it */
  onEvent(type: string, listener: (event: HomeEvent) => void): () => void;
  /** @returns the answer, where one was wanted. @throws HomeAssistantError */
  act(call: ActionCall, signal: AbortSignal): Promise<unknown>;
  /** One message of its WebSocket API, `{ type: 'config/entity_registry/list' }`. @throws HomeAssistantError */
  ask(message: Readonly<Record<string, unknown>> & { readonly type: string }, signal: AbortSignal): Promise<unknown>;
  /** The first that a subscription tells, `{ type: 'calendar/event/subscribe' }`; then it ends. @throws HomeAssistantError */
  askFirst(message: Readonly<Record<string, unknown>> & { readonly type: string }, signal: AbortSignal): Promise<unknown>;
}

/**
 * - `away`: it cannot be reached, or does not answer
 * - `unauthorised`: it does not take the token, or the token's user may not do that
 * - `unknown`: there is no such action, entity or message
 * - `refused`: it did not do it, and says why
 */
export type HomeAssistantErrorCode = 'away' | 'unauthorised' | 'unknown' | 'refused';

export class HomeAssistantError extends Error {
  readonly code: HomeAssistantErrorCode;

  /** @param message for the owner: what happened, and what to do */
  constructor(code: HomeAssistantErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HomeAssistantError';
    this.code = code;
  }

  /** Trying again later can help without anybody doing anything. */
  get isPassing(): boolean {
    return this.code === 'away';
  }
}
