"""The cache of files, with a way to get rid of what has expired."""

from django.core.cache.backends.filebased import FileBasedCache


class TidyFileCache(FileBasedCache):
    """Django deletes an expired file only when somebody asks for its key again; of a past window nobody does."""

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
