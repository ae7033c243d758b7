/** How the pages are built: everything from our own origin, nothing told about us, types checked by `npm run check`. */
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  transpilePackages: ["@sipprot/shared"],
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@mantine/dates", "lucide-react"] },
};

export default config;
