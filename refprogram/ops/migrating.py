"""Migrations of an empty database in a fraction of the time.

With every operation Django draws the model that it changes anew, and with it all models that are related to it, which
here are nearly all: some hundred thousand classes in the course of a first start. Most operations only add something,
and what is added can be put on the class that is there. Everything else goes Django's own way.
"""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED
from pgtrigger.migrations import AddTrigger, RemoveTrigger

_add_field: Final = ProjectState.add_field


@contextlib.contextmanager
def drawing_less() -> Iterator[None]:
    """While the block runs, what operations add is put on the classes that are there."""
    ours: tuple[tuple[type, str, Callable[..., Any]], ...] = (
        (ProjectState, "add_model", _add_model),
        (ProjectState, "add_field", _add_to_class),
        (ProjectState, "_append_option", _append_option),
        (ProjectState, "_remove_option", _remove_option),
        (AddTrigger, "state_forwards", _add_trigger),
        (RemoveTrigger, "state_forwards", _remove_trigger),
    )
    before = [(owner, name, getattr(owner, name)) for owner, name, _instead in ours]
    for owner, name, instead in ours:
        setattr(owner, name, instead)
    try:
        yield
    finally:
        for owner, name, theirs in before:
            setattr(owner, name, theirs)


def _drawn(state: ProjectState, app_label: str, model_name: str) -> type[Model] | None:
    """Return the class of a model if this state has drawn it itself: others' classes are not to be touched."""
    if "apps" not in state.__dict__:
        return None
    model = state.apps.all_models[app_label].get(model_name.lower())
    return model if model is not None and model._meta.apps is state.apps else None


def _add_model(state: ProjectState, model_state: ModelState) -> None:
    """Draw the new model alone: its relations find the classes that they lead to, as in any module of models."""
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state.__dict__.get("_relations") is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([model_state])


def _add_to_class(state: ProjectState, app_label: str, model_name: str, *how: Any) -> None:
    model = _drawn(state, app_label, model_name)
    if model is None:
        _add_field(state, app_label, model_name, *how)
        return
    name, field, preserve_default = how
    kept = field
    if not preserve_default:
        kept = field.clone()
        kept.default = NOT_PROVIDED
    key = app_label, model_name
    state.models[key].fields[name] = kept
    if state.__dict__.get("_relations") is not None:
        state.resolve_model_field_relations(key, name, kept)
    model.add_to_class(name, kept.clone())
    state.apps.clear_cache()


def _set_option(state: ProjectState, app_label: str, model_name: str, option: str, value: list[Any]) -> None:
    state.models[app_label, model_name].options[option] = value
    model = _drawn(state, app_label, model_name)
    if model is not None:
        setattr(model._meta, option, value)
    elif "apps" in state.__dict__:
        state.reload_model(app_label, model_name, delay=True)


def _append_option(state: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    there = state.models[app_label, model_name].options[option_name]
    _set_option(state, app_label, model_name, option_name, [*there, obj])


def _remove_option(state: ProjectState, app_label: str, model_name: str, option_name: str, obj_name: str) -> None:
    there = state.models[app_label, model_name].options[option_name]
    _set_option(state, app_label, model_name, option_name, [obj for obj in there if obj.name != obj_name])


def _add_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    there = state.models[app_label, operation.model_name].options.get("triggers", [])
    _set_option(state, app_label, operation.model_name, "triggers", [*there, operation.trigger])


def _remove_trigger(operation: RemoveTrigger, app_label: str, state: ProjectState) -> None:
    there = state.models[app_label, operation.model_name].options.get("triggers", [])
    left = [trigger for trigger in there if trigger.name != operation.name]
    _set_option(state, app_label, operation.model_name, "triggers", left)
