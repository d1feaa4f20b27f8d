using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Filters;
using Hypergate.Simulator.XenOrchestra.World;

namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>What users may do: administrators everything, others what the privileges of their roles and groups allow.</summary>
internal sealed class Rights
{
    private readonly bool _isAdministrator;
    private readonly List<Privilege> _privileges = [];

    /// <param name="world">Holds roles, groups and privileges; its lock is held.</param>
    /// <param name="caller">Whose rights.</param>
    public Rights(DataCentre world, Caller caller)
    {
        _isAdministrator = caller.IsAdministrator;
        if (_isAdministrator)
        {
            return;
        }

        var roles = RoleIds(world, caller).ToHashSet(StringComparer.Ordinal);
        _privileges.AddRange(world["acl-privileges"].All
            .Where(privilege => roles.Contains(privilege["roleId"]!.GetValue<string>()))
            .Select(privilege => new Privilege(privilege)));
    }

    /// <param name="resource">The kind of object: <c>vm</c>.</param>
    /// <param name="action"><c>read</c>, <c>shutdown:clean</c>; a right to <c>shutdown</c> holds all that begin with it.</param>
    /// <param name="item">The object; null for one that does not exist yet.</param>
    public bool May(string resource, string action, JsonObject? item)
    {
        if (_isAdministrator)
        {
            return true;
        }

        var fitting = _privileges.FindAll(privilege => privilege.Covers(resource, action, item));
        return fitting.Count > 0 && fitting.TrueForAll(privilege => privilege.Allows);
    }

    /// <summary>The roles of a user, his own and those of his groups.</summary>
    public static IEnumerable<string> RoleIds(DataCentre world, Caller caller) => RolesOf(caller.User).Concat(
        world["groups"].All
            .Where(group => Ids(group["users"]).Contains(caller.Id, StringComparer.Ordinal))
            .SelectMany(RolesOf));

    /// <summary>The roles that are attached to a user or group itself.</summary>
    public static IEnumerable<string> RolesOf(JsonObject holder) => Ids(holder["aclRoleIds"]).Concat(Ids(holder["_aclRoleIds"]));

    private static IEnumerable<string> Ids(JsonNode? list) => list?.AsArray().Select(id => id!.GetValue<string>()) ?? [];

    private sealed class Privilege(JsonObject privilege)
    {
        private readonly string _resource = privilege["resource"]!.GetValue<string>();
        private readonly string _action = privilege["action"]!.GetValue<string>();
        private readonly FilterTerm? _selector =
            privilege["selector"]?.GetValue<string>() is { Length: > 0 } filter ? FilterParser.Parse(filter) : null;

        public bool Allows { get; } = privilege["effect"]!.GetValue<string>() == "allow";

        public bool Covers(string resource, string action, JsonObject? item) =>
            _resource == resource
            && (_action == "*" || action == _action || action.StartsWith(_action + ":", StringComparison.Ordinal))
            && (_selector is null || (item is not null && _selector.Matches(item)));
    }
}
