// Starts the console: words first, then who is signed in, then the page.
import { mount } from "svelte";
import "./design/tokens.css";
import "./design/base.css";
import "./lib/theme.svelte.ts";
import App from "./App.svelte";
import { firstLanguage, setLanguage } from "./i18n/i18n.svelte.ts";
import { resumeSession } from "./lib/session.svelte.ts";

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has no #app");
await Promise.all([setLanguage(firstLanguage(), false), resumeSession()]);
mount(App, { target });
