import { en, type Catalogue } from "./en.ts";
export const zh: Catalogue = en;
