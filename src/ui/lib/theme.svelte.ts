// Light, dark, or as the system has it; kept in this browser.
export type Theme = "system" | "light" | "dark";
const key = "callbox.theme";
const themes: readonly Theme[] = ["system", "light", "dark"];

const kept = localStorage.getItem(key);
export const theme = $state({ choice: themes.find((one) => one === kept) ?? "system" });

export function setTheme(choice: Theme): void {
  theme.choice = choice;
  localStorage.setItem(key, choice);
  if (choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
}

setTheme(theme.choice);
