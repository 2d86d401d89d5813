// What can be said on a call, and who finds the audio for it.

/** One thing to say. Numbers are said as a count (`12` → "twelve"), digits one by one. */
export type SayItem =
  | { readonly prompt: string }
  | { readonly number: number }
  | { readonly digits: string }
  | { readonly text: string };

export interface Prompts {
  /**
   * The audio files that say these things in this language, in order. What cannot be found or made is left
   * out and logged: a missing prompt never drops a call. A promise only where speech must be made first.
   */
  files(items: readonly SayItem[], language: string): readonly string[] | Promise<readonly string[]>;
  /** The files of a music class, to be played in a loop; the default class where it has none. */
  music(name: string): readonly string[];
}
