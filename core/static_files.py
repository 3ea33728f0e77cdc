"""Static files that are not in `static/`: of npm packages, and the style sheet and the scripts of all pages.

Each is one file to a browser and several to a reader of the code; what it is made of says BUNDLES.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class PackageFolder(FileSystemStorage):
    """A folder of a package, and which of its files pages use. Collecting puts them under `prefix`."""

    def __init__(self, name: str, folder: str, files: Sequence[str]) -> None:
        super().__init__(location=settings.BASE_DIR / "node_modules" / folder)
        self.prefix = f"vendor/{name}"
        self.files = files


class PackageFinder(BaseFinder):
    """`vendor/<name>/<file>` of the packages in `settings.PACKAGE_FILES`: name → (folder, files)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        self.folders = [
            PackageFolder(name, folder, files) for name, (folder, files) in settings.PACKAGE_FILES.items()
        ]

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        for folder in self.folders:
            inside = path.removeprefix(f"{folder.prefix}/")
            if inside != path and inside in folder.files and folder.exists(inside):
                return [folder.path(inside)] if find_all else folder.path(inside)
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for folder in self.folders:
            for path in folder.files:
                yield path, folder


class BundleFinder(BaseFinder):
    """Each file of `settings.BUNDLES` (path → the files it is made of), made anew when one has changed."""

    storage = FileSystemStorage(location=settings.BUNDLE_ROOT)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in settings.BUNDLES:
            return []
        bundle = str(make_bundle(path))
        return [bundle] if find_all else bundle

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in settings.BUNDLES:
            make_bundle(path)
            yield path, self.storage


def make_bundle(path: str) -> Path:
    """The bundle's file, current; several processes may make it at once."""
    parts = [settings.BASE_DIR / "static" / part for part in settings.BUNDLES[path]]
    bundle = Path(settings.BUNDLE_ROOT, path)
    if not bundle.exists() or bundle.stat().st_mtime < max(part.stat().st_mtime for part in parts):
        bundle.parent.mkdir(parents=True, exist_ok=True)
        draft = bundle.with_suffix(f".{os.getpid()}")
        joined = "\n".join(part.read_text(encoding="utf-8") for part in parts)
        # What is for readers of the code alone: comments, and how far a line stands in.
        short = re.sub(r"/\*.*?\*/\s*|^\s+", "", joined, flags=re.DOTALL | re.MULTILINE)
        draft.write_text(short, encoding="utf-8")
        draft.replace(bundle)
    return bundle
