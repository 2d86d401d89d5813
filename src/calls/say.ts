// What can be said on a call, and who finds the audio for it.

/**
 * One thing to say. Numbers are said as a count (`12` → "twelve"), digits one by one, the rest as the language has it
 * (spoken/).
 */
export type SayItem =
  | { readonly prompt: string }
  | { readonly number: number }
  /** "third". */
  | { readonly ordinal: number }
  /** A place in a line, between the words of a sentence. */
  | { readonly place: number }
  | { readonly digits: string }
  /** `2026-01-05`, or the day that it is where the box stands. */
  | { readonly date: string }
  /** `14:05`, or the time that it is there. */
  | { readonly time: string }
  /** `12.50` of a currency by its ISO 4217 code in lower case. */
  | { readonly amount: string; readonly currency: string }
  | { readonly text: string };

export interface Prompts {
  /**
   * The audio files that say these things in this language, in order. What cannot be found or made is left
   * out and logged: a missing prompt never drops a call. By and by where speech must be made first.
   */
  files(items: readonly SayItem[], language: string): readonly string[] | AsyncIterable<string>;
  /** The files of a music class, to be played in a loop; the default class where it has none. */
  music(name: string): readonly string[];
}
