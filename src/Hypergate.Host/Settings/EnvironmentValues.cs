namespace Hypergate.Host.Settings;

/// <summary>The values of variables, each its own or the content of the file that its <c>_FILE</c> variant names.</summary>
internal sealed class EnvironmentValues(SettingsSources sources)
{
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Warnings => _warnings;

    public string? Plain(string name) => sources.Variable(name);

    /// <summary>The value; null where it is not set.</summary>
    /// <exception cref="SettingsException">Its file cannot be used.</exception>
    public string? Find(string name)
    {
        var value = sources.Variable(name);
        if (value is not null && IsReference(value, name))
        {
            throw new SettingsException($"{name} is still the reference {value}: whoever starts this program did not fill it in. Set {name} where that one runs, or name a file with {name}_FILE");
        }

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

    /// <summary>Tells the operator at the start.</summary>
    public void Warn(string warning) => _warnings.Add(warning);

    /// <summary>Whether a variable says exactly 1; what looks like a yes and is none is warned of.</summary>
    public bool IsOn(string name)
    {
        var value = sources.Variable(name);
        if (value is not (null or "1" or "0" or "false"))
        {
            _warnings.Add($"{name} is {Schemas.ValueText.Quote(value)}: only exactly 1 switches actions on, so the gateway is read only.");
        }

        return value == "1";
    }

    /// <summary>The parts of a list with commas.</summary>
    public IReadOnlyList<string> List(string name) =>
        sources.Variable(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    // As assistants write them in their files; one whose variable is not set there comes here as it stands.
    private static bool IsReference(string value, string name) =>
        value == $"${{{name}}}" || value == $"${{env:{name}}}" || (value.StartsWith("${input:", StringComparison.Ordinal) && value.EndsWith('}'));

    /// <exception cref="SettingsException">It is no address of a platform.</exception>
    public static Uri Address(string text, string name) => AddressRules.CheckPlatform(text, name) is { } wrong
        ? throw new SettingsException($"{wrong.Path} {wrong.ProblemWithValue}")
        : new Uri(text.Trim());
}
