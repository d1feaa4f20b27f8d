using Hypergate.Backends;

namespace Hypergate.Host.Settings;

/// <summary>One Xen Orchestra by variables alone, as users of <c>@xen-orchestra/mcp</c> have them.</summary>
internal static class EnvironmentSettings
{
    public static SettingsReading Read(SettingsSources sources)
    {
        var url = Value(sources, "XO_URL") ?? throw new SettingsException(
            "XO_URL is required: the address of your Xen Orchestra, such as https://xo.example.com. "
            + $"Instead of variables there can be a settings file: {SettingsLocation.FileName} here, or --config PATH");
        var auth = ReadAuth(sources);
        if (AddressRules.CheckPlatform(url, "XO_URL") is { } wrong)
        {
            throw new SettingsException($"{wrong.Path} {wrong.ProblemWithValue}");
        }

        var settings = SettingsCompletion.Complete(new() { Backends = [Backend(url, auth, sources)] }, sources, sources.WorkingFolder);
        if (SettingsChecks.Check(settings).FirstOrDefault() is { } fault)
        {
            throw new SettingsException($"{VariableOf(fault.Path)} {fault.ProblemWithValue}");
        }

        return new()
        {
            Settings = settings,
            DataFolder = SettingsCompletion.DataFolder(sources),
            Warnings = [.. EnvironmentVariables.Misspelled(sources), .. WarningsOfActions(sources), .. SettingsWarnings.Of(settings, sources)],
        };
    }

    private static BackendSettings Backend(string url, BackendSettingsAuth auth, SettingsSources sources) => new()
    {
        Name = "xo",
        Kind = "xen-orchestra",
        Url = new(url.Trim()),
        Auth = auth,
        Actions = sources.Variable("XO_MCP_ENABLE_ACTIONS") == "1",
        Deny = sources.Variable("XO_MCP_DENY_LIST")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    private static BackendSettingsAuth ReadAuth(SettingsSources sources)
    {
        if (Value(sources, "XO_TOKEN") is { } token)
        {
            return new() { Token = new(token) };
        }

        var (username, password) = (Value(sources, "XO_USERNAME"), Value(sources, "XO_PASSWORD"));
        return (username, password) switch
        {
            ({ }, { }) => new() { Username = username, Password = new(password) },
            ({ }, null) => throw Missing(" (XO_PASSWORD is missing)"),
            (null, { }) => throw Missing(" (XO_USERNAME is missing)"),
            _ => throw Missing(""),
        };

        static SettingsException Missing(string which) => new($"Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD{which}");
    }

    /// <summary>The variable, or the content of the file that its <c>_FILE</c> variant names.</summary>
    private static string? Value(SettingsSources sources, string name)
    {
        var value = sources.Variable(name);
        if (sources.Variable($"{name}_FILE") is not { } path)
        {
            return value;
        }

        if (value is not null)
        {
            throw new SettingsException($"{name} and {name}_FILE are both set; keep one of them");
        }

        var (text, problem) = SecretFile.Read(sources.Absolute(path, sources.WorkingFolder));
        return text switch
        {
            null => throw new SettingsException($"{name}_FILE {problem}"),
            "" => throw new SettingsException($"{name}_FILE needs the file {path}, which is empty"),
            _ => text,
        };
    }

    private static IEnumerable<string> WarningsOfActions(SettingsSources sources)
    {
        if (sources.Variable("XO_MCP_ENABLE_ACTIONS") is { } value and not ("1" or "0" or "false"))
        {
            yield return $"XO_MCP_ENABLE_ACTIONS is {Schemas.ValueText.Quote(value)}: only exactly 1 switches actions on, "
                + "so the gateway is read only.";
        }
    }

    private static string VariableOf(string path) => path switch
    {
        "backends[0].auth.token" => "XO_TOKEN",
        "backends[0].auth.username" => "XO_USERNAME",
        "backends[0].auth.password" => "XO_PASSWORD",
        _ when path.StartsWith("backends[0].deny", StringComparison.Ordinal) => "XO_MCP_DENY_LIST",
        _ => path,
    };
}
