// The cards behind the spans, from a tree like the driver's own under /sys.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import t from "tap";
import { readCards } from "../../../src/boards/dahdi/cards.ts";

t.test("what they are called by, and which of their spans has which number", (t) => {
  const root = mkdtempSync(join(tmpdir(), "callbox-sys-"));
  t.teardown(() => rmSync(root, { recursive: true }));
  const files: Readonly<Record<string, string>> = {
    "devices/pci:2/hardware_id": "\n",
    "devices/pci:2/location": "PCI Bus 05 Slot 06\n",
    "devices/pci:2/manufacturer": "Digium\n",
    "devices/pci:2/type": "TE220\n",
    "devices/pci:2/spantype": "1:E1\n2:E1\n",
    "devices/pci:2/span-5/local_spanno": "2\n",
    "devices/pci:2/span-5/basechan": "63\n",
    "devices/usb:1/hardware_id": "usb:X1\n",
    "devices/usb:1/dahdi_spantype": "1:BRI_NT\nodd\n",
    "devices/usb:1/span-1/local_spanno": "1\n",
    "devices/usb:1/span-1/basechan": "1\n",
    "devices/nothing/uevent": "",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  mkdirSync(join(root, "bus"));
  for (const name of ["pci:2", "usb:1", "nothing", "gone"])
    symlinkSync(join(root, "devices", name), join(root, "bus", name));
  t.strictSame(readCards(join(root, "bus")), [
    {
      path: join(root, "devices/usb:1"),
      hardwareId: "usb:X1",
      location: "",
      model: "",
      spans: [{ local: 1, type: "BRI_NT", number: 1, firstChannel: 1 }],
    },
    {
      path: join(root, "devices/pci:2"),
      hardwareId: "",
      location: "PCI Bus 05 Slot 06",
      model: "Digium TE220",
      spans: [
        { local: 1, type: "E1" },
        { local: 2, type: "E1", number: 5, firstChannel: 63 },
      ],
    },
  ]);
  t.strictSame(readCards(join(root, "none")), [], "without the driver");
  t.end();
});
