"""Its one address."""

from django.urls import path

from benchmarks.plain.views import Chronology

urlpatterns = [path("", Chronology.as_view())]
