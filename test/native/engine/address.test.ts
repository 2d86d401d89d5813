// The engine under the address and undefined-behaviour sanitizers.
import t from "tap";
import { runSanitized } from "./sanitize.ts";

// Compiling on a busy machine takes minutes.
t.setTimeout(600_000);

t.test("address and undefined behaviour", (t) => runSanitized(t, "address,undefined"));
