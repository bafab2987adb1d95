"""A power cut at any moment of what people do at the desk: there whole, or not at all, and there once it was said."""

import random
import shutil

from tests.faults.deeds import Place, ready
from tests.faults.failing_io import Outcome, Stage
from tests.faults.preload import Disk
from tests.faults.recording import PowerCuts, read_log
from tests.faults.writer import lay


def cut_power(stage: Stage, seed: int, most: int, outcome: Outcome) -> None:
    """Do the deed once, from before the vault is opened until it is closed, and cut the power so many times.

    The password store is no part of this disk: it holds what it held in the end, which is never less.
    """
    place, log = stage.fresh(), stage.scratch / "log"
    before = {path.name: path.read_bytes() for path in place.disk.iterdir()}
    disk = Disk(place.disk)
    with disk.recording(log), ready(stage.deed, place) as act:
        disk.mark("ready")
        act()
        disk.mark("done")
    events, chance = read_log(log), random.Random(seed)
    after = Place(root=stage.scratch / "after", code=place.code)
    shutil.rmtree(after.root, ignore_errors=True)
    shutil.copytree(place.root, after.root)
    cuts = PowerCuts(before, events, place.disk)
    for moment in sorted(chance.randrange(len(events) + 1) for _cut in range(most)):
        cuts.go_on(moment)
        lay(cuts.image(chance), after.disk)
        shutil.rmtree(after.root / "keys")  # looking at the last one took former keys out
        shutil.copytree(place.root / "keys", after.root / "keys")
        outcome.runs += 1
        done = "done" in cuts.marks
        stage.look(after, f"{stage.deed.name}, cut after request {moment}", outcome, acknowledged=done)
