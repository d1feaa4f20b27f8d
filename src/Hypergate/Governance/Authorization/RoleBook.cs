using System.Collections.Concurrent;

namespace Hypergate.Governance.Authorization;

/// <summary>All roles by their names: those of the settings, and the built-in ones that the settings do not define anew.</summary>
/// <param name="settings">Those of the settings.</param>
internal sealed class RoleBook(IReadOnlyDictionary<string, RoleSettings> settings)
{
    private static readonly IReadOnlyDictionary<string, RoleSettings> BuiltIn = new Dictionary<string, RoleSettings>(StringComparer.Ordinal)
    {
        [Roles.Viewer] = Allowing("read"),
        [Roles.Operator] = Allowing("read", "write"),
        [Roles.Admin] = Allowing("read", "write", "admin", "dangerous"),
    };

    private readonly ConcurrentDictionary<string, RoleRights> _rights = new(StringComparer.Ordinal);

    /// <summary>The built-in roles alone.</summary>
    public static RoleBook Plain { get; } = new(new Dictionary<string, RoleSettings>(StringComparer.Ordinal));

    /// <summary>Whether there are the built-in roles alone, which are told by the class of an operation.</summary>
    public bool IsPlain => settings.Count == 0;

    public IEnumerable<string> Names => settings.Keys.Union(BuiltIn.Keys, StringComparer.Ordinal);

    /// <summary>What the audience may do; a name that is no role gives nothing.</summary>
    public RoleRights Of(Audience audience) => _rights.GetOrAdd(audience.RoleNames, static (roles, book) => book.Make(roles), this);

    public RoleSettings? Find(string role) => settings.GetValueOrDefault(role) ?? BuiltIn.GetValueOrDefault(role);

    private RoleRights Make(string roles) => new(
        [.. roles.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, Find(name))).Where(static role => role.Item2 is not null).Select(static role => (role.name, role.Item2!))]);

    private static RoleSettings Allowing(params string[] access) => new() { Allow = [new RuleSettings { Access = new AccessList(access) }] };
}
