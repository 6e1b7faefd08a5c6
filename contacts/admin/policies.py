"""Who may do what with what people sent. Nobody adds or deletes it by hand, administrators included."""

from wagtail.permission_policies import ModelPermissionPolicy


class ReceivedPolicy(ModelPermissionPolicy):
    """View and change by the groups' rights; adding and deleting is for the public form and the retention command."""

    allowed = {"view", "change"}

    def user_has_permission(self, user, action):
        return action in self.allowed and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission([action for action in actions if action in self.allowed])


class ReadPolicy(ReceivedPolicy):
    """What only the software writes."""

    allowed = {"view"}


class VersionPolicy(ReceivedPolicy):
    """What gets new versions and is never changed."""

    allowed = {"view", "add"}
