using Hypergate.Model;

namespace Hypergate.Governance.Authorization;

/// <summary>The roles that are built in, and how far each may go.</summary>
public static class Roles
{
    /// <summary>Looks, and gets no credential.</summary>
    public const string Viewer = "viewer";

    /// <summary>Changes what can be undone: power, snapshots, backups.</summary>
    public const string Operator = "operator";

    /// <summary>Everything that the settings of a backend allow.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Operator, Admin];

    /// <summary>The highest class that one of the roles may call; null where none is known.</summary>
    public static Access? Highest(IEnumerable<string> roles)
    {
        Access? highest = null;
        foreach (var role in roles)
        {
            highest = HighestOf(role) is { } access && (highest is null || access > highest) ? access : highest;
        }

        return highest;
    }

    private static Access? HighestOf(string role) => role switch
    {
        Viewer => Access.Read,
        Operator => Access.Write,
        Admin => Access.Dangerous,
        _ => null,
    };
}
