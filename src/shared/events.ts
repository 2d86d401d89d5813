// Typed publish and subscribe. A listener that throws never keeps the next one from being told.

export type Unsubscribe = () => void;

export interface Events<E> {
  /** Adds a listener; the result removes it. */
  on(listener: (event: E) => void): Unsubscribe;
}

export interface Emitter<E> extends Events<E> {
  emit(event: E): void;
  /** Forgets all listeners. */
  clear(): void;
}

/**
 * Makes an emitter of one event type (usually a discriminated union).
 * @param onError is told what a listener threw; without it the error is thrown again on the next tick.
 */
export function createEmitter<E>(onError: (error: unknown) => void = rethrowLater): Emitter<E> {
  const listeners = new Set<(event: E) => void>();
  return {
    on(listener) {
      const own = (event: E): void => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(event) {
      for (const listener of [...listeners]) {
        if (!listeners.has(listener)) continue;
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    clear: () => listeners.clear(),
  };
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
