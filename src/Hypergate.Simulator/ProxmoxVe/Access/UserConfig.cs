namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>Users, groups, roles, realms and the access list of a cluster.</summary>
internal sealed class UserConfig
{
    public const string Root = "root@pam";

    public SortedDictionary<string, Account> Users { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Group> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The roles that were added to the built-in ones.</summary>
    public SortedDictionary<string, SortedSet<string>> OwnRoles { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Realm> Realms { get; } = new(StringComparer.Ordinal);

    public List<AclEntry> Acl { get; } = [];

    /// <summary>The privileges of a role; null where there is none of that name.</summary>
    public IReadOnlySet<string>? Role(string name) =>
        Privileges.Roles.TryGetValue(name, out var built) ? built : OwnRoles.GetValueOrDefault(name);

    public ApiToken? Token(string tokenId) =>
        TokenId.Split(tokenId) is var (user, token) && Users.TryGetValue(user, out var account) ? account.Tokens.GetValueOrDefault(token) : null;
}

/// <summary>A group of users.</summary>
internal sealed class Group
{
    public string? Comment { get; set; }

    public SortedSet<string> Users { get; } = new(StringComparer.Ordinal);
}

/// <summary>Where users come from.</summary>
internal sealed record Realm(string Name, string Type, string? Comment, bool Default = false);

/// <summary><c>USER@REALM!TOKEN</c>.</summary>
internal static class TokenId
{
    /// <summary>The user and the token's name; null where the text is no token's id.</summary>
    public static (string User, string Token)? Split(string id) =>
        id.IndexOf('!', StringComparison.Ordinal) is > 0 and var at && at < id.Length - 1 ? (id[..at], id[(at + 1)..]) : null;

    /// <summary>The user behind an id, which may be one itself.</summary>
    public static string User(string id) => Split(id)?.User ?? id;
}
