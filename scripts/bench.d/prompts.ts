// What the media engine's benches play.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const speech = "/usr/share/asterisk/sounds/en_US_f_Allison";

/** Speech where it is installed; otherwise noise of the same format. */
export function prompts(folder: string): readonly string[] {
  if (existsSync(speech)) {
    return readdirSync(speech)
      .filter((file) => file.endsWith(".wav"))
      .slice(0, 200)
      .map((file) => join(speech, file));
  }
  const path = join(folder, "noise.sln");
  writeFileSync(
    path,
    Int16Array.from({ length: 80_000 }, () => (Math.random() - 0.5) * 8000),
  );
  return [path];
}
