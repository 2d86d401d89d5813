// The import rule, made from one array of floors: a room may import only from floors below its own.
// Rooms on one floor meet through interfaces that main.ts wires; a room without a floor is an error.
const floors = [
  ["shared"],
  ["config", "storage", "boards", "signalling", "media"],
  ["lines"],
  ["calls"],
  ["routing", "ivr", "acd", "recording", "voicemail", "fax", "conference", "prompts", "rehearsal"],
  ["reports", "provisioning"],
  ["web", "cli"],
  ["compose"],
];

const inRooms = (rooms) => `^src/(${rooms.join("|")})/`;
const all = floors.flat();

const upward = floors.slice(0, -1).map((rooms, floor) => ({
  name: `floor-${floor}-imports-upward`,
  comment: "A room imports only from floors below its own.",
  severity: "error",
  from: { path: inRooms(rooms) },
  to: { path: inRooms(floors.slice(floor + 1).flat()) },
}));

const sideways = {
  name: "same-floor-import",
  comment: "Rooms on one floor never import each other: main.ts wires them.",
  severity: "error",
  from: { path: inRooms(all) },
};

const sidewaysRules = floors.flatMap((rooms, floor) =>
  rooms
    .filter(() => rooms.length > 1)
    .map((room) => ({
      ...sideways,
      name: `floor-${floor}-${room}-imports-sideways`,
      from: { path: inRooms([room]) },
      // Clients of the API import its table and types.
      to: { path: inRooms(rooms.filter((other) => other !== room)), pathNot: ["^src/web/api/"] },
    })),
);

export default {
  forbidden: [
    ...upward,
    ...sidewaysRules,
    {
      name: "room-without-a-floor",
      comment: "A new room is given a floor here and in docs/design.md first.",
      severity: "error",
      from: { path: "^src/", pathNot: [`${inRooms(all)}`, "^src/main\\.ts$", "^src/ui/"] },
      to: {},
    },
    {
      name: "only-main-knows-all",
      severity: "error",
      from: { path: inRooms(all) },
      to: { path: "^src/main\\.ts$" },
    },
    {
      name: "cli-knows-the-api",
      comment: "The command knows of the server what the browser knows: the API's table and types.",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/web/", pathNot: ["^src/web/api/"] },
    },
    {
      name: "ui-knows-only-the-api",
      comment: "Browser code knows the API's types and nothing else of src/.",
      severity: "error",
      from: { path: "^src/ui/" },
      to: { path: "^src/", pathNot: ["^src/ui/", "^src/web/api/"] },
    },
    {
      name: "server-never-imports-ui",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/ui/" },
      to: { path: "^src/ui/" },
    },
    {
      name: "only-boards-and-media-touch-native",
      comment: "The addon is reached through boards/dahdi, media/ and the composition root alone.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(boards/dahdi|media)/", "^src/main\\.ts$"] },
      to: { path: "^(native|node_modules/node-dahdi)/" },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-test-in-src", severity: "error", from: { path: "^src/" }, to: { path: "^test/" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json", ".svelte"] },
  },
};
