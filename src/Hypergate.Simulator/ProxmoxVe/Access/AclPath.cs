using System.Text.RegularExpressions;

namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>The paths of the access list.</summary>
internal static partial class AclPath
{
    private static readonly string[] Valid =
    [
        "/", "/access", "/access/groups", "/access/groups/*", "/access/realm", "/access/realm/*", "/nodes", "/nodes/*", "/pool", "/pool/*",
        "/pool/*/*", "/pool/*/*/*", "/sdn", "/sdn/controllers", "/sdn/controllers/*", "/sdn/dns", "/sdn/dns/*", "/sdn/ipams", "/sdn/ipams/*",
        "/sdn/zones", "/sdn/zones/*", "/sdn/zones/*/*", "/sdn/zones/*/*/*", "/sdn/fabrics", "/sdn/fabrics/*", "/storage", "/storage/*", "/vms",
        "/vms/#", "/mapping", "/mapping/*", "/mapping/*/*",
    ];

    /// <summary>With one slash between segments and none at the end; null where characters are not allowed.</summary>
    public static string? Normalize(string path)
    {
        var text = string.Concat("/", string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)));
        return path.Length > 0 && Allowed().IsMatch(text) ? text : null;
    }

    /// <summary>Whether the platform knows such a path.</summary>
    public static bool IsValid(string path) => Valid.Any(pattern => Fits(pattern.Split('/'), path.Split('/')));

    /// <summary>The path and those above it, from the root down.</summary>
    public static IEnumerable<string> Chain(string path)
    {
        yield return "/";
        for (var end = path.IndexOf('/', 1); end > 0; end = path.IndexOf('/', end + 1))
        {
            yield return path[..end];
        }

        if (path != "/")
        {
            yield return path;
        }
    }

    private static bool Fits(string[] pattern, string[] path) =>
        pattern.Length == path.Length && pattern.Zip(path).All(static pair => pair.First switch
        {
            "*" => pair.Second.Length > 0,
            "#" => VmId().IsMatch(pair.Second),
            var fixedName => fixedName == pair.Second,
        });

    [GeneratedRegex("^[A-Za-z0-9._/-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Allowed();

    [GeneratedRegex("^[1-9][0-9]{2,}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VmId();
}
