// The engine under the thread sanitizer.
import t from "tap";
import { runSanitized } from "./sanitize.ts";

t.test("data races", { timeout: 600_000 }, (t) => runSanitized(t, "thread"));
