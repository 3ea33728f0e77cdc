"""How a lower app learns what it needs to know from above: the upper app registers in its `wiring.py`."""

from collections.abc import Callable, Iterator


class Hook[**P, R]:
    """A function that one app above brings while Django starts; called like any other afterwards.

    Filling it twice, or calling it empty, is a programming error and raises LookupError. Where several apps
    may answer, it is a Registry.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._function: Callable[P, R] | None = None

    def fill(self, function: Callable[P, R]) -> None:
        if self._function is not None:
            raise LookupError(f"{self.name} is filled twice.")
        self._function = function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._function is None:
            raise LookupError(f"{self.name} is not filled.")
        return self._function(*args, **kwargs)


class Registry[T]:
    """A named table, filled while Django starts and only read afterwards.

    Registering one key twice, or reading an unknown one, is a programming error and raises LookupError.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> T:
        if key in self._entries:
            raise LookupError(f"{key!r} is registered twice in {self.name}.")
        self._entries[key] = entry
        return entry

    def __getitem__(self, key: str) -> T:
        try:
            return self._entries[key]
        except KeyError:
            raise LookupError(f"{key!r} is not registered in {self.name}.") from None

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def items(self) -> Iterator[tuple[str, T]]:
        return iter(self._entries.items())

    def values(self) -> Iterator[T]:
        return iter(self._entries.values())
