"""The cache of files where several processes and threads write to it at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from stadterneuerung.base.file_cache import TidyFileCache

COMERS = 4


def test_of_all_who_add_at_once_one_is_first(tmp_path):
    cache = TidyFileCache(tmp_path, {})
    barrier = Barrier(COMERS)

    def come(number: int, turn: int) -> bool:
        barrier.wait()
        return cache.add(f"turn-{turn}", number, timeout=60)

    with ThreadPoolExecutor(COMERS) as pool:
        turns = [list(pool.map(come, range(COMERS), [turn] * COMERS)) for turn in range(50)]

    assert [turn.count(True) for turn in turns] == [1] * 50
    assert [cache.get(f"turn-{number}") for number in range(50)] == [turn.index(True) for turn in turns]


def test_what_has_expired_may_be_added_again(tmp_path):
    cache = TidyFileCache(tmp_path, {})
    cache.set("past", "old", timeout=-1)

    assert (cache.add("past", "new", timeout=60), cache.add("past", "newer", timeout=60)) == (True, False)
    assert cache.get("past") == "new"


def test_deleting_what_has_expired_leaves_all_else(tmp_path):
    cache = TidyFileCache(tmp_path, {})
    cache.set("past", 1, timeout=-1)
    cache.add("present", 1, timeout=60)

    assert (cache.delete_expired(), cache.delete_expired()) == (1, 0)
    assert cache.get("present") == 1
