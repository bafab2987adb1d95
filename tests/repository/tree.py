"""Which files belong to the repository, found without git, so that a copy without its history is checked too."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every file that git would keep, by the folders and endings that .gitignore names."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    folders = {line.removesuffix("/") for line in lines if line.endswith("/")} | {"/.git"}
    endings = {line.removeprefix("*") for line in lines if line.startswith("*.")}
    waiting = [root]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            if path.is_dir():
                if not folders & {path.name, f"/{path.relative_to(root).as_posix()}"} and path.suffix not in endings:
                    waiting.append(path)
            elif path.suffix not in endings and path.name != ".git":  # a work tree of its own has a file there
                yield path


def texts(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Yield every file that is UTF-8 text, with its text; what foreign systems send comes in encodings of theirs."""
    for path in files(root):
        content = path.read_bytes()
        if b"\0" not in content:
            try:
                yield path, content.decode("latin-1" if "fixtures" in path.parts else "utf-8")
            except UnicodeDecodeError as error:
                raise AssertionError(f"{path} is neither UTF-8 text nor binary") from error
