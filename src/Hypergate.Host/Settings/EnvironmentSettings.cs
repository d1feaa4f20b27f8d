using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Host.Settings;

/// <summary>One Xen Orchestra from environment variables, with the meaning that the reference server gives them.</summary>
internal static class EnvironmentSettings
{
    public static SettingsReading Read(SettingsSources sources)
    {
        var url = Value(sources, "XO_URL")
            ?? throw new SettingsException("XO_URL is required: the address of your Xen Orchestra, such as https://xo.example.com. Or write a hypergate.yaml; 'hypergate demo' needs neither.");
        var backend = new BackendSettings
        {
            Name = "xo",
            Kind = "xen-orchestra",
            Url = url,
            Auth = Auth(sources),
            Actions = sources.Variable("XO_MCP_ENABLE_ACTIONS") == "1",
            Deny = [.. (sources.Variable("XO_MCP_DENY_LIST") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        };
        if (SettingsLoading.Fault(backend) is var (key, problem))
        {
            throw new SettingsException($"{Variable(key)} {problem}.");
        }

        return new SettingsReading(new GatewaySettings { Backends = [backend] }, [], sources);
    }

    private static BackendAuth Auth(SettingsSources sources)
    {
        if (Value(sources, "XO_TOKEN") is { } token)
        {
            return new BackendAuth { Token = new Secret(token) };
        }

        var (user, password) = (Value(sources, "XO_USERNAME"), Value(sources, "XO_PASSWORD"));
        return user is null || password is null
            ? throw new SettingsException("Set either XO_TOKEN or both XO_USERNAME and XO_PASSWORD.")
            : new BackendAuth { Username = user, Password = new Secret(password) };
    }

    private static string Variable(string key) => key switch
    {
        "url" => "XO_URL",
        "auth.token" => "XO_TOKEN",
        "auth.password" => "XO_PASSWORD",
        _ => key,
    };

    // NAME itself, or the file that NAME_FILE names, as containers hand secrets over.
    private static string? Value(SettingsSources sources, string name)
    {
        if (sources.Variable(name) is { } value)
        {
            return value;
        }

        return sources.Variable($"{name}_FILE") is { } path ? SecretFile.Read(path, sources.WorkingFolder, $"{name}_FILE") : null;
    }
}
