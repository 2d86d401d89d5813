// What entries of the journal have in common.

/** A party as the outside knows it. `number` is empty when withheld or unknown. */
export interface Party {
  readonly number: string;
  readonly name?: string;
}

export interface OfCall {
  readonly call: string;
}
