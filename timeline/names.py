"""The names of models and fields, translated.

Django makes them of Python's names, where nothing can mark them as messages: written out at each
field they would be said twice and a migration each. ``scripts.messages`` collects them from here.
"""

from collections.abc import Iterable, Iterator

from django.apps import AppConfig
from django.db.models import Field, Model
from django.utils.translation import gettext_lazy


def translate_names(models: Iterable[type[Model]]) -> None:
    """Have the names of ``models`` and their fields say themselves in the reader's language."""
    for model in models:
        options = model._meta
        options.verbose_name = gettext_lazy(str(options.verbose_name))
        options.verbose_name_plural = gettext_lazy(str(options.verbose_name_plural))
        for field in _fields(model):
            field.verbose_name = gettext_lazy(str(field.verbose_name))


def names(models: Iterable[type[Model]]) -> Iterator[tuple[str, str]]:
    """Each name with the dotted name of its module, in the language that is present."""
    for model in models:
        said = (model._meta.verbose_name, model._meta.verbose_name_plural)
        for name in (*said, *(field.verbose_name for field in _fields(model))):
            yield str(name), model.__module__


def _fields(model: type[Model]) -> "list[Field[object, object]]":
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


class TranslatedConfig(AppConfig):
    """An app whose models have translated names before any form is made of them."""

    def import_models(self) -> None:
        """The models, with their names."""
        super().import_models()
        translate_names(self.models.values())
