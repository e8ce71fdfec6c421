"""People of every role for an installation under test."""

from dataclasses import dataclass
from pathlib import Path

import wiring
from core.accounts import administration, passwords, repository, service
from core.accounts.access import Principal, Role
from core.settings import Settings

PASSWORD = "violet harbour tram 42"
ADMIN_EMAIL = "admin@example.org"


@dataclass(frozen=True, slots=True)
class Login:
    """What a person types to sign in."""

    email: str
    password: str = PASSWORD


def add_people(home: Path) -> dict[Role, Login]:
    """One person of each role, beside the administrator who is there already."""
    services = wiring.build(Settings(_env_file=None, app_home=home))
    made = passwords.hashed(services.hasher, PASSWORD)
    with services.work() as session:
        admin = repository.user_by_email(session, ADMIN_EMAIL)
        assert admin is not None
        principal = Principal(admin.id, admin.name, admin.email, frozenset({Role.ADMIN}))
        for role in set(Role) - {Role.ADMIN}:
            link = administration.invite(
                session, principal, f"{role.value}@example.org", f"Test {role.value}", [role]
            )
            service.accept_invitation(session, link.token, made)
    services.engine.dispose()
    return {role: Login(f"{role.value}@example.org") for role in Role}
