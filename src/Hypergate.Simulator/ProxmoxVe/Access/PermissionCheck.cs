using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Description;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>Evaluates what an operation needs: <c>["perm", path, [privileges], "any", 1]</c>, <c>and</c>, <c>or</c> and their like.</summary>
internal sealed class PermissionCheck(UserConfig config, Rights rights)
{
    /// <exception cref="PveError">403: a right is missing.</exception>
    public void Demand(Route route, string identity, Parameters parameters)
    {
        if (route.OpenTo is not null || identity == UserConfig.Root)
        {
            return;
        }

        if (route.Check is null)
        {
            throw PveError.Forbidden("user != root@pam");
        }

        Demand(route.Check, identity, parameters);
    }

    private void Demand(JsonArray check, string identity, Parameters parameters)
    {
        switch (check[0]!.GetValue<string>())
        {
            case "and":
                foreach (var part in check.Skip(1))
                {
                    Demand((JsonArray)part!, identity, parameters);
                }

                break;
            case "or":
                Any(check, identity, parameters);
                break;
            case "perm":
                Perm(check, identity, parameters);
                break;
            case "userid-param":
                UserParameter(check[1]!.GetValue<string>(), identity, parameters);
                break;
            case "userid-group":
                UserGroups(check, identity, parameters);
                break;
            case "perm-modify":
                Modify(Filled(check[1]!.GetValue<string>(), parameters), identity);
                break;
            default:
                throw PveError.Forbidden($"unknown check '{check[0]}'");
        }
    }

    private void Any(JsonArray check, string identity, Parameters parameters)
    {
        foreach (var part in check.Skip(1))
        {
            try
            {
                Demand((JsonArray)part!, identity, parameters);
                return;
            }
            catch (PveError error) when (error.Status == 403)
            {
                // The next one may do.
            }
        }

        throw PveError.Forbidden("");
    }

    private void Perm(JsonArray check, string identity, Parameters parameters)
    {
        var options = Options(check, 3);
        if (options.TryGetValue("require_param", out var required) && !parameters.Has(required))
        {
            throw PveError.Forbidden("");
        }

        var path = AclPath.Normalize(Filled(check[1]!.GetValue<string>(), parameters));
        Need(identity, path, Texts(check[2]!), options.ContainsKey("any"));
    }

    /// <summary>403 unless the identity has all of the privileges, or one of them where <paramref name="any"/> is set.</summary>
    public void Need(string identity, string? path, IReadOnlyList<string> privileges, bool any = false)
    {
        var granted = rights.On(identity, path);
        if (any)
        {
            if (!privileges.Any(granted.ContainsKey))
            {
                throw PveError.Forbidden($"{path}, {string.Join('|', privileges)}");
            }

            return;
        }

        if (privileges.FirstOrDefault(privilege => !granted.ContainsKey(privilege)) is { } missing)
        {
            throw PveError.Forbidden($"{path}, {missing}");
        }
    }

    private void UserParameter(string mode, string identity, Parameters parameters)
    {
        var userId = parameters.Text("userid") ?? "";
        if (mode == "self")
        {
            DemandUser(userId);
            if (identity != userId)
            {
                throw PveError.Forbidden("");
            }

            return;
        }

        Need(identity, AclPath.Normalize($"/access/realm/{userId[(userId.LastIndexOf('@') + 1)..]}"), [mode]);
    }

    // The right on all groups; else on those given, and on one that the user is in.
    private void UserGroups(JsonArray check, string identity, Parameters parameters)
    {
        string[] privileges = [.. Texts(check[1]!)];
        var userId = parameters.Text("userid") ?? "";
        var mode = Options(check, 2).GetValueOrDefault("groups_param");
        if (mode != "create")
        {
            DemandUser(userId);
        }

        if (rights.HasAny(identity, "/access/groups", privileges))
        {
            return;
        }

        if (mode is not null)
        {
            DemandGroups(parameters.List("groups"), identity, privileges);
        }

        if (mode != "create" && !config.Groups.Any(group => group.Value.Users.Contains(userId) && rights.HasAny(identity, $"/access/groups/{group.Key}", privileges)))
        {
            throw PveError.Forbidden("");
        }
    }

    private void DemandGroups(IReadOnlyList<string> groups, string identity, string[] privileges)
    {
        if (groups.Count == 0)
        {
            throw PveError.Forbidden($"/access/groups, {string.Join('|', privileges)}");
        }

        foreach (var group in groups)
        {
            Need(identity, AclPath.Normalize($"/access/groups/{group}"), privileges, any: true);
        }
    }

    private void DemandUser(string userId)
    {
        if (!config.Users.ContainsKey(userId))
        {
            throw new PveError($"no such user ('{userId}')");
        }
    }

    /// <summary>403 unless the identity may change the access list of a path.</summary>
    public void Modify(string path, string identity)
    {
        // A path that cannot be one is left to the check of the parameters.
        if (AclPath.Normalize(path) is not { } normal)
        {
            return;
        }

        var allocate = normal.Split('/') switch
        {
            [_, "storage", _, ..] => "Datastore.Allocate",
            [_, "vms", _, ..] => "VM.Allocate",
            [_, "pool", _, ..] => "Pool.Allocate",
            _ => null,
        };
        Need(identity, normal, allocate is null ? ["Permissions.Modify"] : ["Permissions.Modify", allocate], any: true);
    }

    private static Dictionary<string, string> Options(JsonArray check, int from)
    {
        var options = new Dictionary<string, string>();
        for (var i = from; i + 1 < check.Count; i += 2)
        {
            options[check[i]!.GetValue<string>()] = Parameters.TextOf(check[i + 1]!);
        }

        return options;
    }

    private static IReadOnlyList<string> Texts(JsonNode node) => [.. ((JsonArray)node).Select(static item => item!.GetValue<string>())];

    private static string Filled(string template, Parameters parameters)
    {
        foreach (var name in parameters.Names)
        {
            template = template.Replace($"{{{name}}}", parameters.Text(name), StringComparison.Ordinal);
        }

        return template;
    }
}
