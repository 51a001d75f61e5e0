import { PYTHON_BINDING } from "./python-binding.js";

/**
 * The program that runs Python examples: it parses them with Python's own parser, puts calls in where an expectation stands,
 * and runs them one after the other. It is told what to run on standard input and says what it sees on descriptor 3
 * (evidence/examples/record.ts).
 */
export const PYTHON_PROGRAM = `${PYTHON_BINDING}${String.raw`

class Observer:
    def __init__(self, expectations):
        self.expectations = expectations
        self.told = set()

    def tell(self, index, result, actual):
        key = (index, result == "met")
        if key not in self.told:
            self.told.add(key)
            say(say="seen", expectation=index, result=result, actual=actual)

    def at(self, line):
        say(say="at", line=line)

    def look(self, indices, value, scope):
        for index in indices:
            kind, words = self.expectations[index]["kind"], self.expectations[index]["expected"]
            if kind == "any":
                self.tell(index, "met", "")
            elif kind == "type":
                name = "None" if value is None else type(value).__name__
                self.tell(index, "met" if words in (name, type(value).__qualname__) else "unmet", name)
            elif kind == "throws":
                self.tell(index, "unmet", "no error but " + shown(value))
            else:
                self.compare(index, words, value, scope)

    def compare(self, index, words, value, scope):
        is_text = isinstance(value, str)
        try:
            code = compile(words, "expected", "eval")
        except (SyntaxError, ValueError):
            if is_text and words:
                self.tell(index, "met" if value == words else "unmet", shown(value))
            else:
                self.tell(index, "notAnExpression", shown(value))
            return
        try:
            expected = eval(code, scope[0], scope[1])
        except NameError as error:
            if is_text:
                self.tell(index, "met" if value == words else "unmet", shown(value))
            else:
                self.tell(index, "broken", one_line("NameError: %s" % error))
            return
        except BaseException as error:
            self.tell(index, "broken", one_line("%s: %s" % (type(error).__name__, error)))
            return
        if type(value).__eq__ is object.__eq__ and value is not expected and type(value) is type(expected):
            self.tell(index, "hidden", type(value).__name__)
        elif same(value, expected):
            self.tell(index, "met", "")
        else:
            actual = shown(value)
            self.tell(index, "unmet", actual + (", of another type" if actual == shown(expected) else ""))

    def threw(self, indices, error):
        for index in indices:
            words = self.expectations[index]["expected"]
            name, _, message = words.partition(":") if ":" in words else words.partition(" ")
            messages = [message.strip()]
            if len(messages[0]) > 1 and messages[0][0] == messages[0][-1] and messages[0][0] in "\"'":
                messages.append(messages[0][1:-1])
            names = [each.__name__ for each in type(error).__mro__ if each is not object]
            fits = (not name.strip() or name.strip() in names) and (not messages[0] or str(error) in messages)
            self.tell(index, "met" if fits else "unmet", one_line("%s: %s" % (type(error).__name__, error)))


SEEN = "_evidence_observer"
HELD = "_evidence_value"


class Instrument(ast.NodeTransformer):
    def __init__(self, owners, expectations):
        self.owners, self.expectations = owners, expectations

    def visit(self, node):
        indices = self.owners.get(node, [])
        self.generic_visit(node)
        if not indices:
            return node
        throwing = [i for i in indices if self.expectations[i]["kind"] == "throws"]
        value = compared(node)
        head = []
        if value is not None:
            hold = ast.NamedExpr(ast.Name(HELD, ast.Store()), value)
            if isinstance(node, ast.Expr):
                node = ast.Assign([ast.Name(HELD, ast.Store())], value)
            elif isinstance(node, ast.Return):
                head = [ast.Assign([ast.Name(HELD, ast.Store())], value)]
                node = ast.Return(ast.Name(HELD, ast.Load()))
            elif isinstance(node, ast.AugAssign):
                node, head = node, []
                tail_value = copy.deepcopy(node.target)
                tail_value.ctx = ast.Load()
                return self.wrapped(node, [], tail_value, indices, throwing)
            else:
                node.value = hold
            looked = ast.Name(HELD, ast.Load())
        else:
            looked = ast.Constant(None)
        if isinstance(node, ast.Return):
            return self.wrapped(head[0], [node], looked, indices, throwing)
        return self.wrapped(node, [], looked, indices, throwing)

    def wrapped(self, node, tail, looked, indices, throwing):
        scope = ast.parse("(globals(), locals())", mode="eval").body
        look = ast.Expr(ast.Call(ast.Attribute(ast.Name(SEEN, ast.Load()), "look", ast.Load()),
                                 [ast.List([ast.Constant(i) for i in indices], ast.Load()), looked, scope], []))
        if not throwing:
            return [node, look, *tail]
        catch = ast.parse("try:\n pass\nexcept BaseException as _evidence_error:\n %s.threw(%r, _evidence_error)\nelse:\n pass" % (SEEN, throwing)).body[0]
        catch.body = [node]
        catch.orelse = [look, *tail]
        return [catch]


def announced(body):
    marked = []
    for statement in body:
        if not (isinstance(statement, ast.ImportFrom) and statement.module == "__future__"):
            marked.append(ast.parse("%s.at(%d)" % (SEEN, statement.lineno)).body[0])
        marked.append(statement)
    return marked


def line_of(error):
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<example>"]
    return lines[-1] if lines else None


def tell_error(error, missing=None):
    say(say="threw", name=type(error).__name__, message=one_line(error), line=line_of(error), missing=missing, unhandled=False)


def missing_module(error):
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__) if "importlib" not in frame.filename]
    return error.name if isinstance(error, ModuleNotFoundError) and frames and frames[-1] == "<example>" else None


def run_one(example):
    Printed.left = 16384
    say(say="begin", example=example["index"])
    code = example["code"]
    try:
        tree = ast.parse(code)
        expectations, owners, problems = bind(tree, code)
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        line = getattr(error, "lineno", None) or 1
        message = getattr(error, "msg", None) or str(error)
        say(say="plan", expectations=[], problems=[dict(code="EX008", line=line, subject=message,
            message="Unexpected code: %s; expected Python" % message)])
        say(say="end", how="blocked", dirty=False)
        return True
    say(say="plan", expectations=expectations, problems=problems)
    tree.body = announced(tree.body)
    tree = ast.fix_missing_locations(Instrument(owners, expectations).visit(tree))
    space = {"__name__": "example", SEEN: Observer(expectations)}
    how = "finished"
    try:
        result = eval(compile(tree, "<example>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), space)
        if asyncio.iscoroutine(result):
            asyncio.run(result)
    except SystemExit as end:
        # At once: a thread that was left behind would keep the process.
        os._exit(end.code if isinstance(end.code, int) else 0 if end.code is None else 1)
    except BaseException as error:
        how = "threw"
        missing = missing_module(error)
        if missing is not None:
            say(say="threw", name="ModuleNotFoundError", message=one_line(error), line=line_of(error), missing=missing, unhandled=False)
        else:
            tell_error(error)
    os.chdir(folder)
    dirty = any(not each.daemon for each in threading.enumerate() if each is not threading.main_thread())
    say(say="end", how=how, dirty=dirty)
    return not dirty


folder = os.getcwd()
sys.path.insert(0, folder)
sys.stdout = sys.stderr = Printed()
say(say="ready", version=sys.version.split()[0])
for example in job["examples"]:
    if not run_one(example):
        break
`}`;
