import { codes } from "./code.js";

export const SPEC_CODES = codes({
  SPEC001: {
    severity: "error",
    title: "Fence is never closed",
    explanation:
      "A fenced block runs to the end of the file or of its list item. Everything behind its opening is text: headings and tags in it do not count, so requirements may be missing.",
    remedy: "Close the fence with a line of at least as many of the same characters.",
  },
  SPEC002: {
    severity: "error",
    title: "Requirement has no tag",
    explanation:
      "Evidence is linked by tag. A requirement without one cannot be judged and would silently be left out.",
    remedy: "Put a tag in brackets at the end of the heading: `### Requirement: Title [AREA-NAME]`.",
  },
  SPEC003: {
    severity: "warning",
    title: "Scenario has no tag",
    explanation: "Evidence is linked by tag. A scenario without one is read but gets no verdict of its own.",
    remedy: "Put a tag in brackets at the end of the heading: `#### Scenario: Title [AREA-NAME-CASE]`.",
  },
  SPEC004: {
    severity: "error",
    title: "Scenario stands outside a requirement",
    explanation:
      "A scenario belongs to the requirement above it. This one has none, so it inherits no priority and no needs.",
    remedy: "Move it below a `### Requirement:` heading.",
  },
  SPEC005: {
    severity: "error",
    title: "Requirement heading stands twice",
    explanation:
      "Two requirements of one file have the same heading text, which is OpenSpec's identity of a requirement: archiving a change would refuse or hit the wrong one.",
    remedy: "Give one of them another title.",
  },
  SPEC006: {
    severity: "error",
    title: "Requirement says nothing",
    explanation:
      "A requirement or scenario has a heading and no normative text, so there is nothing that evidence could support.",
    remedy: "Write its sentence below the heading.",
  },
  SPEC007: {
    severity: "warning",
    title: "Specification holds no requirement",
    explanation:
      "The file is in the place of a specification and no `### Requirement:` heading was found below `## Requirements`.",
    remedy: "Add requirements, or remove the file.",
  },
  SPEC008: {
    severity: "warning",
    title: "Evidence entry cannot be read",
    explanation: "A line of an Evidence section is not of the form `- Label: link, link` or `- Example:` with a fence.",
    remedy: "Write it as `- Test: [file.ts:12 title](/path/file.ts#L12)`.",
  },
  SPEC009: {
    severity: "warning",
    title: "Evidence section is empty",
    explanation: "An Evidence heading has no entry below it.",
    remedy: "Add entries or remove the heading.",
  },
  SPEC010: {
    severity: "warning",
    title: "Frontmatter cannot be read",
    explanation: "The block between `---` lines at the start of the file is not closed or is not simple YAML.",
    remedy: "Mend it or remove it.",
  },
  SPEC011: {
    severity: "warning",
    title: "Requirement stands outside the Requirements section",
    explanation:
      "OpenSpec reads requirements only below `## Requirements`; this one would be lost when a change is archived.",
    remedy: "Move it below `## Requirements`.",
  },
  SPEC012: {
    severity: "error",
    title: "Comment is never closed",
    explanation:
      "An HTML comment runs to the end of the file. Everything behind its opening is text: headings and tags in it do not count, so requirements may be missing.",
    remedy: "Close the comment with `-->`.",
  },
  SPEC013: {
    severity: "warning",
    title: "OpenSpec and markdown read a heading differently",
    explanation:
      "OpenSpec reads a file line by line, markdown reads blocks. Here a line is a requirement heading to one of them only: a commented-out or deeply indented one that OpenSpec still reads, or an indented or underlined one that it does not. Verdicts follow markdown, archiving follows OpenSpec.",
    remedy: "Write headings at the start of a line, and indent what is no heading.",
  },
  SPEC014: {
    severity: "error",
    title: "Requirement or scenario heading is malformed",
    explanation:
      "A heading says `Requirement:` or `Scenario:` and is none: it has another level, no title, or no blank behind its signs. What stands below it would silently be left out.",
    remedy: "Write `### Requirement: Title [AREA-NAME]` and `#### Scenario: Title [AREA-NAME-CASE]`.",
  },
  SPEC015: {
    severity: "warning",
    title: "Evidence section belongs to nothing",
    explanation: "An Evidence section stands outside every requirement and scenario, so its entries support nothing.",
    remedy: "Move it into the requirement or scenario it is about.",
  },
  SPEC016: {
    severity: "error",
    title: "Lists or quotes are nested too deeply",
    explanation:
      "A line opens more than 50 lists or quotes one in another, or one behind column 200. What is nested deeper was read as text, so that one line cannot stall the whole run.",
    remedy: "Flatten the nesting.",
  },
  SPEC020: {
    severity: "error",
    title: "Change misspells the requirement it removes",
    explanation:
      "A REMOVED entry names a heading that the main specification has with another case or spacing; OpenSpec refuses to archive the change.",
    remedy: "Copy the heading from the main specification, tag included.",
  },
  SPEC021: {
    severity: "error",
    title: "Change modifies a requirement that is not there",
    explanation:
      "A MODIFIED entry names a heading that the main specification does not have; OpenSpec refuses to archive the change.",
    remedy: "Copy the heading from the main specification, or rename it under RENAMED first.",
  },
  SPEC022: {
    severity: "error",
    title: "Change adds a requirement that is already there",
    explanation:
      "An ADDED entry names a heading that the main specification has; OpenSpec refuses to archive the change.",
    remedy: "Use MODIFIED, or choose another title.",
  },
  SPEC023: {
    severity: "error",
    title: "Change renames a requirement that is not there",
    explanation:
      "The FROM heading of a RENAMED entry is not in the main specification; OpenSpec refuses to archive the change.",
    remedy: "Copy the heading from the main specification.",
  },
  SPEC024: {
    severity: "error",
    title: "Change renames onto an existing requirement",
    explanation: "The TO heading of a RENAMED entry is already taken; OpenSpec refuses to archive the change.",
    remedy: "Choose another title.",
  },
  SPEC025: {
    severity: "error",
    title: "Change names one requirement in conflicting operations",
    explanation:
      "One heading stands in two operations of a change that cannot both be carried out; OpenSpec refuses to archive the change.",
    remedy: "Keep one of the operations.",
  },
  SPEC026: {
    severity: "error",
    title: "Change to a capability that does not exist",
    explanation: "For a capability without a main specification a change can only add requirements.",
    remedy: "Use ADDED, or name the right capability folder.",
  },
  SPEC027: {
    severity: "error",
    title: "Change holds no operation",
    explanation:
      "A delta specification has no `## ADDED|MODIFIED|REMOVED|RENAMED Requirements` section with an entry, so it changes nothing; OpenSpec refuses to archive the change.",
    remedy: "Add the section, or remove the file.",
  },
  SPEC028: {
    severity: "error",
    title: "Modified requirement drops a scenario",
    explanation:
      "A MODIFIED entry replaces the whole requirement, and it lacks a level-4 heading that the requirement has now; OpenSpec refuses to archive the change rather than lose a scenario. It compares the whole heading, tag included.",
    remedy: "Copy the scenario into the entry with its heading unchanged.",
  },
  SPEC029: {
    severity: "warning",
    title: "Entry of a change is not read",
    explanation:
      "A level-3 heading in a section of a change is no entry of it. OpenSpec skips it, or takes it for a part of the requirement above.",
    remedy: "Write `### Requirement: Title [TAG]`, or under RENAMED a `FROM:` and a `TO:` line.",
  },
  SPEC030: {
    severity: "warning",
    title: "Removal does not name the tag",
    explanation:
      "OpenSpec removes by heading, tag included. This removal names only the title or only the tag of a requirement, so archiving the change removes nothing and reports success.",
    remedy: "Copy the whole heading, tag included.",
  },
  SPEC031: {
    severity: "warning",
    title: "Modified requirement has another heading than its tag",
    explanation:
      "The tag of this MODIFIED entry belongs to a requirement with another heading: by heading it is one requirement, by tag another.",
    remedy: "Rename the heading under RENAMED, or correct the tag.",
  },
  SPEC032: {
    severity: "warning",
    title: "Rename changes the tag",
    explanation:
      "A RENAMED entry gives the requirement another tag, so all its evidence is left without a requirement.",
    remedy: "Keep the tag, or move the references in tests and code with it.",
  },
  SPEC033: {
    severity: "error",
    title: "Tag is used again for another requirement",
    explanation:
      "An added requirement carries a tag that the main specifications define, so old evidence would count for new text.",
    remedy: "Choose a new tag.",
  },
  SPEC034: {
    severity: "warning",
    title: "Modified requirement loses its tag",
    explanation:
      "By heading this is an existing requirement, and the entry drops or replaces the tag of the requirement or of a scenario that it restates.",
    remedy: "Restore the tag, or remove the scenario on purpose and say so.",
  },
  SPEC035: {
    severity: "warning",
    title: "Removal has nothing to remove",
    explanation:
      "A REMOVED entry names a requirement that the main specification does not have. OpenSpec takes it as removed already.",
    remedy: "If it is removed already, drop the entry; else copy the heading from the main specification.",
  },
  SPEC036: {
    severity: "error",
    title: "Rename has one side only",
    explanation:
      "A `FROM:` line of a RENAMED section has no `TO:` line behind it, or the reverse; OpenSpec refuses to archive the change.",
    remedy: "Write each rename as a `FROM:` line followed by its `TO:` line.",
  },
  SPEC037: {
    severity: "error",
    title: "Main specification cannot take a change",
    explanation:
      "The main specification holds a section heading of a change, a requirement outside `## Requirements`, or one heading twice; OpenSpec refuses to merge any change into it.",
    remedy: "Mend the main specification first.",
  },
  SPEC038: {
    severity: "error",
    title: "Merged specification is not valid to OpenSpec",
    explanation:
      "OpenSpec can merge the change and then refuses to archive it, because an entry or the merged specification fails its validation: no Purpose, no requirement left, a requirement without text or without a scenario.",
    remedy:
      "Complete the specification. A capability whose last requirement goes is retired with `retire_capabilities: true` in the change's .openspec.yaml.",
  },
  SPEC039: {
    severity: "warning",
    title: "Merge drops a section that is no part of the requirement",
    explanation:
      "To OpenSpec a requirement runs to the next `### Requirement:` heading. A section under another heading stands in between, and removing or replacing the requirement above deletes it.",
    remedy: "Repeat the section at the end of the MODIFIED entry, or move it above `## Requirements`.",
  },
});
