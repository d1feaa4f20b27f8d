using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>One Xen Orchestra by variables, as users of <c>@xen-orchestra/mcp</c> have them.</summary>
internal static class XenOrchestraEnvironment
{
    public const string Kind = "xen-orchestra";

    /// <summary>The backend; none where its address is not set.</summary>
    public static IEnumerable<BackendSettings> Read(EnvironmentValues values)
    {
        if (values.Find("XO_URL") is not { } url)
        {
            yield break;
        }

        var auth = ReadAuth(values);
        yield return new BackendSettings
        {
            Name = "xo",
            Kind = Kind,
            Url = EnvironmentValues.Address(url, "XO_URL"),
            Auth = auth,
            Actions = values.IsOn("XO_MCP_ENABLE_ACTIONS"),
            Deny = values.List("XO_MCP_DENY_LIST"),
        };
    }

    /// <summary>The variable of a key below the backend.</summary>
    public static string VariableOf(string key) => key switch
    {
        ".auth.token" => "XO_TOKEN",
        ".auth.username" => "XO_USERNAME",
        ".auth.password" => "XO_PASSWORD",
        _ when key.StartsWith(".deny", StringComparison.Ordinal) => "XO_MCP_DENY_LIST",
        _ => key.TrimStart('.'),
    };

    private static BackendSettingsAuth ReadAuth(EnvironmentValues values)
    {
        if (values.Find("XO_TOKEN") is { } token)
        {
            return new() { Token = new(token) };
        }

        return (values.Find("XO_USERNAME"), values.Find("XO_PASSWORD")) switch
        {
            ({ } username, { } password) => new() { Username = username, Password = new(password) },
            ({ }, null) => throw Missing(" (XO_PASSWORD is missing)"),
            (null, { }) => throw Missing(" (XO_USERNAME is missing)"),
            _ => throw Missing(""),
        };

        static SettingsException Missing(string which) => new($"Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD{which}");
    }
}
