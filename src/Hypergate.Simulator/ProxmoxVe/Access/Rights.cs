namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>
/// What an identity may do on a path. A deeper entry replaces what is inherited for the same subject, users' entries beat those of
/// groups at one level, NoAccess wins, and a pool lends its rights to its members. A separated token has at most what its user has.
/// </summary>
/// <param name="config">Who is who, and the access list.</param>
/// <param name="poolsOf">The pools that a path such as <c>/vms/100</c> is a member of.</param>
internal sealed class Rights(UserConfig config, Func<string, IEnumerable<string>> poolsOf)
{
    /// <summary>The privileges on a path, with whether they hold below it too.</summary>
    public IReadOnlyDictionary<string, bool> On(string identity, string? path)
    {
        if (identity == UserConfig.Root)
        {
            return Privileges.All.ToDictionary(static privilege => privilege, static _ => true);
        }

        if (path is null)
        {
            return new Dictionary<string, bool>();
        }

        if (TokenId.Split(identity) is not var (user, _))
        {
            return Granted(identity, path);
        }

        return config.Token(identity) switch
        {
            null => new Dictionary<string, bool>(),
            { Separated: false } => On(user, path),
            _ => Common(On(user, path), Granted(identity, path)),
        };
    }

    public bool Has(string identity, string? path, string privilege) => On(identity, path).ContainsKey(privilege);

    public bool HasAny(string identity, string? path, params ReadOnlySpan<string> privileges)
    {
        var granted = On(identity, path);
        foreach (var privilege in privileges)
        {
            if (granted.ContainsKey(privilege))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, bool> Common(IReadOnlyDictionary<string, bool> user, Dictionary<string, bool> token) =>
        token.Where(entry => user.ContainsKey(entry.Key)).ToDictionary(static entry => entry.Key, entry => entry.Value && user[entry.Key]);

    private Dictionary<string, bool> Granted(string identity, string path)
    {
        var granted = new Dictionary<string, bool>();
        var roles = Roles(identity, path);
        foreach (var (role, propagate) in roles)
        {
            foreach (var privilege in config.Role(role) ?? new SortedSet<string>())
            {
                granted[privilege] = propagate || granted.GetValueOrDefault(privilege);
            }
        }

        if (roles.ContainsKey("NoAccess"))
        {
            return granted;
        }

        foreach (var privilege in poolsOf(path).SelectMany(pool => Granted(identity, $"/pool/{pool}").Keys))
        {
            granted.TryAdd(privilege, false);
        }

        return granted;
    }

    /// <summary>The roles of an identity on a path, without those of pools.</summary>
    private Dictionary<string, bool> Roles(string identity, string path)
    {
        var roles = new Dictionary<string, bool>();
        foreach (var at in AclPath.Chain(path))
        {
            var here = config.Acl.Where(entry => entry.Path == at && (entry.Propagate || at == path)).ToList();
            var mine = here.FindAll(entry => entry.Type is "user" or "token" && entry.Subject == identity);
            if (mine.Count == 0)
            {
                mine = here.FindAll(entry => entry.Type == "group" && config.Groups.TryGetValue(entry.Subject, out var group) && group.Users.Contains(identity));
            }

            if (mine.Count > 0)
            {
                roles = mine.DistinctBy(static entry => entry.Role).ToDictionary(static entry => entry.Role, static entry => entry.Propagate);
            }
        }

        return roles.TryGetValue("NoAccess", out var none) ? new Dictionary<string, bool> { ["NoAccess"] = none } : roles;
    }
}
