"""What an administrator who is no superuser can make of others, and cannot by forged forms."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin_forms import member, page
from tests.logins import PASSWORD, is_in, make_staff

pytestmark = pytest.mark.django_db
FORGED = {"is_superuser": "on", "is_staff": "on", "is_active": "on"}


@pytest.fixture
def administrator(client: Client) -> User:
    """Somebody of the group that comes with the program."""
    return member(client, "administrator")


def change(client: Client, user: User, **more: Any) -> Any:
    """Post the form of a user as it is, but for ``more``."""
    data = {"username": user.username, "is_active": "on", "is_staff": "on"}
    data |= {f"{name}_{part}": "" for name in ("last_login", "date_joined") for part in "01"}
    data |= {"date_joined_0": "2020-01-01", "date_joined_1": "00:00:00"}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), data | more)


def group(name: str, *permissions: str) -> Group:
    made = Group.objects.create(name=name)
    made.permissions.set(Permission.objects.filter(codename__in=permissions))
    return made


def test_an_administrator_adds_an_editor(client: Client, administrator: User) -> None:
    data = {"username": "new", "usable_password": "true"}
    data |= {"password1": "quite another 1", "password2": "quite another 1"}
    client.post(reverse("admin:auth_user_add"), data | FORGED)
    made = User.objects.get(username="new")
    assert not made.is_superuser
    editors = Group.objects.get(name="editor")
    assert change(client, made, groups=[editors.pk]).status_code == 302
    assert list(made.groups.all()) == [editors]


def test_the_form_offers_neither_superusers_nor_single_permissions(
    client: Client, administrator: User
) -> None:
    html = page(client, "auth_user_change", administrator.pk)
    assert 'name="groups"' in html
    assert 'name="is_superuser"' not in html
    assert 'name="user_permissions"' not in html


@pytest.mark.parametrize("whom", ["oneself", "another"])
def test_a_forged_form_makes_no_superuser_and_gives_no_permission(
    client: Client, administrator: User, whom: str
) -> None:
    user = administrator if whom == "oneself" else make_staff()
    before = set(user.groups.all())
    everything = [one.pk for one in Permission.objects.all()]
    groups = [one.pk for one in before]
    response = change(client, user, groups=groups, user_permissions=everything, **FORGED)
    assert response.status_code == 302
    user = User.objects.get(pk=user.pk)
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    assert set(user.groups.all()) == before


@pytest.mark.parametrize("whom", ["oneself", "another"])
def test_no_group_is_given_that_may_more_than_who_gives_it(
    client: Client, administrator: User, whom: str
) -> None:
    user = administrator if whom == "oneself" else make_staff()
    mighty = group("mighty", "change_permission", "view_event")
    weak = group("weak", "view_event")
    assert change(client, user, groups=[mighty.pk]).status_code == 200
    assert mighty not in user.groups.all()
    assert change(client, user, groups=[weak.pk]).status_code == 302
    assert list(user.groups.all()) == [weak]


@pytest.fixture(params=["superuser", "permission", "group"])
def mightier(request: pytest.FixtureRequest) -> User:
    """Somebody who may do what administrators may not."""
    if request.param == "superuser":
        return User.objects.create_superuser("root", "", PASSWORD)
    if request.param == "permission":
        return make_staff("mightier", "change_group")
    user = make_staff("mightier")
    user.groups.add(group("mighty", "change_group"))
    return user


def test_who_may_more_is_neither_changed_nor_deleted_nor_given_a_password(
    client: Client, administrator: User, mightier: User
) -> None:
    before = User.objects.filter(pk=mightier.pk).values().get()
    assert change(client, mightier, username="taken").status_code == 403
    passwords = {"password1": "quite another 1", "password2": "quite another 1"}
    there = reverse("admin:auth_user_password_change", args=[mightier.pk])
    assert client.post(there, passwords | {"set-password": "1"}).status_code == 403
    delete = reverse("admin:auth_user_delete", args=[mightier.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    several = {"action": "delete_selected", "_selected_action": [mightier.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), several)
    assert User.objects.filter(pk=mightier.pk).values().get() == before


def test_all_permissions_make_no_superuser_of_anybody(client: Client) -> None:
    almighty = make_staff("almighty")
    almighty.user_permissions.set(Permission.objects.all())
    client.force_login(almighty)
    root = User.objects.create_superuser("root", "", PASSWORD)
    assert change(client, root, username="taken").status_code == 403
    assert change(client, almighty, **FORGED).status_code == 302
    assert not User.objects.get(pk=almighty.pk).is_superuser


def test_a_group_that_may_more_is_neither_changed_nor_deleted(client: Client) -> None:
    mighty, weak = group("mighty", "change_user"), group("weak", "view_event")
    rights = ("view_group", "add_group", "change_group", "delete_group", "view_event")
    client.force_login(make_staff("administrator", *rights))
    for address in ("change", "delete"):
        there = reverse(f"admin:auth_group_{address}", args=[mighty.pk])
        assert client.post(there, {"name": "x", "post": "yes"}).status_code == 403
    gift = Permission.objects.get(codename="change_user").pk
    there = reverse("admin:auth_group_change", args=[weak.pk])
    assert client.post(there, {"name": "weak", "permissions": [gift]}).status_code == 200
    assert not weak.permissions.filter(pk=gift).exists()


def test_a_superuser_does_everything(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", "", PASSWORD))
    user = make_staff()
    permission = Permission.objects.get(codename="view_event")
    assert change(client, user, user_permissions=[permission.pk], **FORGED).status_code == 302
    user.refresh_from_db()
    assert user.is_superuser
    assert list(user.user_permissions.all()) == [permission]


def test_a_list_of_users_takes_no_more_queries_for_more_of_them(
    client: Client, administrator: User, django_assert_num_queries: Any
) -> None:
    address = reverse("admin:auth_user_changelist")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(10):
        make_staff(f"staff-{number}")
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_who_is_made_inactive_is_out_at_once(client: Client, administrator: User) -> None:
    user = make_staff()
    other = Client()
    other.force_login(user)
    assert is_in(other)
    change(client, user, is_active="")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(other)
