from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Who acts: actors, their names over time and their relations."""

    name = "actors"
