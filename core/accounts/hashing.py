"""Password hashes by streamlit-authenticator's Hasher (bcrypt)."""

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.accounts.passwords import MOST_BYTES


class BcryptHasher:
    """The Hasher behind our port. One hash takes about a quarter of a second."""

    def hash(self, password: str) -> str:
        """A new salted hash."""
        made: str = _hasher().hash(password)
        return made

    def matches(self, password: str, password_hash: str) -> bool:
        """Whether the password made this hash; one of more than 72 bytes never did."""
        fits = len(password.encode()) <= MOST_BYTES
        # An overlong try must take as long as any other wrong one.
        same: bool = _hasher().check_pw(password if fits else "", password_hash)
        return fits and same


@lru_cache(maxsize=1)
def _hasher() -> Any:
    """The Hasher class, loaded from its own file.

    The package around it imports Streamlit and a captcha (0.4 s, 16 MB) and registers
    browser components nobody uses here; the class itself needs bcrypt alone.
    """
    package = importlib.util.find_spec("streamlit_authenticator")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("streamlit-authenticator is not installed")
    file = Path(package.submodule_search_locations[0]) / "utilities" / "hasher.py"
    spec = importlib.util.spec_from_file_location("streamlit_authenticator_hasher", file)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"{file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Hasher
