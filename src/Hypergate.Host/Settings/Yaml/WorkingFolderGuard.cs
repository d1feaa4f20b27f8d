namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Clients start the gateway in whatever folder their user opens, with the credential of a Xen Orchestra in the environment. A file
/// that merely lies in such a folder may not send that credential to another server.
/// </summary>
internal static class WorkingFolderGuard
{
    private static readonly string[] Credentials = ["XO_TOKEN", "XO_PASSWORD"];

    public static void Check(
        GatewaySettings settings, SettingsLocation location, SettingsSources sources, IReadOnlySet<string> used, SettingsDocument document)
    {
        var credential = Array.Find(Credentials, used.Contains);
        if (location.Chosen
            || credential is null
            || sources.Variable("XO_URL") is not { } own
            || !Uri.TryCreate(own, UriKind.Absolute, out var meant))
        {
            return;
        }

        for (var index = 0; index < settings.Backends.Count; index++)
        {
            var url = settings.Backends[index].Url;
            if (Uri.Compare(url, meant, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            {
                var path = $"backends[{index}].url";
                throw new SettingsException($"{location.Name}:{document.LineOf(path)}: {path} is another server than XO_URL "
                    + $"of the environment, and the file uses {credential}. The file was only found in the working folder; if you trust it, name it: --config {location.Name}");
            }
        }
    }
}
