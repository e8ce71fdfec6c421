"""Settings of one installation, read from the environment once by an edge and passed inward."""

import ipaddress
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PRODUCT_NAME = "Trellis"


class Settings(BaseSettings):
    """Where the product writes, what it talks to and how long things last.

    Every field is an environment variable of the same name in capitals; a file
    ``.env`` in the working directory is read too. An empty value counts as unset.
    """

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    app_home: Path = Field(Path("var"), description="Everything the running product writes.")
    database_url: str | None = Field(None, description="Records; SQLite under APP_HOME when unset.")
    base_url: str = Field("http://localhost:8501", description="The address people type.")
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Signs cookies; made and kept under APP_HOME when unset."
    )
    secure_cookies: bool | None = Field(None, description="Unset: true when BASE_URL is https.")
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses, by comma, whose X-Forwarded-For is believed."
    )
    session_hours: int = Field(12, ge=1, le=24 * 30, description="Hours until a sign-in ends.")
    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:port")
    mail_from: str = Field("no-reply@localhost", description="Sender of invitations.")
    webhook_networks: str = Field(
        "", description="Private networks, by comma, that webhooks of alerts may reach."
    )
    max_import_mb: int = Field(1024, ge=1, description="Largest file that is imported.")
    run_worker: bool = Field(True, description="Start the worker beside the web process.")
    mlflow_tracking_uri: str | None = Field(
        None, description="Model store; SQLite under APP_HOME when unset."
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("trusted_proxies", "webhook_networks")
    @classmethod
    def _are_addresses(cls, listed: str) -> str:
        for part in filter(None, map(str.strip, listed.split(","))):
            try:
                ipaddress.ip_network(part, strict=False)
            except ValueError as fault:
                raise ValueError(
                    f"{part!r} is neither an address nor a network; write them like "
                    "127.0.0.1 or 10.0.0.0/8, with commas between, and no host names"
                ) from fault
        return listed

    @property
    def home(self) -> Path:
        """Absolute path of APP_HOME."""
        return self.app_home.resolve()

    @property
    def records_url(self) -> str:
        """SQLAlchemy URL of the records database."""
        return self.database_url or f"sqlite:///{self.home / 'app.db'}"

    @property
    def lake_dir(self) -> Path:
        """Folder of the Parquet lake."""
        return self.home / "lake"

    @property
    def documents_dir(self) -> Path:
        """Folder of finished documents."""
        return self.home / "documents"

    @property
    def batches_dir(self) -> Path:
        """Folder of batches of documents, each with its table and its zip."""
        return self.home / "batches"

    @property
    def uploads_dir(self) -> Path:
        """Folder of uploaded files that wait for their import."""
        return self.home / "uploads"

    @property
    def lesson_files_dir(self) -> Path:
        """Folder of the files of lessons, each under its hash."""
        return self.home / "lesson-files"

    @property
    def quarantine_dir(self) -> Path:
        """Folder of refused rows, one CSV for each imported file."""
        return self.home / "quarantine"

    @property
    def models_dir(self) -> Path:
        """Folder of the models that answer."""
        return self.home / "models"

    @property
    def response_dir(self) -> Path:
        """Folder of what was learned of campaigns' responses."""
        return self.models_dir / "response"

    @property
    def model_store_url(self) -> str:
        """Where MLflow keeps runs and versions."""
        return self.mlflow_tracking_uri or f"sqlite:///{self.home / 'mlflow.db'}"

    @property
    def model_artifacts_dir(self) -> Path | None:
        """Folder of MLflow's files; None where a server keeps them."""
        return None if self.mlflow_tracking_uri else self.home / "mlartifacts"

    @property
    def outbox_dir(self) -> Path:
        """Folder of mails that no SMTP server took."""
        return self.home / "outbox"

    @property
    def cookies_are_secure(self) -> bool:
        """Whether cookies carry the Secure attribute."""
        if self.secure_cookies is not None:
            return self.secure_cookies
        return self.base_url.startswith("https://")
