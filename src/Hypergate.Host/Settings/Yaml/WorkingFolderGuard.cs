namespace Hypergate.Host.Settings.Yaml;

/// <summary>
/// Clients start the gateway in whatever folder their user opens, with the credentials of platforms in the environment. A file
/// that merely lies in such a folder may not send them to another server than those that the environment names.
/// </summary>
internal static class WorkingFolderGuard
{
    private static readonly (string Credential, string Address)[] Variables =
    [
        ("XO_TOKEN", "XO_URL"),
        ("XO_PASSWORD", "XO_URL"),
        ("PVE_TOKEN_SECRET", "PVE_URL"),
        ("PXCLOUD_TOKEN", "PXCLOUD_URL"),
        ("PXCLOUD_PASS", "PXCLOUD_URL"),
    ];

    public static void Check(
        GatewaySettings settings, SettingsLocation location, SettingsSources sources, IReadOnlySet<string> used, SettingsDocument document)
    {
        if (!location.Chosen && settings.Credentials.Exec.Count > 0)
        {
            throw new SettingsException($"{document.PlaceOf("credentials.exec")}: credentials.exec names a program to be run, and the file was only found in the working folder; if you trust it, name it: --config {location.Name}");
        }

        var (credential, address) = Array.Find(Variables, pair => used.Contains(pair.Credential) && Addresses(sources, pair.Address).Any());
        if (location.Chosen || credential is null)
        {
            return;
        }

        Uri[] meant = [.. Variables.Select(static pair => pair.Address).Distinct(StringComparer.Ordinal).SelectMany(name => Addresses(sources, name))];
        for (var index = 0; index < settings.Backends.Count; index++)
        {
            if (settings.Backends[index].Url.All.Any(url => !Array.Exists(meant, one => IsSame(url, one))))
            {
                var path = $"backends[{index}].url";
                throw new SettingsException($"{document.PlaceOf(path)}: {path} is another server than {address} "
                    + $"of the environment, and the file uses {credential}. The file was only found in the working folder; if you trust it, name it: --config {location.Name}");
            }
        }
    }

    private static IEnumerable<Uri> Addresses(SettingsSources sources, string variable) => (sources.Variable(variable) ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(static text => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null)
        .OfType<Uri>();

    private static bool IsSame(Uri url, Uri meant) =>
        Uri.Compare(url, meant, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
