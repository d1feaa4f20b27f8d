using Hypergate.Backends;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>
/// One PXCloud by variables, as users of the npm package <c>pxcloud-mcp</c> have them. Two defaults are the safe ones here: certificates
/// are verified and nothing is deleted; whoever relies on the package's is told at the start.
/// </summary>
internal static class PxCloudEnvironment
{
    public const string Kind = "pxcloud";

    private const string On = "true";
    private const string Off = "false";

    /// <summary>The backend; none where its address is not set.</summary>
    public static IEnumerable<BackendSettings> Read(EnvironmentValues values)
    {
        if (values.Find("PXCLOUD_URL") is not { } url)
        {
            yield break;
        }

        var tags = values.List("PXCLOUD_TOOLS");
        var (fingerprint, verifies) = (values.Find("PXCLOUD_FINGERPRINT"), Verifies(values, url));
        yield return new BackendSettings
        {
            Name = Kind,
            Kind = Kind,
            Url = EnvironmentValues.Address(url, "PXCLOUD_URL"),
            Auth = ReadAuth(values),
            Tls = new() { Fingerprint = fingerprint, Verify = verifies || fingerprint is not null },
            DangerouslySkipTlsVerification = !verifies && fingerprint is null,
            Actions = true,
            PxCloud = new() { Tags = tags.Count > 0 ? tags : null, AllowDelete = AllowsDelete(values) },
        };
    }

    /// <summary>The variable of a key below the backend.</summary>
    public static string VariableOf(string key) => key switch
    {
        ".auth.token" => "PXCLOUD_TOKEN",
        ".auth.username" => "PXCLOUD_USER",
        ".auth.password" => "PXCLOUD_PASS",
        ".tls.fingerprint" => "PXCLOUD_FINGERPRINT",
        _ => key.TrimStart('.'),
    };

    private static BackendSettingsAuth ReadAuth(EnvironmentValues values)
    {
        if (values.Find("PXCLOUD_TOKEN") is { } token)
        {
            return new() { Token = new(token) };
        }

        return (values.Find("PXCLOUD_USER"), values.Find("PXCLOUD_PASS")) switch
        {
            ({ } username, { } password) => new() { Username = username, Password = new(password) },
            ({ }, null) => throw Missing(" (PXCLOUD_PASS is missing)"),
            (null, { }) => throw Missing(" (PXCLOUD_USER is missing)"),
            _ => throw Missing(""),
        };

        static SettingsException Missing(string which) => new($"Set either PXCLOUD_TOKEN or both PXCLOUD_USER and PXCLOUD_PASS{which}");
    }

    private static bool Verifies(EnvironmentValues values, string url)
    {
        var text = values.Plain("PXCLOUD_TLS_VERIFY");
        if (text is null && url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && values.Find("PXCLOUD_FINGERPRINT") is null)
        {
            values.Warn("PXCLOUD_TLS_VERIFY is not set: certificates are verified here, other than by pxcloud-mcp. For a self-signed one set PXCLOUD_FINGERPRINT.");
        }
        else if (text is not (null or On or Off))
        {
            values.Warn($"PXCLOUD_TLS_VERIFY is {ValueText.Quote(text)}: only exactly false switches the verification of certificates off, so it is on.");
        }

        return text != Off;
    }

    private static bool AllowsDelete(EnvironmentValues values)
    {
        var text = values.Plain("PXCLOUD_ALLOW_DELETE");
        if (text is null)
        {
            values.Warn("PXCLOUD_ALLOW_DELETE is not set: operations that delete are not offered here, other than by pxcloud-mcp. PXCLOUD_ALLOW_DELETE=true offers them; each still asks a person.");
        }
        else if (text is not (On or Off))
        {
            values.Warn($"PXCLOUD_ALLOW_DELETE is {ValueText.Quote(text)}: only exactly true offers operations that delete, so they are not offered.");
        }

        return text == On;
    }
}
