// The engine under the thread sanitizer.
import t from "tap";
import { runSanitized } from "./sanitize.ts";

// Compiling on a busy machine takes minutes.
t.setTimeout(600_000);

t.test("data races", (t) => runSanitized(t, "thread"));
