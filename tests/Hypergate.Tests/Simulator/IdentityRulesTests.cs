namespace Hypergate.Tests.Simulator;

public class IdentityRulesTests
{
    private readonly RulesWorld _world = new(vms: 10);

    [Fact]
    public void A_user_is_made_changed_and_deleted()
    {
        var id = _world.Make("POST /users", "", """{"name": "carol", "password": "carol-pass"}""");
        var carol = _world.Find("users", id);
        Assert.Equal("none", RulesWorld.Text(carol, "permission"));
        Assert.Equal("***obfuscated***", RulesWorld.Text(carol, "pw_hash"));

        var twice = _world.Fails("POST /users", "", """{"name": "carol", "password": "x"}""");
        Assert.Equal((500, "the user carol already exists"), (twice.Status, twice.Message));

        _world.Run("PATCH /users/{id}", id, """{"permission": "admin", "password": "new"}""");
        Assert.Equal("admin", RulesWorld.Text(carol, "permission"));
        Assert.Equal("new", RulesWorld.Text(carol, "_password"));
        _world.Run("PUT /groups/{id}/users/{userId}", [_world.AnyId("groups"), id]);
        _world.Run("DELETE /users/{id}", id);
        Assert.Null(_world.Data["users"].Find(id));
        _world.AssertConsistent();
    }

    [Fact]
    public void Nobody_changes_the_own_permission_or_deletes_oneself()
    {
        Assert.Equal(403, _world.Fails("PATCH /users/{id}", _world.Admin, """{"permission": "none"}""").Status);
        Assert.Equal(403, _world.Fails("DELETE /users/{id}", _world.Admin).Status);
    }

    [Fact]
    public void Membership_is_known_on_both_sides_and_repeating_changes_nothing()
    {
        var group = _world.Make("POST /groups", "", """{"name": "night shift"}""");
        var bob = _world.AnyId("users", user => RulesWorld.Text(user, "name") == "bob");

        _world.Run("PUT /groups/{id}/users/{userId}", [group, bob]);
        _world.Run("PUT /groups/{id}/users/{userId}", [group, bob]);
        Assert.Equal([bob], RulesWorld.Ids(_world.Find("groups", group), "users"));
        Assert.Equal(409, _world.Fails("POST /groups", "", """{"name": "night shift"}""").Status);
        _world.Run("PATCH /groups/{id}", group, """{"name": "day shift"}""");
        _world.AssertConsistent();
        _world.Run("DELETE /groups/{id}/users/{userId}", [group, bob]);
        _world.Run("DELETE /groups/{id}/users/{userId}", [group, bob]);
        Assert.Empty(RulesWorld.Ids(_world.Find("users", bob), "groups"));
        _world.Run("DELETE /groups/{id}", group);
        _world.AssertConsistent();
    }

    [Fact]
    public void A_role_has_privileges_and_holders_and_leaves_none_of_them_behind()
    {
        var role = _world.Make("POST /acl-roles", "", """{"name": "doc-role", "description": "x"}""");
        var privilege = _world.Make("POST /acl-privileges", "", $$"""{"action": "read", "effect": "allow", "resource": "vm", "roleId": "{{role}}"}""");
        var alice = _world.Any("users", user => RulesWorld.Text(user, "name") == "alice");
        var group = _world.AnyId("groups");

        _world.Run("PUT /acl-roles/{id}/users/{userId}", [role, RulesWorld.Id(alice)]);
        _world.Run("PUT /acl-roles/{id}/groups/{groupId}", [role, group]);
        _world.Run("PATCH /acl-roles/{id}", role, """{"name": "renamed", "description": null}""");
        _world.Run("PATCH /acl-privileges/{id}", privilege, """{"action": "start", "resource": "vm"}""");

        Assert.Equal([role], RulesWorld.Ids(alice, "_aclRoleIds"));
        Assert.Equal([role], RulesWorld.Ids(_world.Find("groups", group), "aclRoleIds"));
        Assert.Equal([privilege], RulesWorld.Ids(_world.Find("acl-roles", role), "privilegeIds"));
        Assert.Equal("start", RulesWorld.Text(_world.Find("acl-privileges", privilege), "action"));
        Assert.False(_world.Find("acl-roles", role).ContainsKey("description"));

        _world.Run("DELETE /acl-roles/{id}", role);

        Assert.Empty(RulesWorld.Ids(alice, "_aclRoleIds"));
        Assert.Null(_world.Data["acl-privileges"].Find(privilege));
        _world.AssertConsistent();
    }

    [Fact]
    public void Built_in_roles_can_be_copied_and_nothing_else()
    {
        var template = _world.Any("acl-roles", role => RulesWorld.Text(role, "name") == "VMs power state manager");
        var id = RulesWorld.Id(template);
        string[] forbidden = ["DELETE /acl-roles/{id}", "PATCH /acl-roles/{id}"];

        foreach (var operation in forbidden)
        {
            var error = _world.Fails(operation, id, """{"name": "x"}""");
            Assert.Equal(403, error.Status);
            Assert.StartsWith("forbidden operation: ", error.Message, StringComparison.Ordinal);
            Assert.Equal(["operation", "reason"], error.ErrorData!.AsObject().Select(field => field.Key), StringComparer.Ordinal);
        }

        var copy = _world.Find("acl-roles", _world.Make("POST /acl-roles/{id}/actions/copy", id, """{"name": "copied"}"""));
        Assert.Equal(7, RulesWorld.Ids(copy, "privilegeIds").Length);
        Assert.False(copy.ContainsKey("isTemplate"));
        _world.AssertConsistent();
    }
}
