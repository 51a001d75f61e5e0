import { codes } from "./code.js";

export const ALLOY_ENGINE_CODES = codes({
  ALLOY101: {
    severity: "warning",
    title: "Alloy is not available",
    explanation:
      "There are Alloy models, and no jar of Alloy to run them with: none is configured, in ALLOY_JAR, behind an `alloy` on the PATH, in the cache or in the local Maven repository, and none could be obtained. The models were not run, so they are evidence for nothing.",
    remedy:
      "Run `evidence alloy --install`, which obtains Alloy through Maven (`mvn` has to be on the PATH), or get Alloy 6.2.0 yourself and name its jar under `alloy.jar` in the configuration or in ALLOY_JAR.",
  },
  ALLOY102: {
    severity: "warning",
    title: "Jar of Alloy is not a known one",
    explanation:
      "A jar is run with all rights of the person who runs it, and what it answers is taken for evidence. So only the published jars of Alloy 6.2.0 are run, which are told by their SHA-256. This one is another, damaged or changed. The models were not run.",
    remedy:
      "Run `evidence alloy --install` for a known one. If this jar is the one that is meant, allow it by its SHA-256 under `alloy.digest` in the configuration.",
    example: '"alloy": { "jar": "tools/alloy.jar", "digest": "6b8c…ed78d" }',
  },
  ALLOY103: {
    severity: "warning",
    title: "Alloy cannot be run",
    explanation:
      "Alloy is a Java program, and Java is not there, is older than 17, or does not start. The models were not run, so they are evidence for nothing.",
    remedy:
      "Install Java 17 or later, for example `apt-get install default-jre-headless`, or set JAVA_HOME. `evidence doctor` shows what was found.",
  },
});
