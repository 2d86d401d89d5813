import { en, type Catalogue } from "./en.ts";
export const ko: Catalogue = en;
