/** First part of the program that runs Python examples: how it talks, and which statement an expectation is about. */
export const PYTHON_BINDING = String.raw`"""Runs the Python examples of one specification. Told what to run on standard input, says what it sees on descriptor 3."""
import ast, asyncio, collections, copy, dataclasses, decimal, io, json, os, sys, threading, tokenize, traceback

job = json.loads(sys.stdin.read())
channel = os.dup(3)
os.close(3)


def say(**record):
    data = (job["nonce"] + " " + json.dumps(record) + "\n").encode("utf-8", "replace")
    while data:
        data = data[os.write(channel, data):]


def one_line(text):
    text = " ".join(str(text).split("\n"))
    return text if len(text) <= 300 else text[:300] + "…"


def shown(value):
    try:
        return one_line(repr(value))
    except BaseException as error:
        return "a value that cannot be shown (%s)" % type(error).__name__


def same(a, b, met=None):
    """Equal as a whole: of one type, with NaN like itself, the sign of zero and the digits of a decimal counting."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return (a != a and b != b) or (a == b and str(a) == str(b))
    if isinstance(a, decimal.Decimal):
        return a.as_tuple() == b.as_tuple()
    met = {} if met is None else met
    # Under way already, or found equal: a cycle is equal unless something else differs. What was met is kept alive, since
    # another value may get the number of one that is gone.
    if (id(a), id(b)) in met:
        return True
    if isinstance(a, (list, tuple)):
        met[id(a), id(b)] = (a, b)
        return len(a) == len(b) and all(same(x, y, met) for x, y in zip(a, b))
    if isinstance(a, dict):
        met[id(a), id(b)] = (a, b)
        if isinstance(a, collections.OrderedDict) and list(a) != list(b):
            return False
        return same_members(a, b, met) and all(same(a[key], b[key], met) for key in a)
    if isinstance(a, (set, frozenset)):
        met[id(a), id(b)] = (a, b)
        return same_members(a, b, met)
    if has_generated_equality(type(a)):
        met[id(a), id(b)] = (a, b)
        names = [field.name for field in dataclasses.fields(a) if field.compare]
        return all(same(getattr(a, name), getattr(b, name), met) for name in names)
    return bool(a == b)


def same_members(a, b, met):
    """Of sets, and keys: 1, 1.0 and True are one for Python, and so are (1,) and (1.0,)."""
    others = {each: each for each in b}
    return len(a) == len(b) and all(each in others and same(each, others[each], met) for each in a)


def has_generated_equality(kind):
    """Whether a data class compares by its fields, and has no comparison of its own."""
    parameters = getattr(kind, "__dataclass_params__", None)
    code = getattr(kind.__eq__, "__code__", None)
    return parameters is not None and parameters.eq and code is not None and code.co_filename == "<string>"


class Printed(io.TextIOBase):
    left = 0

    def writable(self):
        return True

    def write(self, text):
        kept = text[: Printed.left]
        Printed.left -= len(kept)
        if kept:
            say(say="printed", text=kept)
        return len(text)


def comments_of(code):
    found = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            found.append((token.start, token.string))
    return found


def read_comment(text):
    if text[1:].strip() == "*" and text.startswith("#*"):
        return ("any", "")
    rest = text[1:].lstrip(" \t")
    if not rest.startswith("=>"):
        return None
    rest = rest[2:].strip()
    for kind in ("type", "throws"):
        if rest == kind or rest.startswith(kind + " "):
            return (kind, rest[len(kind):].strip())
    return ("value", rest)


CONSTANT = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Compare, ast.BoolOp, ast.List, ast.Tuple, ast.Dict, ast.Set,
            ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context)


def why_hollow(value, expected):
    if value is None:
        return None
    if all(isinstance(node, CONSTANT) for node in ast.walk(value)):
        return "it compares constants"
    try:
        if ast.dump(ast.parse(expected, mode="eval").body) == ast.dump(value):
            return "it compares an expression with itself"
    except (SyntaxError, ValueError):
        pass
    return None


def compared(node):
    if isinstance(node, (ast.Expr, ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign)):
        return node.value
    return None


def bind(tree, code):
    """Gives each expectation the last statement that ends before it with nothing but blank space and comments between."""
    lines = code.split("\n")
    statements = sorted((node for node in ast.walk(tree) if isinstance(node, ast.stmt)),
                        key=lambda node: (node.end_lineno, node.end_col_offset, node.lineno, node.col_offset))
    comments = comments_of(code)
    expectations, owners, problems = [], {}, []
    for (line, column), text in comments:
        read = read_comment(text)
        if read is None:
            if text.startswith(("#->", "#-->", "#==>", "#→", "# ->", "# →")):
                problems.append(dict(code="EX014", line=line, subject=text,
                                     message="Unexpected comment '%s', expected '#=> value' if it is to be compared" % text))
            continue
        offset = len(lines[line - 1][:column].encode("utf-8"))
        before = [s for s in statements if (s.end_lineno, s.end_col_offset) <= (line, offset)]
        owner = before[-1] if before else None
        if owner is not None:
            between = [lines[at].split("#")[0] if at + 1 > owner.end_lineno else
                       lines[at].encode("utf-8")[owner.end_col_offset:].decode("utf-8") for at in range(owner.end_lineno - 1, line - 1)]
            last = lines[line - 1][:column]
            if line == owner.end_lineno:
                last = last.encode("utf-8")[owner.end_col_offset:].decode("utf-8")
            rest = "".join(part.split("#")[0] for part in between) + last
            if rest.strip().strip(";") != "":
                owner = None
        kind, expected = read
        if owner is None or (kind in ("value", "type") and compared(owner) is None):
            where = "inside a statement or before the first one" if owner is None else "behind a statement without a value"
            problems.append(dict(code="EX006", line=line, subject=text,
                                 message="Unexpected expectation '%s' %s, expected it behind the end of an expression or assignment" % (text, where)))
            continue
        owners.setdefault(owner, []).append(len(expectations))
        value = None if isinstance(owner, ast.AugAssign) else compared(owner)
        hollow = "it throws what it says" if isinstance(owner, ast.Raise) else why_hollow(value, expected)
        expectations.append(dict(kind=kind, expected=expected, line=line, cannotFail=hollow))
    return expectations, owners, problems
`;
