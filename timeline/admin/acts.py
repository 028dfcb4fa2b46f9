"""The acts of everybody in the admin: what was done of late, each with its contents, and undo."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.site import EditorsSite
from timeline.admin.moments import MOMENT, moment_in, moment_text
from timeline.admin.reasons import REASON, reason_in
from timeline.revisions import Undone, foresee_undo, undo
from timeline.revisions.acts import MOST_ROWS, Act, act_at, recent
from timeline.revisions.contents import contents

SEEING = ("timeline.view_event", "timeline.view_source", "actors.view_actor")
UNDOING = (
    *("timeline.publish_event", "timeline.publish_source", "actors.publish_actor"),
    *("timeline.delete_event", "timeline.delete_source", "actors.delete_actor"),
)
MOST_ON_A_PAGE = 20_000  # rows that an act may have written to be undone from a page
MOST_KEPT_TOLD = 20
MOST_PEOPLE = 200

__all__ = ["MOMENT", "acts", "may_see", "may_undo"]
