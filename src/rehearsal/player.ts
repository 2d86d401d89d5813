// One station as the rehearsal room plays it, whatever it is made of.
import type { StreamPort } from "../media/engine.ts";
import type { Station, TrunkKind } from "./station.ts";

export interface Player {
  station(): Station;
  lift(): void;
  hangUp(): void;
  dial(digits: string, trunk: TrunkKind): void;
  press(digits: string): void;
  flash(): void;
  audio(): StreamPort | undefined;
  close(): Promise<void>;
}
