"""Every variable that changes how the product runs is in the README."""

import re

from tests.architecture.tree import ROOT

READ = re.compile(r"""(?:env\.\w+|os\.environ\.get)\(\s*["']([A-Z_]+)["']""")


def test_every_setting_of_the_environment_is_documented():
    names = set(READ.findall((ROOT / "policystudio" / "settings.py").read_text(encoding="utf-8")))
    assert {"SECRET_KEY", "DATABASE_URL", "POLICYSTUDIO_MODE"} <= names
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = sorted(name for name in names if f"`{name}`" not in readme)
    assert not missing, "add them to the table of settings in README.md"
