"""Files of the package, served as they are."""

from os import PathLike, stat_result
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send


class PackageFiles(StaticFiles):
    """The files of a folder below a path; browsers keep them and ask whether they are current."""

    def __init__(self, folder: Path, at: str) -> None:
        """Serve the folder; `at` is where it is mounted, which the metrics name."""
        super().__init__(directory=folder)
        self.path = f"{at}/{{file}}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope["route"] = self
        await super().__call__(scope, receive, send)

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """A file with its entity tag, or 304."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response
