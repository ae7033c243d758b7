/** Which way the arrows may point; a breach fails `npm run check`. */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "shared-imports-nobody",
      severity: "error",
      from: { path: "^shared/" },
      to: { path: "^(proxy|control|web|test)/" },
    },
    {
      name: "proxy-imports-only-shared",
      severity: "error",
      from: { path: "^proxy/" },
      to: { path: "^(control|web|test)/" },
    },
    {
      name: "control-imports-only-shared",
      severity: "error",
      from: { path: "^control/" },
      to: {
        path: "^(proxy|web|test)/",
        pathNot: "^test/system/(redis-server|mail-server|called-lists|small-png)[.]ts$",
      },
    },
    {
      name: "only-tests-use-parts-of-tests",
      severity: "error",
      from: { path: "^(shared|proxy|control|web)/", pathNot: "[.]test[.]ts$" },
      to: { path: "^test/" },
    },
    {
      name: "web-imports-only-the-client-and-shared",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^(proxy|test|control/(?!src/client/))" },
    },
    {
      // It goes to other programs: of the server it may take types, never code.
      name: "client-runs-without-the-server",
      severity: "error",
      from: { path: "^control/src/client/", pathNot: "[.]test[.]ts$" },
      to: { path: "^(control/src/(?!client/)|shared/)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "server-runs-without-the-client",
      severity: "error",
      from: { path: "^(shared|control/src/(?!client/))", pathNot: "[.]test[.]ts$" },
      to: { path: "^control/src/client/" },
    },
    {
      name: "sip-knows-only-itself",
      severity: "error",
      from: { path: "^proxy/src/sip/", pathNot: "[.]test[.]ts$" },
      to: { pathNot: "^proxy/src/sip/" },
    },
    {
      name: "policy-knows-sip-and-shared",
      severity: "error",
      from: { path: "^proxy/src/policy/", pathNot: "[.]test[.]ts$" },
      to: { pathNot: "^(proxy/src/(policy|sip)/|shared/src/|node_modules/)" },
    },
    {
      name: "policy-has-no-platform",
      severity: "error",
      from: { path: "^proxy/src/policy/", pathNot: "[.]test[.]ts$" },
      to: { dependencyTypes: ["core"], pathNot: "^buffer$" },
    },
    {
      name: "sip-and-policy-never-look-back",
      severity: "error",
      from: { path: "^proxy/src/(relay|kernel|sync)/" },
      to: { path: "^proxy/src/(main|worker|config)[.]ts$" },
    },
    {
      name: "relay-kernel-sync-are-neighbours",
      severity: "error",
      from: { path: "^proxy/src/(relay|kernel|sync)/", pathNot: "[.]test[.]ts$" },
      to: { path: "^proxy/src/(relay|kernel|sync)/", pathNot: "^proxy/src/$1/" },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: "[.]test[.]ts$" },
      to: { path: "[.]test[.]ts$" },
    },
    {
      name: "no-orphan-dependency",
      severity: "error",
      from: { pathNot: "^test/|[.]test[.]ts$" },
      // geojson is declarations only, of @types/geojson.
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown"], pathNot: "^geojson$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^control/src/client/dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ["source", "import", "node", "default"],
      exportsFields: ["exports"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
