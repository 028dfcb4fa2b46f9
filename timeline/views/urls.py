"""The addresses of the public pages."""

from django.urls import path

from timeline.views.about import about
from timeline.views.actors import actor, actors
from timeline.views.changes import changes, feed
from timeline.views.chronology import chronology
from timeline.views.events import event
from timeline.views.site import pages, part, robots, sitemap
from timeline.views.sources import received, source, sources
from timeline.views.timeline import timeline

urlpatterns = [
    path("", chronology, name="chronology"),
    path("timeline/", timeline, name="timeline"),
    path("events/<slug:slug>/", event, name="event"),
    path("actors/", actors, name="actors"),
    path("actors/<slug:slug>/", actor, name="actor"),
    path("sources/", sources, name="sources"),
    path("sources/<slug:slug>/", source, name="source"),
    path("sources/<slug:slug>/received.txt", received, name="source-raw"),
    path("about/", about, name="about"),
    path("changes/", changes, name="changes"),
    path("changes.atom", feed, name="changes-feed"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-pages.xml", pages, name="sitemap-pages"),
    path("sitemap-<slug:kind>-<int:number>.xml", part, name="sitemap-part"),
]
