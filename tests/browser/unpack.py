"""Unpack the Chromium that the npm package carries, with the libraries and fonts a bare machine lacks."""

import io
import sys
import tarfile
from pathlib import Path

import brotli

PACKED = Path(__file__).parent / "node_modules" / "@sparticuz" / "chromium" / "bin"
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Debian 12's Python has no filter
FONTS = """<fontconfig>
  <dir>/usr/share/fonts</dir><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def unpack(folder: Path) -> None:
    """Write the program, its libraries and a font configuration into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((PACKED / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023", "swiftshader", "fonts"):
        packed = brotli.decompress((PACKED / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(folder, **SAFELY)
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder))


if __name__ == "__main__":
    unpack(Path(sys.argv[1]).resolve())
