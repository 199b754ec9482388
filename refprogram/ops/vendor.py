"""Copy the few front-end files that pages use out of node_modules into static_vendor/vendor/ (git-ignored).

Pages never reach into node_modules: it holds thousands of files, and the manifest storage follows every
`sourceMappingURL` in them to a file that is not served and then refuses to collect.
"""

import re
import shutil
from pathlib import Path

from refprogram.ops.places import BASE_DIR

NODE_MODULES = BASE_DIR / "node_modules"
TARGET = BASE_DIR / "static_vendor" / "vendor"

TEXT_FILES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "chart.umd.js": "chart.js/dist/chart.umd.min.js",
    "tom-select.complete.min.js": "tom-select/dist/js/tom-select.complete.min.js",
    "tom-select.bootstrap5.min.css": "tom-select/dist/css/tom-select.bootstrap5.min.css",
}
BINARY_FILES = {
    "inter-latin-opsz-normal.woff2": "@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2",
    "inter-latin-ext-opsz-normal.woff2": "@fontsource-variable/inter/files/inter-latin-ext-opsz-normal.woff2",
    # For what is typeset (kernel/typesetting.py): no browser reads these.
    "inter-400.ttf": "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
    "inter-600.ttf": "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    "inter-700.ttf": "@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf",
}
SOURCE_MAP = re.compile(r"(/\*|//)[#@] sourceMappingURL=\S+( \*/)?")


def vendor(node_modules: Path = NODE_MODULES, target: Path = TARGET) -> list[Path]:
    """Copy every file, replacing what lay there, and return the copies."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, source in TEXT_FILES.items():
        text = (node_modules / source).read_text(encoding="utf-8")
        (fresh / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
    for name, source in BINARY_FILES.items():
        shutil.copyfile(node_modules / source, fresh / name)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return sorted(target.iterdir())


if __name__ == "__main__":
    vendor()
