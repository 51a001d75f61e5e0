/** What vite calls the plugin. */
export const PLUGIN_NAME = "spec-evidence";
