import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import sidebar from "./sidebar.json" with { type: "json" };

export default defineConfig({ cacheDir: "./.cache", integrations: [starlight({ title: "Disc Guide", sidebar })] });
