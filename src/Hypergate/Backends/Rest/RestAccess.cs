using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.Rest;

/// <summary>The class of an operation of which nothing is known but its document: rather too high than too low.</summary>
internal static class RestAccess
{
    // In singular, and looked for in names too.
    private static readonly string[] Destroying =
        ["delete", "destroy", "remove", "purge", "wipe", "erase", "drop", "reset", "revoke", "terminate", "shutdown", "kill", "format", "truncate", "uninstall", "cancel", "disable", "deactivate", "stop"];

    private static readonly string[] Governing =
        ["user", "role", "permission", "privilege", "acl", "policy", "token", "credential", "password", "secret", "key", "apikey", "auth", "login", "admin", "member", "invitation", "webhook", "sso", "account"];

    public static Access Of(Route route)
    {
        if (route.Method is "GET" or "HEAD")
        {
            return PathAccess.Tells(route) ? Access.Admin : Access.Read;
        }

        var words = WordsOf($"{route.Name} {route.Path}");
        return PathAccess.Harms(route) || words.Overlaps(Destroying) ? Access.Dangerous
            : PathAccess.Governs(route) || words.Overlaps(Governing) ? Access.Admin
            : Access.Write;
    }

    private static HashSet<string> WordsOf(string text) => [.. Words.Split(text).Select(Words.Singular)];
}
