import { codes } from "./code.js";

export const FILE_CODES = codes({
  FILE001: {
    severity: "error",
    title: "File cannot be read",
    explanation:
      "A file that the configuration selects is gone or is no regular file, or the operating system refused to open it or to list its folder. What stands in it was not judged.",
    remedy: "Give the reading user access, or exclude the file in evidence.config.json.",
  },
  FILE002: {
    severity: "error",
    title: "File is not UTF-8",
    explanation:
      "A selected file holds bytes that are not valid UTF-8. Reading on would guess at its text, so it was left out.",
    remedy: "Save the file as UTF-8.",
  },
  FILE003: {
    severity: "error",
    title: "File or line is too large",
    explanation:
      "A specification is larger than 4 MiB, has a line longer than 100,000 characters or more than 20,000 lines. No person wrote that; it is left out so that one file cannot stall the whole run.",
    remedy: "Split the file, or exclude it in evidence.config.json.",
  },
  FILE004: {
    severity: "error",
    title: "Folder where a file belongs",
    explanation: "A folder is named like a specification file, so there is nothing to read at that path.",
    remedy: "Rename or remove the folder.",
  },
  FILE005: {
    severity: "error",
    title: "Symbolic link cannot be followed",
    explanation:
      "A symbolic link in the specification folder loops, leads nowhere, leaves the judged root or points to a folder. Links to folders are not followed, because they can loop and can leave the root.",
    remedy: "Replace the link with the file itself.",
  },
  FILE006: {
    severity: "error",
    title: "File is binary",
    explanation: "A selected file holds NUL bytes, so it is not text.",
    remedy: "Remove the file from the specification folder.",
  },
  FILE007: {
    severity: "error",
    title: "Analysis of a file broke off",
    explanation:
      "The analysis of one file failed, ran out of memory or did not end, which is a defect of this tool. Nothing of the file was judged; every other file was.",
    remedy: "Exclude the file in evidence.config.json for now, and report the defect with the file if you can.",
  },
  FILE008: {
    severity: "warning",
    title: "Submodule is not checked out",
    explanation:
      "A submodule stands where the configuration looks for specifications or results, and none of its files is there. What it holds was not judged, and a missing requirement looks like none at all.",
    remedy: "Check it out with `git submodule update --init`, or leave its folder out in evidence.config.json.",
  },
  FILE009: {
    severity: "info",
    title: "Submodule is not as recorded",
    explanation:
      "A submodule is not checked out, has another commit checked out than the repository around it records, holds uncommitted changes, or cannot be read by git. The commit that the manifest names does not tell what was read there.",
    remedy: "Nothing while working on it. Commit the submodule, and record its commit, before the result is kept.",
  },
});
