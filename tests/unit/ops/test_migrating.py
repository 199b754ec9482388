"""Models that migrations put together step by step are those that Django would draw from the whole."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from django.db.migrations.state import ProjectState

from refprogram.ops.migrating import drawing_less

OURS = {"kernel", "people", "notices", "governance", "references", "nominations", "incentives", "dashboards"}


def all_steps(state, loader):
    """Take a state through every migration, as the executor does: its models are drawn from the beginning on."""
    assert state.apps is not None
    for node in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        loader.graph.nodes[node].mutate_state(state, preserve=False)


def described(apps):
    return {
        model._meta.label: (
            sorted((field.name, repr(field.deconstruct()[1:])) for field in model._meta.local_fields),
            sorted(field.name for field in model._meta.local_many_to_many),
            sorted((each.name, each.related_model._meta.label) for each in model._meta.related_objects),
            sorted(index.name for index in model._meta.indexes),
            sorted(constraint.name for constraint in model._meta.constraints),
            sorted(trigger.name for trigger in getattr(model._meta, "triggers", ())),
        )
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }


def test_step_by_step_is_the_same_as_from_the_whole():
    loader = MigrationLoader(None)
    state = ProjectState(real_apps=loader.unmigrated_apps)
    with drawing_less():
        all_steps(state, loader)
    whole = ProjectState(models=state.clone().models, real_apps=loader.unmigrated_apps)

    found, expected = described(state.apps), described(whole.apps)

    assert len(found) > 100
    assert {name: found[name] for name in found if found[name] != expected[name]} == {}


def test_afterwards_django_goes_its_own_way_again():
    before = ProjectState.add_field, AddField.state_forwards
    with drawing_less():
        assert ProjectState.add_field is not before[0]
    assert (ProjectState.add_field, AddField.state_forwards) == before
