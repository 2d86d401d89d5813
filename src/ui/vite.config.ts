// Builds the console into dist/ui. Everything comes from the box itself: no font, script or style from elsewhere.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: here,
  base: "/",
  // The server writes its nonce over this word in index.html, anew for each reply.
  html: { cspNonce: "CSP_NONCE" },
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: fileURLToPath(new URL("../../dist/ui", import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: true,
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8099", ws: true } } },
});
