/** How the pages are built: everything from our own origin, nothing told about us, types checked by `npm run check`. */
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  transpilePackages: ["@sipprot/shared", "@sipprot/client"],
  typescript: { ignoreBuildErrors: true },
  // Texts are compiled on the server: the browser needs no message parser.
  turbopack: { resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  experimental: {
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@mantine/dates", "@mantine/notifications"],
  },
};

export default config;
