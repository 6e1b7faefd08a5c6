"""The cache of files, with a way to get rid of what has expired, and with one winner where several add the same."""

import os

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class TidyFileCache(FileBasedCache):
    """Django deletes an expired file only when somebody asks for its key again; of a past window nobody does."""

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        """Set what is not there and return whether that was done: of all threads and processes, by one.

        Django looks first and writes then. A lock rather than a link to a file already written: two who both find an
        expired entry would else delete the new one of each other.
        """
        self._createdir()
        with open(os.path.join(self._dir, "add.lock"), "ab") as file:
            locks.lock(file, locks.LOCK_EX)  # until it is closed
            return super().add(key, value, timeout, version)

    def delete_expired(self) -> int:
        """Delete the files of all expired entries and return how many there were."""
        deleted = 0
        for name in self._list_cache_files():
            try:
                with open(name, "rb") as file:
                    deleted += self._is_expired(file)  # deletes the file
            except FileNotFoundError:  # another process was quicker
                continue
        return deleted


def delete_expired(cache) -> int:
    """Delete what has expired in `cache`; those that are no folder of files do so by themselves."""
    return cache.delete_expired() if hasattr(cache, "delete_expired") else 0
