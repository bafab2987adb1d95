"""Mutants of the rule: its own source, changed in one place at a time, so that the tests show they would notice.

Every comparison is turned round, every condition joined the other way, every part of a condition left out, every member
of a set of values left out, every verdict of a row made each other verdict, every way of reading lost, every row
dropped. `python -m tests.rules.mutants` prints the list.
"""

import ast
import copy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import rapportdesk.rules

RULES = Path(rapportdesk.rules.__file__).parent
MUTATED = ("rows", "known", "visibility")
"""The modules that decide; what a consent says is `consent_state`'s, and has tests of its own."""

_OTHER: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Gt: (ast.GtE, ast.LtE),
}
_VERDICTS = ("HIDE", "VEIL", "SHOW")
_CELLS = ("reception", "clinician")
_READINGS = ("ask", "confirm", "please_dont")


@dataclass(frozen=True)
class Mutant:
    """A module of the rule with one thing changed.

    Attributes:
        name: What was changed, and where: for the list, and for whoever has to kill it.
    """

    module: str
    name: str
    tree: ast.Module


def source(module: str) -> ast.Module:
    """Return the module as it is."""
    return ast.parse((RULES / f"{module}.py").read_text(encoding="utf-8"))


def load(module: str, tree: ast.Module) -> dict[str, Any]:
    """Run a module's tree and return its names."""
    made = ModuleType(f"mutated_{module}")
    sys.modules[made.__name__] = made  # where dataclasses look for the module of their class
    try:
        exec(compile(ast.fix_missing_locations(tree), made.__name__, "exec"), made.__dict__)  # noqa: S102  # our own source
    finally:
        del sys.modules[made.__name__]
    return made.__dict__


def mutants(module: str) -> Iterator[Mutant]:
    """Return the module with each change by itself."""
    original = source(module)
    for number, node in enumerate(ast.walk(original)):
        for words, change in _changes(node):
            tree = copy.deepcopy(original)
            change(list(ast.walk(tree))[number])
            line = getattr(node, "lineno", 0)
            yield Mutant(module, f"{module}.py:{line}: {words}", tree)


Change = Callable[[Any], None]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=[operator]):
            for other in _OTHER[type(operator)]:
                words = f"{ast.unparse(node)}: {type(operator).__name__} becomes {other.__name__}"
                yield words, partial(_set, ops=[other()])
        case ast.BoolOp(values=values):
            other_join = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"{ast.unparse(node)}: joined by {other_join.__name__}", partial(_set, op=other_join())
            for place, value in enumerate(values):
                yield f"{ast.unparse(node)}: without {ast.unparse(value)}", partial(_leave_out, place=place)
        case ast.Set(elts=members) if len(members) > 1:
            for place, member in enumerate(members):
                yield f"{ast.unparse(node)}: without {ast.unparse(member)}", partial(_take_out, place=place)
        case ast.UnaryOp(op=ast.Not()):
            yield f"{ast.unparse(node)}: without its not", _affirm
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            other_name = "all" if name == "any" else "any"
            yield f"{ast.unparse(node)}: {other_name}", partial(_set, func=ast.Name(other_name, ast.Load()))
        case ast.AnnAssign(target=ast.Name(id="ROWS"), value=ast.Tuple(elts=rows)):
            for place, row in enumerate(rows):
                yield f"row dropped: {_reason(row)}", partial(_drop_row, place=place)
        case ast.Call(func=ast.Name(id="Row")):
            yield from _row_changes(node)


def _row_changes(row: ast.Call) -> Iterator[tuple[str, Change]]:
    given = {each.arg: ast.unparse(each.value) for each in row.keywords}
    for cell in _CELLS:
        for verdict in _VERDICTS:
            value = ast.parse(f"Verdict.{verdict}", mode="eval").body
            if given.get(cell, "Verdict.SHOW") != f"Verdict.{verdict}":
                words = f"row {_reason(row)}: {cell} gets {verdict}"
                yield words, partial(_give, name=cell, value=value)
    if all(given.get(cell) == "Verdict.HIDE" for cell in _CELLS):
        return  # what nobody is shown is read in no way
    for reading in _READINGS:
        is_so = given.get(reading) != "True"
        yield f"row {_reason(row)}: {reading} is {is_so}", partial(_give, name=reading, value=ast.Constant(is_so))


def _reason(row: ast.expr) -> str:
    assert isinstance(row, ast.Call)
    return next(ast.unparse(each.value) for each in row.keywords if each.arg == "reason")


def _give(row: ast.Call, name: str, value: ast.expr) -> None:
    row.keywords = [*(each for each in row.keywords if each.arg != name), ast.keyword(name, value)]


def _leave_out(joined: ast.BoolOp, place: int) -> None:
    del joined.values[place]
    joined.values *= 2 if len(joined.values) == 1 else 1  # "a and a" is what is left of "a and b"


def _take_out(members: ast.Set, place: int) -> None:
    del members.elts[place]


def _drop_row(table: ast.AnnAssign, place: int) -> None:
    assert isinstance(table.value, ast.Tuple)
    del table.value.elts[place]


def _affirm(negated: ast.UnaryOp) -> None:
    negated.op = ast.UAdd()  # "+bool(x)" is as true as x
    negated.operand = ast.Call(ast.Name("bool", ast.Load()), [negated.operand], [])


def _set(node: ast.AST, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(node, name, value)


if __name__ == "__main__":
    for each in MUTATED:
        for mutant in mutants(each):
            sys.stdout.write(f"{mutant.name}\n")
