using System.Globalization;
using Hypergate.Backends;
using Hypergate.Host.Settings.Yaml;

namespace Hypergate.Host.Settings;

/// <summary>One Xen Orchestra, one Proxmox VE, one PXCloud, or one of each by variables alone.</summary>
internal static class EnvironmentSettings
{
    /// <param name="sources">The process.</param>
    /// <param name="said">What variables say of everything but the platforms; null where none does.</param>
    /// <exception cref="SettingsException">Something is missing or wrong.</exception>
    public static SettingsReading Read(SettingsSources sources, SaidByVariables? said)
    {
        var values = new EnvironmentValues(sources);
        BackendSettings[] backends = [.. XenOrchestraEnvironment.Read(values), .. ProxmoxEnvironment.Read(values), .. PxCloudEnvironment.Read(values)];
        if (backends.Length == 0)
        {
            throw new SettingsException(
                "XO_URL is required: the address of your Xen Orchestra, such as https://xo.example.com; "
                + "or PVE_URL: the address of a node of your Proxmox VE, such as https://pve1.example.com:8006; "
                + "or PXCLOUD_URL: the address of your PXCloud, such as https://pxcloud.example.com:8443. "
                + $"Instead of variables there can be a settings file: {SettingsLocation.FileName} here, or --config PATH");
        }

        var settings = SettingsCompletion.Complete((said?.Settings ?? new() { Backends = [] }) with { Backends = backends }, sources, sources.WorkingFolder);
        if (SettingsChecks.Check(settings).FirstOrDefault() is { } fault)
        {
            throw new SettingsException($"{said?.PlaceOf(fault.Path) ?? VariableOf(fault.Path, settings)} {fault.ProblemWithValue}");
        }

        return new()
        {
            Settings = settings,
            Parts = said?.Parts ?? [],
            References = said?.References,
            DataFolder = SettingsCompletion.DataFolder(sources),
            LaterWarnings = () => [.. EnvironmentVariables.Misspelled(sources), .. values.Warnings, .. SettingsWarnings.Of(settings, sources)],
        };
    }

    private static string VariableOf(string path, GatewaySettings settings)
    {
        var end = path.IndexOf(']', StringComparison.Ordinal);
        if (!path.StartsWith("backends[", StringComparison.Ordinal) || end < 0 || !int.TryParse(path["backends[".Length..end], CultureInfo.InvariantCulture, out var index))
        {
            return path;
        }

        var key = path[(end + 1)..];
        return settings.Backends[index].Kind switch
        {
            XenOrchestraEnvironment.Kind => XenOrchestraEnvironment.VariableOf(key),
            PxCloudEnvironment.Kind => PxCloudEnvironment.VariableOf(key),
            _ => ProxmoxEnvironment.VariableOf(key),
        };
    }
}
