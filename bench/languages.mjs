/**
 * The languages of the generated source files. `$A`, `$B` stand for names, `$N` for a number. `share` is the part of the
 * files; `comment` opens a line comment.
 */
const BRACES = {
  ts: [
    `export function $A(rows: readonly Row[], limit = $N): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows.slice(0, limit)) {
    const key = \`\${row.owner}/\${row.state["$B"] ?? "none"}\`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}
`,
    `/** Waits for $A, at most $N ms; the caller decides what a timeout means. */
export async function waitFor$B(signal: AbortSignal): Promise<boolean> {
  const pattern = /^[A-Z]{2,}\\/(?<rest>[^"'\\]]+)$/u;
  if (!pattern.test("$A")) throw new RangeError(\`unexpected \${"$B"}\`);
  // The first answer wins: later ones are dropped on purpose.
  return await Promise.race([sleep($N, signal), ready("$A")]);
}
`,
    `const $A$B = { retries: $N, "content-type": "text/plain", path: ["/v1", "/$A", "/$B"] } as const;
`,
  ],
  java: [
    `    public List<$B> $A(Map<String, $B> rows, int limit) {
        List<$B> found = new ArrayList<>();
        for (Map.Entry<String, $B> row : rows.entrySet()) {
            if (row.getValue() != null && found.size() < limit) {
                found.add(row.getValue()); // at most $N, see the journal
            }
        }
        return found;
    }
`,
    `    /** Text of $A, quoted: {@code "$B"}. */
    private static final String $A = "select \\"$B\\" from $A where id = ? limit $N";
    private final char[] marks = {'[', ']', '"', '\\''};
`,
  ],
  go: [
    `// $A returns the rows of $B in order; nil when there are none.
func $A(ctx context.Context, rows []Row, limit int) ([]Row, error) {
	found := make([]Row, 0, $N)
	for i, row := range rows {
		if i >= limit || row.Labels["$B"] == "" {
			continue
		}
		found = append(found, rows[i])
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no %q in %d rows", "$A", len(rows))
	}
	return found, nil
}
`,
    "var query$A = `\nselect a, b[1]\nfrom $B -- not a comment of Go\nwhere n < $N\n`\n",
  ],
  rs: [
    `/// Splits $A at the first byte that is none of \`$B\`.
pub fn $A<'a>(input: &'a [u8], limit: usize) -> Result<&'a [u8], Error> {
    let end = input.iter().take(limit.min($N)).position(|b| !b"[]'\\"".contains(b));
    match end {
        Some(0) | None => Err(Error::Empty("$B")),
        Some(at) => Ok(&input[..at]),
    }
}
`,
    `#[derive(Debug, Clone)]
pub struct $A { pub $B: [u8; $N], note: &'static str } /* one /* nested */ comment */
const RAW_$A: &str = r#"a "quoted" [thing]"#;
`,
  ],
  c: [
    `/* Copies $A; returns the number of bytes, at most $N. */
static size_t $A(char *to, const char *from, size_t n)
{
    size_t i;
    for (i = 0; i < n && i < $N && from[i] != '\\0'; i++)
        to[i] = from[i] == '"' ? '\\'' : from[i];
    return i;
}
`,
    `#define $A_MAX $N
static const char *$A_names[] = { "$B", "a \\"b\\"", "//no comment" };
`,
  ],
};

const INDENTED = {
  py: [
    `def $A(rows: dict[str, list[int]], limit: int = $N) -> list[int]:
    """Values of $B, at most \`limit\`; raises KeyError without any."""
    found = [value for row in rows["$B"] for value in (row, row + 1)]  # both ends
    return sorted(found)[:limit]


`,
    `$A_SQL = '''select "$B" from $A where name = '# no comment' limit $N'''
$A_PATTERN = re.compile(r"[A-Z]+[\\"']?#\\d{$N}")


`,
  ],
  rb: [
    `def $A(rows, limit = $N)
  # At most the limit, newest first.
  rows.fetch("$B").select { |row| row[:state] != "done # not yet" }.first(limit)
end

`,
  ],
  sh: [
    `# $A: keep $N files of $B
$A() {
  local keep=\${1:-$N}
  find "\${ROOT}/$B" -type f | sort -r | tail -n "+\${keep}" | while read -r path; do rm -- "$path"; done
}
`,
  ],
  sql: [
    `-- $A of $B
CREATE TABLE $A_$N (id bigint PRIMARY KEY, "$B" text[] NOT NULL DEFAULT '{}', note text CHECK (note <> '-- none'));
CREATE INDEX ON $A_$N USING gin ("$B"); /* both ways */
`,
  ],
  yaml: [
    `- name: $A-$N
  image: "registry/$B:$N" # pinned
  args: ["--limit", "$N", "--label=$B"]
  env: { MODE: '$A', NOTE: "it's # no comment" }
`,
  ],
};

const SLASHES = "//";

export const LANGUAGES = [
  { extension: "ts", share: 0.3, comment: SLASHES, snippets: BRACES.ts },
  { extension: "java", share: 0.15, comment: SLASHES, snippets: BRACES.java, open: "class Part {\n", close: "}\n" },
  { extension: "py", share: 0.15, comment: "#", snippets: INDENTED.py },
  { extension: "go", share: 0.12, comment: SLASHES, snippets: BRACES.go, open: "package part\n\n" },
  { extension: "rs", share: 0.1, comment: SLASHES, snippets: BRACES.rs },
  { extension: "c", share: 0.08, comment: SLASHES, snippets: BRACES.c },
  { extension: "rb", share: 0.04, comment: "#", snippets: INDENTED.rb },
  { extension: "sh", share: 0.02, comment: "#", snippets: INDENTED.sh },
  { extension: "sql", share: 0.02, comment: "--", snippets: INDENTED.sql },
  { extension: "yaml", share: 0.02, comment: "#", snippets: INDENTED.yaml },
];
